using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>Connects the switch to EBS and to the page.</summary>
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

    public SimulatedSwitch Switch { get; }

    /// <summary>Gets or sets the URL for callouts.</summary>
    public Uri? Url { get; set; }

    public Call? CallOf(AgentIdentity agent) => Switch.Calls().FirstOrDefault(call => call.Agent == agent);

    /// <summary>Indicates whether EBS has registered the agent.</summary>
    public async Task<bool> IsRegisteredAsync(AgentIdentity agent) => await _agents.FindAsync(agent) is not null;

    /// <summary>Returns the data of the page without the messages.</summary>
    public async Task<PhoneState> StateAsync()
    {
        IReadOnlyDictionary<AgentIdentity, EbsAddress> addresses = await _agents.ListAsync();
        Dictionary<AgentIdentity, Call> calls = Switch.Calls().ToDictionary(call => call.Agent);
        return new(
            Url?.AbsoluteUri,
            [
                .. addresses.Keys.Union(calls.Keys)
                    .OrderBy(agent => agent.AgentId, StringComparer.Ordinal).ThenBy(agent => agent.TelesetNumber, StringComparer.Ordinal)
                    .Select(agent => new AgentState(
                        agent.AgentId,
                        agent.TelesetNumber,
                        addresses.GetValueOrDefault(agent)?.ToString(),
                        _states.AvailabilityOf(agent).ToString(),
                        calls.GetValueOrDefault(agent) is { } call ? new(call.Id, call.Number, call.IsOutgoing, call.State.ToString(), call.ChangedAt) : null)),
            ]);
    }

    /// <summary>Ends all calls and reports that to EBS.</summary>
    public async Task EndAsync()
    {
        IReadOnlyList<Call> calls = Switch.Calls();
        Switch.Close();
        Task told = Task.WhenAll(calls.Select(call => call.Told));
        if (await Task.WhenAny(told, Task.Delay(LastEventsDeadline)) != told)
        {
            Terminal.Say("EBS does not answer: the last events are given up.");
        }
    }

    private void OnChange(Call call, CallState state)
    {
        _events.Send(call, state);
        _feed.StateChanged();
    }
}

/// <summary>Represents the data of the page.</summary>
/// <param name="Callouts">The URL for callouts.</param>
/// <param name="Agents">The agents that are registered or in a call.</param>
internal sealed record PhoneState(string? Callouts, IReadOnlyList<AgentState> Agents);

/// <summary>Represents an agent with the current call.</summary>
/// <param name="AgentId">The agent's ID at the ACD.</param>
/// <param name="Extension">The extension of the agent's telephone.</param>
/// <param name="EbsAddress">The address that the agent's events go to, or <see langword="null"/> when EBS has not registered the agent.</param>
/// <param name="Availability">Whether the agent can get a call, and if not, why.</param>
/// <param name="Call">The call, or <see langword="null"/> when there is none.</param>
internal sealed record AgentState(string AgentId, string Extension, string? EbsAddress, string Availability, CallView? Call);

internal sealed record CallView(string Id, string Number, bool IsOutgoing, string State, DateTime Since);
