using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>Passes observations to observers: in order, one at a time, on a thread-pool thread, so that no observer can break or delay a message.</summary>
/// <remarks>
/// <para>Safe to use from several threads. Create one instance, pass it to all parts of the softphone, and dispose it after them.</para>
/// <para>
/// At most 10,000 observations wait. When the observers are that far behind, the hub drops further observations and counts them, and passes a
/// <see cref="ProblemObservation"/> with their number in their place.
/// </para>
/// <para>
/// The hub counts the exceptions of observers as <c>oraclecct.observer.failures</c> (net10.0), writes them to <see cref="CctDiagnostics.TraceSource"/>, and
/// continues with the next observer.
/// </para>
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

    /// <summary>Initializes a hub.</summary>
    /// <param name="observers">The observers. Each receives every observation, in this order.</param>
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
            throw new ArgumentNullException(nameof(observers), "An observer is null. Pass observers only.");
        }
    }

    /// <summary>Gets how many observations were dropped because the observers were too far behind, or because the hub was disposed.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Gets whether the hub has observers. Check it before you create an observation.</summary>
    internal bool IsObserved => _observers.Length > 0;

    /// <summary>Completes when the observers have received everything up to now, or when the hub is disposed.</summary>
    /// <remarks>An observer must not wait for it: it would wait for itself.</remarks>
    /// <param name="cancellationToken">Ends the wait.</param>
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
    /// Stops accepting observations, and completes when the observers have received those that wait, or after 5 seconds. The hub then drops the rest and stops
    /// calling the observers.
    /// </summary>
    /// <remarks>An observer must not wait for it: it would wait for itself for 5 seconds.</remarks>
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

    /// <summary>Does the same as <see cref="DisposeAsync"/> and blocks until it completes. Prefer <see cref="DisposeAsync"/>.</summary>
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

        // The thread of the pool must not inherit the trace of the first caller.
        _ = ThreadPool.UnsafeQueueUserWorkItem(static hub => ((ObserverHub)hub!).Drain(), this);
        return true;
    }

    private void Enqueue(CctObservation observation)
    {
        _waiting.Enqueue(observation);
        _accepted++;
    }

    /// <summary>Adds a note in place of missing observations.</summary>
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

    /// <summary>Represents a wait until the observers have received so many observations.</summary>
    private sealed class PendingFlush(long upTo)
    {
        public long UpTo => upTo;

        public TaskCompletionSource<bool> Told { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
