using System;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>Provides the commands that the user can type.</summary>
internal sealed class Commands(Softphone softphone, Action<string> say, Action quit)
{
    public CommandTable Table() => new(
        say,
        new("answer", "answers the ringing call", async _ => SayProblem(await softphone.Phone.AnswerAsync())),
        new("hangup", "ends or rejects the call", async _ => SayProblem(await softphone.Phone.HangUpAsync())),
        new("dial NUMBER", "calls a number for the agent", async number => SayProblem(await DialAsync(number))),
        new("status", "shows the agent and the call", _ => ShowStatusAsync()),
        new("quit", "ends the call and the softphone", _ => quit()));

    private async Task<string?> DialAsync(string number) =>
        await softphone.AgentAsync() is { } agent
            ? await softphone.Phone.DialAsync(agent, number)
            : $"No agent is registered at extension {softphone.Extension}. Sign an agent in to EBS first.";

    private async Task ShowStatusAsync()
    {
        AgentIdentity? agent = await softphone.AgentAsync();
        say($"listening {softphone.Url}");
        say(agent is { } found
            ? $"{found}: {(softphone.IsReady(found) ? "ready" : "not ready")}"
            : $"no agent is registered at extension {softphone.Extension}");
        say(softphone.Phone.Call is { } call ? $"a call {call} ({(call.State == CallState.Talking ? "talking" : "ringing")})" : "no call");
    }

    private void SayProblem(string? problem)
    {
        if (problem is not null)
        {
            say(problem);
        }
    }
}
