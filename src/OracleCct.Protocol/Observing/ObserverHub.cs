using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>
/// Hands observations to observers: in order, one at a time, on a thread of the pool, so that no observer can break or slow what it observes.
/// </summary>
/// <remarks>
/// <para>Safe to use from several threads. Make one, give it to all parts of the softphone, and dispose it after them.</para>
/// <para>It holds at most 10,000 observations. When the observers are that far behind, further ones are dropped and counted, and a
/// <see cref="ProblemObservation"/> in their place tells
/// how many are missing.</para>
/// <para>What an observer throws is counted as <c>oraclecct.observer.failures</c> (net10.0) and otherwise ignored: the next observers, and the next
/// observation, have their turn.</para>
/// </remarks>
public sealed class ObserverHub : IAsyncDisposable, IDisposable
{
    internal const int Capacity = 10_000;

    private static readonly TimeSpan LastObservationsTimeout = TimeSpan.FromSeconds(5);

    private readonly ICctObserver[] _observers;
    private readonly TimeProvider _time;
    private readonly object _gate = new();
    private readonly Queue<CctObservation> _waiting = new();
    private readonly List<PendingFlush> _flushes = [];
    private long _accepted;
    private long _told;
    private long _dropped;
    private long _gap;
    private DateTimeOffset _gapAt;
    private bool _draining;
    private bool _disposed;
    private volatile bool _abandoned;

    /// <summary>Makes a hub.</summary>
    /// <param name="observers">Who is told. Each is told of everything, in this order.</param>
    /// <exception cref="ArgumentNullException"><paramref name="observers"/> or one of them is null.</exception>
    public ObserverHub(params ICctObserver[] observers)
        : this(observers, TimeProvider.System)
    {
    }

    /// <summary>Initializes a hub with a clock.</summary>
    /// <param name="observers">The observers. Each receives every observation, in this order.</param>
    /// <param name="timeProvider">The clock of the time limit for disposing. <see langword="null"/> uses <see cref="TimeProvider.System"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="observers"/> or one of them is null.</exception>
    public ObserverHub(IEnumerable<ICctObserver> observers, TimeProvider? timeProvider)
    {
        _time = timeProvider ?? TimeProvider.System;
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

    /// <summary>Completes when the observers have been told of everything up to now, or when the hub is disposed. What comes later is not waited for.</summary>
    /// <remarks>An observer must not wait for this: it would wait for itself.</remarks>
    /// <param name="cancellationToken">Cancelled: waits no longer.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        PendingFlush flush;
        lock (_gate)
        {
            FillGap();
            if (_abandoned || _told == _accepted)
            {
                return;
            }

            flush = new(_accepted);
            _flushes.Add(flush);
        }

        using (cancellationToken.Register(() => Cancel(flush, cancellationToken)))
        {
            _ = await flush.Told.Task.ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Takes no more observations, and returns when the observers have been told of those it has, or after 5 seconds: what is left then is dropped, and the
    /// observers are called no more.
    /// </summary>
    /// <remarks>An observer must not wait for this: it would wait for itself, those 5 seconds.</remarks>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            FillGap();
            _disposed = true;
        }

        using var inTime = new CancellationTokenSource();
        Task told = FlushAsync();
        if (await Task.WhenAny(told, Task.Delay(LastObservationsTimeout, _time, inTime.Token)).ConfigureAwait(false) != told)
        {
            Abandon();
        }

        inTime.Cancel();
    }

    /// <summary>The same as <see cref="DisposeAsync"/>, waiting for its end. Prefer that.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    internal void Publish(CctObservation observation)
    {
        if (!TryEnqueue(observation))
        {
            Telemetry.ObservationsDropped(1);
        }
    }

    private bool TryEnqueue(CctObservation observation)
    {
        lock (_gate)
        {
            if (_disposed || _waiting.Count >= Capacity)
            {
                _ = Interlocked.Increment(ref _dropped);
                _gapAt = _gap++ == 0 ? observation.At : _gapAt;
                return false;
            }

            FillGap();
            Enqueue(observation);
            if (_draining)
            {
                return true;
            }

            _draining = true;
        }

        // The pool's thread must not inherit the trace of whoever happened to come first.
        _ = ThreadPool.UnsafeQueueUserWorkItem(static hub => ((ObserverHub)hub!).Drain(), this);
        return true;
    }

    private void Enqueue(CctObservation observation)
    {
        _waiting.Enqueue(observation);
        _accepted++;
    }

    /// <summary>Puts a note where observations are missing.</summary>
    private void FillGap()
    {
        if (_gap > 0 && !_disposed)
        {
            string message = FormattableString.Invariant($"The observers were too far behind: {_gap} observations are missing here.");
            Enqueue(new ProblemObservation { At = _gapAt, Message = message });
            _gap = 0;
        }
    }

    private void Drain()
    {
        while (TryTake(out CctObservation? observation))
        {
            foreach (ICctObserver observer in _observers)
            {
                if (!_abandoned)
                {
                    Tell(observer, observation!);
                }
            }

            EndFlushes();
        }
    }

    private bool TryTake(out CctObservation? observation)
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                FillGap();
            }

            observation = _waiting.Count == 0 ? null : _waiting.Dequeue();
            _draining = observation is not null;
            return _draining;
        }
    }

    private void EndFlushes()
    {
        lock (_gate)
        {
            _told++;
            while (_flushes.Count > 0 && _flushes[0].UpTo <= _told)
            {
                _ = _flushes[0].Told.TrySetResult(true);
                _flushes.RemoveAt(0);
            }
        }
    }

    private void Cancel(PendingFlush flush, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _ = _flushes.Remove(flush);
        }

        _ = flush.Told.TrySetCanceled(cancellationToken);
    }

    private void Abandon()
    {
        int left;
        lock (_gate)
        {
            _abandoned = true;
            left = _waiting.Count;
            _waiting.Clear();
            _ = Interlocked.Add(ref _dropped, left);
            foreach (PendingFlush flush in _flushes)
            {
                _ = flush.Told.TrySetResult(true);
            }

            _flushes.Clear();
        }

        Telemetry.ObservationsDropped(left);
    }

    private static void Tell(ICctObserver observer, CctObservation observation)
    {
        try
        {
            observer.Observe(observation);
        }
#pragma warning disable CA1031 // A log that fails must not cost EBS its answer.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Telemetry.ObserverFailed();
            if (CctDiagnostics.IsOn(TraceEventType.Warning))
            {
                string message = $"The observer {observer.GetType()} failed on \"{observation}\".";
                var problem = new ProblemObservation { At = observation.At, Message = message, Exception = exception };
                CalloutSecrets secrets = observation.HoldsForeignText ? CalloutSecrets.Unknown : CalloutSecrets.None;
                CctDiagnostics.Write(TraceEventType.Warning, DiagnosticId.ObserverFailed, problem, detail: null, new(exception, secrets));
            }
        }
    }

    /// <summary>Somebody who waits until the observers have been told of so many observations.</summary>
    private sealed class PendingFlush(long upTo)
    {
        public long UpTo => upTo;

        public TaskCompletionSource<bool> Told { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
