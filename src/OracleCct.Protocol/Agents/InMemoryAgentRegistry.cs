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
    private readonly ConcurrentDictionary<AgentIdentity, ListenerAddress> _listeners = new();

    /// <inheritdoc/>
    public ValueTask RegisterAsync(AgentIdentity agent, ListenerAddress listener, CancellationToken cancellationToken = default)
    {
        _listeners[agent] = listener ?? throw new ArgumentNullException(nameof(listener));
        return default;
    }

    /// <inheritdoc/>
    public ValueTask<bool> UnregisterAsync(AgentIdentity agent, CancellationToken cancellationToken = default) => new(_listeners.TryRemove(agent, out _));

    /// <inheritdoc/>
    public ValueTask<ListenerAddress?> FindAsync(AgentIdentity agent, CancellationToken cancellationToken = default) =>
        new(_listeners.TryGetValue(agent, out ListenerAddress? listener) ? listener : null);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<AgentIdentity, ListenerAddress>> ListAsync(CancellationToken cancellationToken = default)
    {
        var copy = new Dictionary<AgentIdentity, ListenerAddress>();
        foreach (KeyValuePair<AgentIdentity, ListenerAddress> registration in _listeners)
        {
            copy[registration.Key] = registration.Value;
        }

        return new(copy);
    }
}
