using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>A registry in memory: the default. It ends with the process.</summary>
/// <remarks>Safe to use from several threads.</remarks>
public sealed class InMemoryAgentRegistry : IAgentRegistry
{
    private readonly ConcurrentDictionary<AgentIdentity, EbsAddress> _listeners = new();

    /// <inheritdoc/>
    public ValueTask RegisterAsync(AgentIdentity agent, EbsAddress listener, CancellationToken cancellationToken = default)
    {
        _listeners[agent] = listener ?? throw new ArgumentNullException(nameof(listener));
        return default;
    }

    /// <inheritdoc/>
    public ValueTask<bool> UnregisterAsync(AgentIdentity agent, CancellationToken cancellationToken = default) => new(_listeners.TryRemove(agent, out _));

    /// <inheritdoc/>
    public ValueTask<EbsAddress?> FindAsync(AgentIdentity agent, CancellationToken cancellationToken = default) =>
        new(_listeners.TryGetValue(agent, out EbsAddress? listener) ? listener : null);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<AgentIdentity, EbsAddress>> ListAsync(CancellationToken cancellationToken = default)
    {
        var copy = new Dictionary<AgentIdentity, EbsAddress>();
        foreach (KeyValuePair<AgentIdentity, EbsAddress> registration in _listeners)
        {
            copy[registration.Key] = registration.Value;
        }

        return new(copy);
    }
}
