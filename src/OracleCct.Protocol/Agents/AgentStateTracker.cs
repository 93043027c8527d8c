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
/// <para>Safe to use from several threads. It learns from callouts through <c>CalloutDispatcherOptions.AgentStates</c> and from screen pops through <c>AgentDesktopOptions.AgentStates</c>;
/// give both the same tracker. An agent is forgotten at Unregister. It ends with the process.</para>
/// <para>Source: Oracle's guide; that a call ends the readiness in Basic Telephony Integration too is inferred.</para>
/// </remarks>
public sealed class AgentStateTracker
{
    /// <summary>Who is not in it was never ready.</summary>
    private readonly ConcurrentDictionary<AgentIdentity, AgentAvailability> _agents = new();

    /// <summary>Whether an agent may get a call now, and if not, why. Another thread may change it at the next moment: to give the agent a call, use <see cref="TryRing"/>.</summary>
    public AgentAvailability AvailabilityOf(AgentIdentity agent) => _agents.TryGetValue(agent, out AgentAvailability availability) ? availability : AgentAvailability.NeverReady;

    /// <summary>
    /// Gives an agent a call if the agent is available, in one step: of several calls at once, one gets the agent. A call that gets the agent rings now, so that the agent is not available until the next Ready.
    /// </summary>
    /// <returns>Whether the call gets the agent.</returns>
    public bool TryRing(AgentIdentity agent) => _agents.TryUpdate(agent, AgentAvailability.CallSinceReady, AgentAvailability.Available);

    /// <summary>
    /// Says that a call rings at the agent or that the agent dials, whether or not the agent was available. A softphone need not say it for a call with a screen pop. For an agent who is not
    /// available, it changes nothing.
    /// </summary>
    public void Ringing(AgentIdentity agent) => _ = TryRing(agent);

    /// <summary>Learns from a callout that was carried out, or was not.</summary>
    internal void Learn(Callout callout, bool isSuccess)
    {
        switch (callout)
        {
            case UnregisterCallout unregister:
                _ = _agents.TryRemove(unregister.Agent, out _);
                break;
            case ReadyCallout ready when isSuccess:
                _agents[ready.Agent] = AgentAvailability.Available;
                break;
            case NotReadyCallout notReady when isSuccess:
                _agents[notReady.Agent] = AgentAvailability.NotReady;
                break;
            case LogoutCallout logout when isSuccess:
                _agents[logout.Agent] = AgentAvailability.LoggedOut;
                break;
        }
    }
}
