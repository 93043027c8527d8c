using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>Represents an event in an agent's queue: it waits, is being sent, perhaps waits again, and ends. Safe to use from several threads.</summary>
internal sealed class PendingEvent(AgentDesktop desktop, CctEvent cctEvent, TimeProvider time, CancellationToken cancellationToken)
{
    private readonly object _gate = new();
    private readonly TaskCompletionSource<EventDelivery> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _askedAt = time.GetTimestamp();
    private State _state;
    private bool _isTimeOver;
    private CancellationTokenSource? _attempt;
    private ITimer? _expiry;
    private CancellationTokenRegistration _cancellation;

    private enum State
    {
        Waiting,

        /// <summary>Its outcome is up to the client: neither time nor the caller's token can end it.</summary>
        Sending,
        Ended,
    }

    public CctEvent Event { get; } = cctEvent;

    /// <summary>From when it was asked for.</summary>
    public required TimeSpan TimeToLive { get; init; }

    /// <summary>Whether its time does not run out before the first try.</summary>
    public required bool IsTriedAtLeastOnce { get; init; }

    /// <summary>The findings of the rules.</summary>
    public required IReadOnlyList<ScreenPopFinding> Findings { get; init; }

    public DateTimeOffset At { get; } = time.GetUtcNow();

    public TimeSpan Age => time.GetElapsedTime(_askedAt);

    /// <summary>The outcome. Cancelled when nothing was sent.</summary>
    public Task<EventDelivery> Outcome => _outcome.Task;

    public bool IsCancelled => cancellationToken.IsCancellationRequested;

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; private set; }

    /// <summary>Where the last try went. <see langword="null"/> when no address was found.</summary>
    public EbsAddress? EbsAddress { get; private set; }

    /// <summary>The outcome of the last try that was not final.</summary>
    public EventDelivery? LastFailure { get; private set; }

    /// <summary>An earlier try that may have reached EBS: from then on it is not certain that nothing was sent.</summary>
    public EventDelivery? EarlierUnknown { get; private set; }

    public bool IsEnded
    {
        get
        {
            lock (_gate)
            {
                return _state == State.Ended;
            }
        }
    }

    /// <summary>Whether it need not be sent any more: it has ended, was cancelled, or its time is over.</summary>
    public bool IsOver
    {
        get
        {
            lock (_gate)
            {
                return _state == State.Ended || IsCancelled || IsExpired;
            }
        }
    }

    private bool IsExpired => (_isTimeOver || Age >= TimeToLive) && (Attempts > 0 || !IsTriedAtLeastOnce);

    /// <summary>Starts to watch the time to live and the caller's token, and ends the event when one of them is over.</summary>
    public void Watch()
    {
        ITimer expiry = time.CreateTimer(static pending => ((PendingEvent)pending!).OnExpiry(), this, TimeToLive, Timeout.InfiniteTimeSpan);
        CancellationTokenRegistration cancellation = cancellationToken.Register(static pending => ((PendingEvent)pending!).EndOverdue(), this);
        lock (_gate)
        {
            if (_state != State.Ended)
            {
                _expiry = expiry;
                _cancellation = cancellation;
                return;
            }
        }

        expiry.Dispose();
        cancellation.Dispose();
    }

    /// <summary>Begins a try, unless the event is over.</summary>
    /// <param name="ebsAddress">Where the try goes.</param>
    /// <param name="aborting">Ends the try, as long as nothing of the event was sent.</param>
    /// <param name="attempt">The same, and what else ends the try.</param>
    public bool TryBeginSending(EbsAddress ebsAddress, CancellationToken aborting, out CancellationToken attempt)
    {
        lock (_gate)
        {
            if (_state != State.Waiting || IsCancelled || IsExpired)
            {
                attempt = default;
                return false;
            }

            _state = State.Sending;
            EbsAddress = ebsAddress;
            _attempt = CancellationTokenSource.CreateLinkedTokenSource(aborting);
            attempt = _attempt.Token;
            return true;
        }
    }

    /// <summary>Records the outcome of a try. One that is not final leaves the event waiting.</summary>
    public void EndAttempt(EventDelivery delivery, bool isFinal)
    {
        lock (_gate)
        {
            Attempts++;
            _attempt?.Dispose();
            _attempt = null;
            if (!isFinal)
            {
                LastFailure = delivery;
                EarlierUnknown = delivery.Status == EventDeliveryStatus.Unknown ? delivery : EarlierUnknown;
                _state = _state == State.Sending ? State.Waiting : _state;
            }
        }
    }

    /// <summary>Ends the event, also while it is being sent. The caller that gets <see langword="true"/> completes it.</summary>
    public bool TryEnd(out bool wasSending)
    {
        lock (_gate)
        {
            wasSending = _state == State.Sending;
            bool hasEnded = _state != State.Ended;
            _state = State.Ended;
            return hasEnded;
        }
    }

    /// <summary>Ends the event, unless it is being sent. The caller that gets <see langword="true"/> completes it.</summary>
    public bool TryWithdraw()
    {
        lock (_gate)
        {
            if (_state != State.Waiting)
            {
                return false;
            }

            _state = State.Ended;
            return true;
        }
    }

    /// <summary>Gives the caller the outcome.</summary>
    /// <param name="delivery">The outcome. <see langword="null"/> when the caller cancelled the event.</param>
    public void Complete(EventDelivery? delivery)
    {
        if (delivery is null)
        {
            _ = _outcome.TrySetCanceled(cancellationToken);
        }
        else
        {
            _ = _outcome.TrySetResult(delivery);
        }
    }

    /// <summary>Not under a lock: it waits for a callback that is running, which may itself wait for the lock.</summary>
    public void StopWatching()
    {
        _expiry?.Dispose();
        _cancellation.Dispose();
    }

    private void OnExpiry()
    {
        CancellationTokenSource? attempt;
        lock (_gate)
        {
            // A timer may be a moment early. An event that must be tried first is looked at after its try.
            _isTimeOver = true;
            if (Attempts == 0 && IsTriedAtLeastOnce)
            {
                return;
            }

            attempt = _attempt;
        }

        EndOverdue();
        try
        {
            attempt?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The try has ended meanwhile.
        }
    }

    private void EndOverdue() => _ = desktop.TryEndOverdue(this);
}
