using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>The switch, what EBS is told of it, and what the page shows of both.</summary>
internal sealed class Softphone
{
    private static readonly TimeSpan LastEventsDeadline = TimeSpan.FromSeconds(5);

    private readonly IAgentRegistry _agents;
    private readonly AgentStateTracker _states;
    private readonly EventSender _events;
    private readonly LiveFeed _feed;

    public Softphone(SoftphoneOptions options, IAgentRegistry agents, AgentStateTracker states, AgentDesktops desktops, LiveFeed feed)
    {
        _agents = agents;
        _states = states;
        _events = new(desktops, Terminal.Say);
        _feed = feed;
        Switch = new(options.AnswerAfter, options.TalkFor, OnChange);
    }

    public PretendSwitch Switch { get; }

    /// <summary>Where EBS's callouts come to.</summary>
    public Uri? Url { get; set; }

    public Call? CallOf(AgentIdentity agent) => Switch.Calls().FirstOrDefault(call => call.Agent == agent);

    /// <summary>Whether EBS has signed the agent in.</summary>
    public async Task<bool> KnowsAsync(AgentIdentity agent) => await _agents.FindAsync(agent) is not null;

    /// <summary>All that the page shows, but the messages.</summary>
    public async Task<PhoneState> StateAsync()
    {
        IReadOnlyDictionary<AgentIdentity, EbsAddress> listeners = await _agents.ListAsync();
        Dictionary<AgentIdentity, Call> calls = Switch.Calls().ToDictionary(call => call.Agent);
        return new(
            Url?.AbsoluteUri,
            [
                .. listeners.Keys.Union(calls.Keys)
                    .OrderBy(agent => agent.AgentId, StringComparer.Ordinal).ThenBy(agent => agent.TelesetNumber, StringComparer.Ordinal)
                    .Select(agent => new AgentState(
                        agent.AgentId,
                        agent.TelesetNumber,
                        listeners.GetValueOrDefault(agent)?.ToString(),
                        _states.AvailabilityOf(agent).ToString(),
                        calls.GetValueOrDefault(agent) is { } call ? new(call.Id, call.Number, call.IsOutgoing, call.State.ToString(), call.ChangedAt) : null)),
            ]);
    }

    /// <summary>Ends all calls, and tells EBS so.</summary>
    public async Task EndAsync()
    {
        IReadOnlyList<Call> calls = Switch.Calls();
        Switch.Close();
        Task told = Task.WhenAll(calls.Select(call => call.Told));
        if (await Task.WhenAny(told, Task.Delay(LastEventsDeadline)) != told)
        {
            Terminal.Say("EBS does not answer: its last events are given up.");
        }
    }

    private void OnChange(Call call, CallState state)
    {
        _events.Send(call, state);
        _feed.StateChanged();
    }
}

/// <param name="Callouts">Where EBS's callouts come to.</param>
/// <param name="Agents">Who is signed in at EBS, or in a call.</param>
internal sealed record PhoneState(string? Callouts, IReadOnlyList<AgentState> Agents);

/// <param name="AgentId">The id at the ACD.</param>
/// <param name="Extension">The telephone.</param>
/// <param name="Listener">Where the agent's events go. Null: EBS has not registered the agent.</param>
/// <param name="Availability">Whether the agent may get a call, and if not, why.</param>
/// <param name="Call">Null: none.</param>
internal sealed record AgentState(string AgentId, string Extension, string? Listener, string Availability, CallView? Call);

internal sealed record CallView(string Id, string Number, bool IsOutgoing, string State, DateTime Since);
