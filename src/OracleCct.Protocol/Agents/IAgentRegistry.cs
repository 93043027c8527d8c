using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>Which agents EBS has registered, and where each one's events go.</summary>
/// <remarks>
/// The dispatcher keeps it by the Register and Unregister callouts; whoever sends events looks addresses up in it. An implementation must be safe to use from several threads at once.
/// It is asynchronous so that it may live in a file or a database. A softphone that was restarted finds the one in memory empty until EBS registers again.
/// </remarks>
public interface IAgentRegistry
{
    /// <summary>Notes where an agent's events go, in place of any earlier address.</summary>
    ValueTask RegisterAsync(AgentIdentity agent, EbsAddress ebsAddress, CancellationToken cancellationToken = default);

    /// <summary>Forgets an agent.</summary>
    /// <returns>Whether the agent was registered.</returns>
    ValueTask<bool> UnregisterAsync(AgentIdentity agent, CancellationToken cancellationToken = default);

    /// <summary>Where an agent's events go; null when the agent is not registered.</summary>
    ValueTask<EbsAddress?> FindAsync(AgentIdentity agent, CancellationToken cancellationToken = default);

    /// <summary>All agents that are registered at this moment, as a copy that later changes do not touch.</summary>
    ValueTask<IReadOnlyDictionary<AgentIdentity, EbsAddress>> ListAsync(CancellationToken cancellationToken = default);
}
