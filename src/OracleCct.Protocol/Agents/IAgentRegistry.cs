using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>Stores which agents EBS has registered, and where the events of each agent go.</summary>
/// <remarks>
/// The dispatcher updates the registry from the Register and Unregister callouts; desktops read addresses from it. An implementation must be safe to use from
/// several threads. The methods are asynchronous so that an implementation can use a file or a database. After a restart of the softphone, a registry in memory
/// is empty until EBS registers the agents again.
/// </remarks>
public interface IAgentRegistry
{
    /// <summary>Stores where an agent's events go, and replaces any earlier address.</summary>
    ValueTask RegisterAsync(AgentIdentity agent, EbsAddress ebsAddress, CancellationToken cancellationToken = default);

    /// <summary>Removes an agent.</summary>
    /// <returns>True when the agent was registered.</returns>
    ValueTask<bool> UnregisterAsync(AgentIdentity agent, CancellationToken cancellationToken = default);

    /// <summary>Returns where an agent's events go; null when the agent is not registered.</summary>
    ValueTask<EbsAddress?> FindAsync(AgentIdentity agent, CancellationToken cancellationToken = default);

    /// <summary>Returns all agents that are registered at this moment, as a copy that later changes do not affect.</summary>
    ValueTask<IReadOnlyDictionary<AgentIdentity, EbsAddress>> ListAsync(CancellationToken cancellationToken = default);
}
