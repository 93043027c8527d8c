// A simulated EBS and a softphone communicate over HTTP on this machine. The program prints every message as it is on the wire.
// Exit code 0: all messages arrived in the right order, as Oracle's documentation describes them.
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

        Console.WriteLine($"The softphone listens on {softphone.Url}, EBS on http://{agent.EbsAddress}/.");
        Console.WriteLine("The XML of a message is one line on the wire. Here each element has its own line, and passwords appear as ***.");
        Console.WriteLine();
        try
        {
            Task conversation = new Conversation(uwq, agent, softphone, callouts, transcript).PlayAsync();
            if (await Task.WhenAny(conversation, Task.Delay(Deadline)) != conversation)
            {
                throw new TimeoutException($"The conversation did not end within {Deadline.TotalSeconds} seconds.");
            }

            await conversation;
        }
#pragma warning disable CA1031 // The exit code reports every failure.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Console.WriteLine($"UNEXPECTED: {(exception is UnexpectedException or UwqExpectationException ? exception.Message : exception)}");
            return 1;
        }

        Console.WriteLine($"All {transcript.Count} messages arrived as expected.");
        return 0;
    }
}
