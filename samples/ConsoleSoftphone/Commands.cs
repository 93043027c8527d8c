using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>Provides the commands that the user can type.</summary>
internal sealed class Commands(Softphone softphone, Action<string> say, Action quit)
{
    public CommandTable Table() => new(
        say,
        new("ring NUMBER [AGENT]", "starts an incoming call; AGENT is an agent's ID or extension", RingAsync),
        new("answer [AGENT]", "answers the ringing call", Answer),
        new("hangup [AGENT]", "ends the call", HangUp),
        new("status", "shows the agents, their calls, and where their events go", _ => ShowStatusAsync()),
        new("quit", "ends all calls and the softphone", _ => quit()));

    private async Task RingAsync(string arguments)
    {
        (string number, string name) = CommandTable.SplitFirstWord(arguments);
        if (number.Length == 0)
        {
            say("ring requires the caller's number, for example: ring 4155550100");
            return;
        }

        List<AgentIdentity> agents = [.. (await softphone.AgentsAsync()).Keys];
        string none = "No agent is registered. Sign an agent in to EBS, which then sends Register.";
        if (TryChoose(agents, agent => agent, "ring " + number, name, none, out AgentIdentity chosen))
        {
            bool wasReady = softphone.IsReady(chosen);
            if (softphone.Switch.Ring(chosen, number) is { } problem)
            {
                say(problem);
            }
            else if (!wasReady)
            {
                say($"The call rings, but {chosen} was not ready. An ACD would not have routed it there.");
            }
        }
    }

    private void Answer(string agent)
    {
        List<Call> ringing = [.. softphone.Switch.Calls().Where(call => call.State == CallState.Ringing)];
        if (TryChoose(ringing, call => call.Agent, "answer", agent, "No call is ringing.", out Call? chosen) && !softphone.Switch.TryAnswer(chosen!))
        {
            say("The call is no longer ringing.");
        }
    }

    private void HangUp(string agent)
    {
        List<Call> calls = [.. softphone.Switch.Calls()];
        if (TryChoose(calls, call => call.Agent, "hangup", agent, "There is no call.", out Call? chosen) && !softphone.Switch.TryHangUp(chosen!))
        {
            say("The call has already ended.");
        }
    }

    private async Task ShowStatusAsync()
    {
        say($"listening {softphone.Url}");
        IReadOnlyDictionary<AgentIdentity, EbsAddress> addresses = await softphone.AgentsAsync();
        var calls = softphone.Switch.Calls().ToDictionary(call => call.Agent);
        foreach (AgentIdentity agent in addresses.Keys.Union(calls.Keys))
        {
            string events = addresses.TryGetValue(agent, out EbsAddress? address) ? $"events to {address}" : "not registered";
            string readiness = softphone.IsReady(agent) ? "ready" : "not ready";
            string call = calls.TryGetValue(agent, out Call? found) ? $"{found} ({(found.State == CallState.Ringing ? "ringing" : "talking")})" : "no call";
            say($"{agent}: {events}, {readiness}, {call}");
        }

        if (addresses.Count == 0)
        {
            say("No agent is registered.");
        }
    }

    /// <summary>Finds the one item that the name matches. Without a name, that is the only item. Tells the user when there is none or more than one.</summary>
    private bool TryChoose<T>(List<T> among, Func<T, AgentIdentity> agentOf, string command, string name, string noneSentence, out T? chosen)
    {
        List<T> matches = name.Length == 0 ? among : [.. among.Where(one => agentOf(one).AgentId == name)];
        if (matches.Count == 0)
        {
            matches = [.. among.Where(one => agentOf(one).TelesetNumber == name)];
        }

        chosen = matches.FirstOrDefault();
        if (matches.Count == 1)
        {
            return true;
        }

        string agents = string.Join(", ", among.Select(agentOf));
        say(among.Count == 0 ? noneSentence
            : matches.Count == 0 ? $"\"{name}\" matches none of these: {agents}. Use an ID or an extension from the list."
            : $"More than one agent matches: {agents}. Name one, for example: {command} {agentOf(matches[0]).TelesetNumber}");
        return false;
    }
}
