using System;
using System.Linq;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>What the user can type.</summary>
internal sealed class Commands(Softphone softphone, Action<string> say, Action quit)
{
    private static readonly char[] Blanks = [' ', '\t'];

    public async Task RunAsync(string line)
    {
        string[] words = line.Split(Blanks, 2, StringSplitOptions.RemoveEmptyEntries);
        switch (words.FirstOrDefault())
        {
            case null:
                break;
            case "answer":
                SayProblem(await softphone.Phone.AnswerAsync());
                break;
            case "hangup":
                SayProblem(await softphone.Phone.HangUpAsync());
                break;
            case "dial":
                await DialAsync(words.ElementAtOrDefault(1) ?? "");
                break;
            case "status":
                await ShowStatusAsync();
                break;
            case "help":
                Help();
                break;
            case "quit":
                quit();
                break;
            default:
                say($"There is no command \"{words[0]}\": the commands are answer, hangup, dial, status, help and quit.");
                break;
        }
    }

    private async Task DialAsync(string number) =>
        SayProblem(await softphone.AgentAsync() is { } agent
            ? await softphone.Phone.DialAsync(agent, number)
            : $"EBS has registered nobody at {softphone.Extension}, who could dial.");

    private async Task ShowStatusAsync()
    {
        AgentIdentity? agent = await softphone.AgentAsync();
        say($"listening {softphone.Url}");
        say(agent is { } found ? $"{found}: {(softphone.IsReady(found) ? "ready" : "not ready")}" : $"nobody is registered at {softphone.Extension}");
        say(softphone.Phone.Call is { } call ? $"a call {call} ({(call.State == CallState.Talking ? "talking" : "ringing")})" : "no call");
    }

    private void Help()
    {
        say("answer       the call that rings is answered");
        say("hangup       the call ends, or is rejected");
        say("dial NUMBER  the agent calls a number");
        say("status       the agent and the call");
        say("help         this");
        say("quit         ends the call and the softphone");
    }

    private void SayProblem(string? problem)
    {
        if (problem is not null)
        {
            say(problem);
        }
    }
}
