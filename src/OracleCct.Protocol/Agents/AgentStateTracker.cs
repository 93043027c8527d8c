using System;
using System.Collections.Concurrent;

namespace OracleCct.Protocol;

/// <summary>Whether an agent may get a call, and if not, why.</summary>
public enum AgentAvailability
{
    /// <summary>The agent has not been ready yet, as far as is known: logging in makes nobody ready.</summary>
    NeverReady,

    /// <summary>The agent is ready, and no call has rung since.</summary>
    Available,

    /// <summary>The agent has said NotReady.</summary>
    NotReady,

    /// <summary>The agent has logged out of the ACD.</summary>
    LoggedOut,

    /// <summary>A call has rung since the agent was ready. It must be finished in EBS, which then says Ready.</summary>
    CallSinceReady,
}

/// <summary>
/// Keeps track of which agents may get a call now: Ready makes an agent available, and NotReady, Logout or the next call ends that. After a call only EBS, where the interaction is
/// finished, can make the agent available again.
/// </summary>
/// <remarks>
/// <para>Safe to use from several threads. It learns from callouts through the <c>CalloutDispatcher</c> and from screen pops through <c>AgentDesktops</c>;
/// give both the same tracker. An agent is forgotten at Unregister. It ends with the process.</para>
/// <para>Source: Oracle's guide; that a call ends the readiness in Basic Telephony Integration too is inferred.</para>
/// </remarks>
public sealed class AgentStateTracker
{
    /// <summary>Who is not in it was never ready.</summary>
    private readonly ConcurrentDictionary<AgentIdentity, State> _agents = new();

    /// <summary>Whether an agent may get a call now, and if not, why. Another thread may change it at the next moment: to give the agent a call, use <see cref="TryRing"/>.</summary>
    public AgentAvailability AvailabilityOf(AgentIdentity agent) => StateOf(agent).Availability;

    /// <summary>
    /// Gives an agent a call if the agent is available, in one step: of several calls at once, one gets the agent. A call that gets the agent rings now, so that the agent is not available until the next Ready.
    /// </summary>
    /// <returns>Whether the call gets the agent.</returns>
    public bool TryRing(AgentIdentity agent)
    {
        while (StateOf(agent) is { Availability: AgentAvailability.Available } state)
        {
            if (_agents.TryUpdate(agent, state.Rung(), state))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Says that a call rings at the agent or that the agent dials, whether or not the agent was available. A softphone need not say it for a call with a screen pop. An agent who is not
    /// available stays so for the same reason, also when a Ready is being carried out at that moment: the call has come since.
    /// </summary>
    public void NoteRinging(AgentIdentity agent) => _agents.AddOrUpdate(agent, static _ => new State(AgentAvailability.NeverReady).Rung(), static (_, state) => state.Rung());

    /// <summary>How many calls have rung at the callout's agent, before the callout is carried out.</summary>
    internal long CallsBefore(Callout callout) => callout is ReadyCallout ready ? StateOf(ready.Agent).Calls : 0;

    /// <summary>Learns from a callout that was carried out, or was not.</summary>
    /// <param name="callout">The callout.</param>
    /// <param name="isSuccess">Whether it was carried out.</param>
    /// <param name="callsBefore">What <see cref="CallsBefore"/> said: the ACD may deliver a call before Ready is answered.</param>
    internal void Learn(Callout callout, bool isSuccess, long callsBefore)
    {
        switch (callout)
        {
            case UnregisterCallout unregister:
                _ = _agents.TryRemove(unregister.Agent, out _);
                break;
            case ReadyCallout ready when isSuccess:
                Set(ready.Agent, state => state.Calls == callsBefore ? AgentAvailability.Available : AgentAvailability.CallSinceReady);
                break;
            case NotReadyCallout notReady when isSuccess:
                Set(notReady.Agent, _ => AgentAvailability.NotReady);
                break;
            case LogoutCallout logout when isSuccess:
                Set(logout.Agent, _ => AgentAvailability.LoggedOut);
                break;
        }
    }

    private State StateOf(AgentIdentity agent) => _agents.TryGetValue(agent, out State state) ? state : new(AgentAvailability.NeverReady);

    private void Set(AgentIdentity agent, Func<State, AgentAvailability> availability) =>
        _agents.AddOrUpdate(agent, _ => new(availability(new(AgentAvailability.NeverReady))), (_, state) => state with { Availability = availability(state) });

    private readonly record struct State(AgentAvailability Availability, long Calls = 0)
    {
        public State Rung() => new(Availability == AgentAvailability.Available ? AgentAvailability.CallSinceReady : Availability, Calls + 1);
    }
}
