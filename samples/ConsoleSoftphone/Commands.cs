using System;
using System.Collections.Generic;
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
        string rest = words.Length == 2 ? words[1].Trim() : "";
        switch (words.FirstOrDefault())
        {
            case null:
                break;
            case "ring":
                await RingAsync(rest);
                break;
            case "answer":
                Answer(rest);
                break;
            case "hangup":
                HangUp(rest);
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
                say($"There is no command \"{words[0]}\": the commands are ring, answer, hangup, status, help and quit.");
                break;
        }
    }

    private async Task RingAsync(string arguments)
    {
        string[] words = arguments.Split(Blanks, 2, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            say("Who calls? Say a number, as in \"ring 4155550100\".");
            return;
        }

        List<AgentIdentity> agents = [.. (await softphone.AgentsAsync()).Keys];
        if (Choose(agents, agent => agent, "ring " + words[0], words.ElementAtOrDefault(1), "No agent is registered: EBS sends Register when an agent starts.", out AgentIdentity chosen))
        {
            bool wasReady = softphone.IsReady(chosen);
            if (softphone.Switch.Ring(chosen, words[0]) is { } problem)
            {
                say(problem);
            }
            else if (!wasReady)
            {
                say($"The call rings, though an ACD would have spared {chosen}, who was not ready.");
            }
        }
    }

    private void Answer(string agent)
    {
        IEnumerable<Call> ringing = softphone.Switch.Calls().Where(call => call.State == CallState.Ringing);
        if (Choose([.. ringing], call => call.Agent, "answer", agent, "No call rings.", out Call? chosen) && !softphone.Switch.Answer(chosen!))
        {
            say("The call does not ring any more.");
        }
    }

    private void HangUp(string agent)
    {
        if (Choose([.. softphone.Switch.Calls()], call => call.Agent, "hangup", agent, "There is no call.", out Call? chosen) && !softphone.Switch.HangUp(chosen!))
        {
            say("The call has ended already.");
        }
    }

    private async Task ShowStatusAsync()
    {
        say($"listening {softphone.Url}");
        IReadOnlyDictionary<AgentIdentity, EbsAddress> listeners = await softphone.AgentsAsync();
        var calls = softphone.Switch.Calls().ToDictionary(call => call.Agent);
        foreach (AgentIdentity agent in listeners.Keys.Union(calls.Keys))
        {
            string address = listeners.TryGetValue(agent, out EbsAddress? listener) ? $"events to {listener}" : "not registered";
            string readiness = softphone.IsReady(agent) ? "ready" : "not ready";
            string call = calls.TryGetValue(agent, out Call? current) ? $"{current} ({(current.State == CallState.Ringing ? "ringing" : "talking")})" : "no call";
            say($"{agent}: {address}, {readiness}, {call}");
        }

        if (listeners.Count == 0)
        {
            say("No agent is registered.");
        }
    }

    private void Help()
    {
        say("ring NUMBER [AGENT]  a caller rings at the agent's phone; AGENT is an agent's id or extension");
        say("answer [AGENT]       the call that rings is answered");
        say("hangup [AGENT]       the call ends");
        say("status               agents, where their events go, and their calls");
        say("help                 this");
        say("quit                 ends all calls and the softphone");
    }

    /// <summary>Finds who is meant: the only one there is, or the one who is named. Says so when that is nobody or several.</summary>
    private bool Choose<T>(List<T> among, Func<T, AgentIdentity> agentOf, string command, string? name, string noneSentence, out T? chosen)
    {
        List<T> meant = string.IsNullOrEmpty(name) ? [.. among] : [.. among.Where(one => agentOf(one).AgentId == name)];
        if (meant.Count == 0)
        {
            meant.AddRange(among.Where(one => agentOf(one).TelesetNumber == name));
        }

        chosen = meant.FirstOrDefault();
        if (meant.Count == 1)
        {
            return true;
        }

        string agents = string.Join(", ", among.Select(agentOf));
        say(among.Count == 0 ? noneSentence
            : meant.Count == 0 ? $"There is no {name} to choose: there is {agents}."
            : $"There is more than one to choose, {agents}: say which, as in \"{command} {agentOf(meant[0]).TelesetNumber}\".");
        return false;
    }
}
