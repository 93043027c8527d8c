// An EBS side and a softphone talk over HTTP on this machine, and every message is printed as it crosses the wire.
// Exit code 0: each one arrived, in its order, as Oracle's text describes it.
using System;
using System.Collections.Concurrent;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Protocol.Testing;

namespace OracleCct.Samples;

internal static class Program
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private static async Task<int> Main()
    {
        var transcript = new Transcript(Console.Out);
        var callouts = new ConcurrentQueue<Callout>();
        await using var softphone = new Softphone(callouts.Enqueue);
        await using UwqSimulator uwq = UwqSimulator.Start(softphone.Url, new() { QueryEncoding = UwqQueryEncoding.Percent });
        UwqAgent agent = uwq.AddAgent(Conversation.Extension, Conversation.AgentId, new() { Password = Conversation.Password, Queue = Conversation.Queue });

        Console.WriteLine($"The softphone listens on {softphone.Url}, EBS on http://{agent.Listener}/.");
        Console.WriteLine("XML is one line on the wire; here each element has its own. Passwords are shown as ***.");
        Console.WriteLine();
        try
        {
            Task conversation = new Conversation(uwq, agent, softphone, callouts, transcript).PlayAsync();
            if (await Task.WhenAny(conversation, Task.Delay(Deadline)) != conversation)
            {
                throw new TimeoutException($"The conversation has not ended within {Deadline.TotalSeconds} s.");
            }

            await conversation;
        }
#pragma warning disable CA1031 // Whatever went wrong, the exit code has to tell.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Console.WriteLine($"NOT AS EXPECTED: {(exception is UnexpectedException or UwqExpectationException ? exception.Message : exception)}");
            return 1;
        }

        Console.WriteLine($"All {transcript.Count} messages arrived as expected.");
        return 0;
    }
}
