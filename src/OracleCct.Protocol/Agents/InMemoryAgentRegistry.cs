using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>Keeps registrations in memory (the default). They are lost when the process exits.</summary>
/// <remarks>Safe to use from several threads.</remarks>
public sealed class InMemoryAgentRegistry : IAgentRegistry
{
    private readonly ConcurrentDictionary<AgentIdentity, EbsAddress> _addresses = new();

    /// <inheritdoc/>
    public ValueTask RegisterAsync(AgentIdentity agent, EbsAddress ebsAddress, CancellationToken cancellationToken = default)
    {
        _addresses[agent] = ebsAddress ?? throw new ArgumentNullException(nameof(ebsAddress));
        return default;
    }

    /// <inheritdoc/>
    public ValueTask<bool> UnregisterAsync(AgentIdentity agent, CancellationToken cancellationToken = default) => new(_addresses.TryRemove(agent, out _));

    /// <inheritdoc/>
    public ValueTask<EbsAddress?> FindAsync(AgentIdentity agent, CancellationToken cancellationToken = default) =>
        new(_addresses.TryGetValue(agent, out EbsAddress? ebsAddress) ? ebsAddress : null);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<AgentIdentity, EbsAddress>> ListAsync(CancellationToken cancellationToken = default)
    {
        var copy = new Dictionary<AgentIdentity, EbsAddress>();
        foreach (KeyValuePair<AgentIdentity, EbsAddress> registration in _addresses)
        {
            copy[registration.Key] = registration.Value;
        }

        return new(copy);
    }
}
