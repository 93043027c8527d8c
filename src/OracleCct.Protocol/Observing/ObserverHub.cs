using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>
/// Hands observations to observers: in order, one at a time, on a thread of the pool, so that no observer can break or slow what it observes.
/// </summary>
/// <remarks>
/// <para>Safe to use from several threads. Make one, give it to all parts of the softphone, and dispose it after them.</para>
/// <para>It holds at most 10,000 observations. When the observers are that far behind, further ones are dropped and counted.</para>
/// </remarks>
public sealed class ObserverHub : IAsyncDisposable, IDisposable
{
    internal const int Capacity = 10_000;

    private readonly ICctObserver[] _observers;
    private readonly object _gate = new();
    private readonly Queue<CctObservation> _waiting = new();
    private TaskCompletionSource<bool>? _drained;
    private bool _draining;
    private bool _disposed;
    private long _dropped;

    /// <summary>Makes a hub.</summary>
    /// <param name="observers">Who is told. Each is told of everything, in this order.</param>
    /// <exception cref="ArgumentNullException"><paramref name="observers"/> or one of them is null.</exception>
    public ObserverHub(params ICctObserver[] observers)
    {
        _observers = [.. observers ?? throw new ArgumentNullException(nameof(observers))];
        if (_observers.Any(observer => observer is null))
        {
            throw new ArgumentNullException(nameof(observers), "No observer may be null.");
        }
    }

    /// <summary>How many observations were dropped since the observers were too far behind, or since the hub was disposed.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Whether anybody listens: who would only build an observation in vain asks first.</summary>
    internal bool IsObserved => _observers.Length > 0;

    /// <summary>Completes when the observers have been told of everything up to now.</summary>
    /// <param name="cancellationToken">Cancelled: waits no longer.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Task drained;
        lock (_gate)
        {
            if (!_draining)
            {
                return;
            }

            drained = (_drained ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration cancelling = cancellationToken.Register(() => cancelled.TrySetResult(true));
        _ = await Task.WhenAny(drained, cancelled.Task).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Takes no more observations, and returns when the observers have been told of those it has. An observer must not wait for this: it would wait for itself.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _disposed = true;
        }

        await FlushAsync().ConfigureAwait(false);
    }

    /// <summary>The same as <see cref="DisposeAsync"/>, waiting for its end. Prefer that.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    internal void Publish(CctObservation observation)
    {
        lock (_gate)
        {
            if (_disposed || _waiting.Count >= Capacity)
            {
                _ = Interlocked.Increment(ref _dropped);
                return;
            }

            _waiting.Enqueue(observation);
            if (_draining)
            {
                return;
            }

            _draining = true;
        }

        _ = ThreadPool.UnsafeQueueUserWorkItem(static hub => ((ObserverHub)hub!).Drain(), this);
    }

    private void Drain()
    {
        while (true)
        {
            CctObservation observation;
            lock (_gate)
            {
                if (_waiting.Count == 0)
                {
                    _draining = false;
                    _ = _drained?.TrySetResult(true);
                    _drained = null;
                    return;
                }

                observation = _waiting.Dequeue();
            }

            foreach (ICctObserver observer in _observers)
            {
                Tell(observer, observation);
            }
        }
    }

    private static void Tell(ICctObserver observer, CctObservation observation)
    {
        try
        {
            observer.Observe(observation);
        }
#pragma warning disable CA1031 // A log that fails must not cost EBS its answer.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
