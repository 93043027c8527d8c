using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>Provides each agent's <see cref="AgentDesktop"/>, which sends the events of the agent's calls.</summary>
/// <remarks>
/// <para>Safe to use from several threads. Create one instance, keep it, and dispose it before the client that it uses.</para>
/// <para>
/// An agent without queued events needs a few hundred bytes. The desktops remember the last 100,000 calls that popped, so that no id is sent twice.
/// </para>
/// </remarks>
public sealed class AgentDesktops : IAsyncDisposable, IDisposable
{
    private readonly ConcurrentDictionary<AgentIdentity, AgentDesktop> _desktops = new();
    private readonly CancellationTokenSource _aborting = new();
    private readonly object _gate = new();
    private Task? _closing;
    private volatile bool _isDisposed;

    /// <summary>Initializes the desktops of all agents.</summary>
    /// <param name="registry">Provides the address of each agent's EBS. The desktops look it up before each try, since EBS may register an agent again.</param>
    /// <param name="client">Sends the events. The desktops do not dispose it.</param>
    /// <param name="options">How to queue and retry events. <see langword="null"/> uses the defaults.</param>
    /// <param name="observers">Receive the outcome of each event. <see langword="null"/> disables observation.</param>
    /// <param name="agentStates">Learns from each ScreenPop that a call rings. <see langword="null"/> disables it.</param>
    /// <param name="timeProvider">The clock for all times of the options. <see langword="null"/> uses <see cref="TimeProvider.System"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="registry"/> or <paramref name="client"/> is null.</exception>
    public AgentDesktops(
        IAgentRegistry registry,
        IEventClient client,
        AgentDesktopOptions? options = null,
        ObserverHub? observers = null,
        AgentStateTracker? agentStates = null,
        TimeProvider? timeProvider = null)
    {
        Registry = registry ?? throw new ArgumentNullException(nameof(registry));
        Client = client ?? throw new ArgumentNullException(nameof(client));
        Options = options ?? new();
        Observers = observers is { IsObserved: true } ? observers : null;
        AgentStates = agentStates;
        Time = timeProvider ?? TimeProvider.System;
        Retries = new(Options);
        Aborting = _aborting.Token;
    }

    /// <summary>Gets an agent's desktop: the same instance for the same agent. The agent need not be registered yet.</summary>
    /// <exception cref="ObjectDisposedException">The desktops were disposed.</exception>
    public AgentDesktop this[AgentIdentity agent]
    {
        get
        {
            ThrowIfDisposed();
            return _desktops.TryGetValue(agent, out AgentDesktop? desktop) ? desktop : _desktops.GetOrAdd(agent, new AgentDesktop(agent, this));
        }
    }

    internal IAgentRegistry Registry { get; }

    internal IEventClient Client { get; }

    internal AgentDesktopOptions Options { get; }

    internal ObserverHub? Observers { get; }

    internal AgentStateTracker? AgentStates { get; }

    internal TimeProvider Time { get; }

    internal RetryPolicy Retries { get; }

    internal PoppedCalls PoppedCalls { get; } = new();

    /// <summary>Gets a token that is cancelled when the time for the last events is over.</summary>
    internal CancellationToken Aborting { get; }

    /// <summary>
    /// Stops accepting events, and completes when the queued events have ended. After <see cref="AgentDesktopOptions.ShutdownTimeout"/>, events that are still
    /// queued end as <see cref="NotSentReason.Closed"/>, and an event that is being sent ends as <see cref="EventDeliveryStatus.Unknown"/>.
    /// </summary>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            return new(_closing ??= CloseAsync());
        }
    }

    /// <summary>Does the same as <see cref="DisposeAsync"/> and blocks until it completes. Prefer <see cref="DisposeAsync"/>.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    internal void ThrowIfDisposed()
    {
        if (_isDisposed)
        {
            throw new ObjectDisposedException(nameof(AgentDesktops));
        }
    }

    private async Task CloseAsync()
    {
        // From here on no event is queued: a desktop checks this under its lock, and a desktop that is created now is empty.
        _isDisposed = true;
        List<AgentDesktop> busy = [.. _desktops.Values.Where(desktop => !desktop.WhenIdle().IsCompleted)];
        if (busy.Count > 0)
        {
            using var idle = new CancellationTokenSource();
            Task ending = Task.WhenAll(busy.Select(desktop => desktop.WhenIdle()));
            _ = await Task.WhenAny(ending, Task.Delay(Options.ShutdownTimeout, Time, idle.Token)).ConfigureAwait(false);
            idle.Cancel();
            busy.ForEach(desktop => desktop.Abandon());
        }

        _aborting.Cancel();
        _aborting.Dispose();
    }
}
