using System;
using System.Collections.Concurrent;

namespace OracleCct.Protocol;

/// <summary>Specifies whether an agent may receive a call, and if not, why.</summary>
public enum AgentAvailability
{
    /// <summary>The tracker has seen no Ready of the agent. Logging in does not make an agent ready.</summary>
    NeverReady,

    /// <summary>The agent is ready, and no call has rung since then.</summary>
    Available,

    /// <summary>EBS sent NotReady for the agent.</summary>
    NotReady,

    /// <summary>The agent has logged out of the ACD.</summary>
    LoggedOut,

    /// <summary>A call has rung since the agent was ready. The agent finishes it in EBS, which then sends Ready.</summary>
    CallSinceReady,
}

/// <summary>
/// Tracks which agents may receive a call: Ready makes an agent available, and NotReady, Logout or the next call ends that. After a call, only EBS can make the
/// agent available again, when the agent has finished the interaction there.
/// </summary>
/// <remarks>
/// <para>Safe to use from several threads. Give the same tracker to the <c>CalloutDispatcher</c>, from which it learns of callouts, and to the
/// <c>AgentDesktops</c>, from which it learns of screen pops. Unregister removes the agent. States are lost when the process exits.</para>
/// <para>Source: Oracle's guide; that a call also ends the readiness in Basic Telephony Integration is inferred.</para>
/// </remarks>
public sealed class AgentStateTracker
{
    /// <summary>An agent that is not in it was never ready.</summary>
    private readonly ConcurrentDictionary<AgentIdentity, State> _agents = new();

    /// <summary>
    /// Returns whether an agent may receive a call now, and if not, why. Another thread may change it at any moment: to assign a call, use
    /// <see cref="TryRing"/>.
    /// </summary>
    public AgentAvailability AvailabilityOf(AgentIdentity agent) => StateOf(agent).Availability;

    /// <summary>
    /// Assigns a call to an agent if the agent is available, in one step: of several concurrent calls, one gets the agent. That call rings now, so the agent is
    /// not available until the next Ready.
    /// </summary>
    /// <returns>True when the call gets the agent.</returns>
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
    /// Notes that a call rings at the agent or that the agent dials, whether or not the agent is available. An <c>AgentDesktop</c> does so for each screen pop.
    /// An agent who is not available stays so for the same reason, even if a Ready is being handled at that moment: the call came after it.
    /// </summary>
    public void NoteRinging(AgentIdentity agent) =>
        _agents.AddOrUpdate(agent, static _ => new State(AgentAvailability.NeverReady).Rung(), static (_, state) => state.Rung());

    /// <summary>Returns how many calls have rung at the callout's agent before the callout is handled.</summary>
    internal long CallsBefore(Callout callout) => callout is ReadyCallout ready ? StateOf(ready.Agent).Calls : 0;

    /// <summary>Updates the agent's state from a callout.</summary>
    /// <param name="callout">The callout.</param>
    /// <param name="isSuccess">Whether it was handled with success.</param>
    /// <param name="callsBefore">The result of <see cref="CallsBefore"/>: the ACD may deliver a call before Ready is answered.</param>
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
