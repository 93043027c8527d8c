using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>
/// An agent's desktop as the softphone sees it: the EBS that is told of the agent's calls. Events go out one at a time, in the order in which they were asked for.
/// </summary>
/// <remarks>
/// <para>Safe to use from several threads. <see cref="AgentDesktops"/> have one for each agent, and agents do not wait for each other.</para>
/// <para>Where the agent's events go is looked up before each try. An event that could not be sent is tried again until its time to live is over; one of which nobody knows whether EBS has got it
/// is not, unless <see cref="AgentDesktopOptions.RetryUnknown"/> says so.</para>
/// <para>A token that is cancelled while the event waits, for its turn or for the next try, takes it out: an <see cref="OperationCanceledException"/> means that nothing of it was sent. While
/// it is being sent, the token counts for nothing.</para>
/// </remarks>
public sealed class AgentDesktop
{
    private readonly object _gate = new();
    private readonly AgentDesktops _desktops;

    /// <summary>The first is the one that is worked on. Null when there is nothing to do, so that an idle agent costs next to nothing.</summary>
    private List<PendingEvent>? _queue;
    private bool _isPumping;
    private TaskCompletionSource<bool>? _idle;

    internal AgentDesktop(AgentIdentity agent, AgentDesktops desktops)
    {
        Agent = agent;
        _desktops = desktops;
    }

    /// <summary>Whose desktop it is.</summary>
    public AgentIdentity Agent { get; }

    private AgentDesktopOptions Options => _desktops.Options;

    /// <summary>A call rings at the agent, or the agent dials: opens the caller's form and begins the call's session.</summary>
    /// <param name="pop">The event. Its id is the call's, at this agent new.</param>
    /// <param name="cancellationToken">Cancelled before the event is being sent: it is not sent.</param>
    /// <returns>
    /// The call from here on, when the outcome of its ScreenPop is known. It is a session also where the ScreenPop came to nothing, or where <see cref="AgentDesktopOptions.ScreenPops"/> refuses it.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="pop"/> is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// The agent had a ScreenPop with this id already, among the last 100,000 of all agents. One that was certainly not sent does not count.
    /// </exception>
    /// <exception cref="ProtocolFormatException">The event cannot be written as XML, and the rules do not refuse it, or the call's id is null; nothing was sent.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled; nothing was sent.</exception>
    /// <exception cref="ObjectDisposedException">The desktops were disposed.</exception>
    public async Task<CallSession> ScreenPopAsync(ScreenPopEvent pop, CancellationToken cancellationToken = default)
    {
        _ = pop ?? throw new ArgumentNullException(nameof(pop));
        _desktops.ThrowIfDisposed();
        cancellationToken.ThrowIfCancellationRequested();
        ScreenPopCheck check = ScreenPopRules.Prepare(pop, Options.ScreenPops);

        // The rules come first: they refuse a caller's odd characters as a value, and their policy takes them out of a number. A call without an id is a mistake whatever they say.
        if (!check.IsRefused || check.ScreenPop.SourceId is null)
        {
            CctXmlFormatter.ThrowIfNotWritable(check.ScreenPop);
        }

        if (!_desktops.PoppedCalls.TryAdd(Agent, pop.SourceId))
        {
            throw new InvalidOperationException($"The call {pop.SourceId} of {Agent} had its ScreenPop already: each call needs an id of its own, since a second ScreenPop opens a second window.");
        }

        EventDelivery? delivery = null;
        try
        {
            _desktops.AgentStates?.NoteRinging(Agent);
            long askedAt = _desktops.Time.GetTimestamp();
            delivery = check.IsRefused
                ? NotQueued(check.ScreenPop, NotSentReason.RefusedByRules, check.Findings)
                : await Enqueue(check.ScreenPop, Options.ScreenPopTimeToLive, isTriedAtLeastOnce: false, cancellationToken, check.Findings).ConfigureAwait(false);
            return new(this, check, delivery, askedAt);
        }
        finally
        {
            if (delivery is null or { Status: EventDeliveryStatus.NotSent })
            {
                _desktops.PoppedCalls.Remove(Agent, pop.SourceId);
            }
        }
    }

    /// <summary>Sends an event that belongs to no call, in its turn among the others.</summary>
    /// <param name="cctEvent">The event. Its time to live is that of a ScreenPop.</param>
    /// <param name="cancellationToken">Cancelled before the event is being sent: it is not sent.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="cctEvent"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The event is one of a call: those begin with <see cref="ScreenPopAsync"/>, which checks them, and go on at the <see cref="CallSession"/>. An <see cref="UnknownEvent"/> whose name
    /// is such a one's but for case or blanks counts as one, since nobody knows whether EBS tells them apart.
    /// </exception>
    /// <exception cref="ProtocolFormatException">The event cannot be written as XML; nothing was sent.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled; nothing was sent.</exception>
    /// <exception cref="ObjectDisposedException">The desktops were disposed.</exception>
    public async Task<EventDelivery> SendAsync(CctEvent cctEvent, CancellationToken cancellationToken = default)
    {
        _ = cctEvent ?? throw new ArgumentNullException(nameof(cctEvent));
        if (cctEvent is CallEvent || EventShapes.IsOfCall(cctEvent.Name.AsSpan().Trim()))
        {
            throw new ArgumentException($"{cctEvent.Name} belongs to a call: begin one with {nameof(ScreenPopAsync)}, and go on at the {nameof(CallSession)} that it returns.", nameof(cctEvent));
        }

        _desktops.ThrowIfDisposed();
        CctXmlFormatter.ThrowIfNotWritable(cctEvent);
        cancellationToken.ThrowIfCancellationRequested();
        return await Enqueue(cctEvent, Options.ScreenPopTimeToLive, isTriedAtLeastOnce: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends an event of a call that has popped.</summary>
    internal Task<EventDelivery> SendOfCallAsync(CallEvent callEvent, EventDelivery screenPop, long askedAt, CancellationToken cancellationToken)
    {
        if (screenPop.Status == EventDeliveryStatus.NotSent)
        {
            return Task.FromResult(NotQueued(callEvent, NotSentReason.NoScreenPop, []));
        }

        TimeSpan left = Options.SessionTimeToLive - _desktops.Time.GetElapsedTime(askedAt);
        return Enqueue(callEvent, left > Options.ScreenPopTimeToLive ? left : Options.ScreenPopTimeToLive, isTriedAtLeastOnce: true, cancellationToken);
    }

    /// <summary>Completes when nothing is queued.</summary>
    internal Task WhenIdle()
    {
        lock (_gate)
        {
            return _isPumping ? (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task : Task.CompletedTask;
        }
    }

    /// <summary>Ends everything that is queued, as it is.</summary>
    internal void Abandon()
    {
        List<(PendingEvent Event, bool IsSending)> abandoned = [];
        lock (_gate)
        {
            foreach (PendingEvent pending in _queue ?? [])
            {
                pending.IsEnded = true;
                abandoned.Add((pending, pending.IsSending));
            }

            _queue?.Clear();
        }

        abandoned.ForEach(pending => Finish(pending.Event, pending.IsSending ? new() { Status = EventDeliveryStatus.Unknown } : NotSent(NotSentReason.Closed)));
    }

    private static EventDelivery NotSent(NotSentReason reason, Exception? exception = null) =>
        new() { Status = EventDeliveryStatus.NotSent, Reason = reason, Exception = exception };

    private Task<EventDelivery> Enqueue(
        CctEvent cctEvent, TimeSpan timeToLive, bool isTriedAtLeastOnce, CancellationToken cancellationToken, IReadOnlyList<ScreenPopFinding>? findings = null)
    {
        var pending = new PendingEvent(this, cctEvent, _desktops.Time, cancellationToken)
        {
            TimeToLive = timeToLive,
            IsTriedAtLeastOnce = isTriedAtLeastOnce,
            Findings = findings ?? [],
        };
        bool startsPumping;
        lock (_gate)
        {
            _desktops.ThrowIfDisposed();
            if (_queue?.Count >= Options.QueueCapacity)
            {
                return Task.FromResult(NotQueued(cctEvent, NotSentReason.QueueFull, pending.Findings));
            }

            (_queue ??= []).Add(pending);
            startsPumping = !_isPumping;
            _isPumping = true;
        }

        DesktopMetrics.EventQueued(1);
        Watch(pending);
        if (startsPumping)
        {
            // Without the caller's context: the queue also sends what others ask for.
            _ = ThreadPool.UnsafeQueueUserWorkItem(static desktop => _ = ((AgentDesktop)desktop!).PumpAsync(), this);
        }

        return pending.End;
    }

    /// <summary>Sets the clock and the caller's token on it.</summary>
    private void Watch(PendingEvent pending)
    {
        ITimer expiry = _desktops.Time.CreateTimer(static state => ((PendingEvent)state!).Desktop.OnExpiry((PendingEvent)state!), pending, pending.TimeToLive, Timeout.InfiniteTimeSpan);
        CancellationTokenRegistration cancellation =
            pending.CancellationToken.Register(static state => ((PendingEvent)state!).Desktop.OnCancellation((PendingEvent)state!), pending);
        lock (_gate)
        {
            if (!pending.IsEnded)
            {
                pending.Expiry = expiry;
                pending.Cancellation = cancellation;
                return;
            }
        }

        expiry.Dispose();
        cancellation.Dispose();
    }

    private void OnExpiry(PendingEvent pending)
    {
        // One that must be tried first is looked at after that.
        if (pending.Attempts == 0 && pending.IsTriedAtLeastOnce)
        {
            return;
        }

        if (TryEnd(pending, evenWhileSending: false))
        {
            Expire(pending);
        }
        else
        {
            Withdraw(pending);
        }
    }

    private void Withdraw(PendingEvent pending)
    {
        CancellationTokenSource? attempt;
        lock (_gate)
        {
            attempt = pending.Attempt;
        }

        try
        {
            attempt?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The try has ended meanwhile.
        }
    }

    private void OnCancellation(PendingEvent pending)
    {
        if (TryEnd(pending, evenWhileSending: false))
        {
            Cancel(pending);
        }
    }

    private async Task PumpAsync()
    {
        while (Next() is { } pending)
        {
            await DeliverAsync(pending).ConfigureAwait(false);
        }
    }

    private PendingEvent? Next()
    {
        lock (_gate)
        {
            if (_queue is { Count: > 0 })
            {
                return _queue[0];
            }

            _queue = null;
            _isPumping = false;
            _ = _idle?.TrySetResult(true);
            _idle = null;
            return null;
        }
    }

    private async Task DeliverAsync(PendingEvent pending)
    {
        TimeSpan delay = Options.FirstRetryDelay;
        while (MayGoOn(pending, toSending: false))
        {
            (EbsAddress? ebsAddress, EventDelivery? failure) = await FindAddressAsync(pending).ConfigureAwait(false);
            if (!MayGoOn(pending, toSending: failure is null))
            {
                return;
            }

            EventDelivery delivery = failure ?? await SendOnceAsync(ebsAddress!, pending).ConfigureAwait(false);
            if (NoteAttempt(pending, delivery))
            {
                if (TryEnd(pending, evenWhileSending: true))
                {
                    Finish(pending, delivery);
                }

                return;
            }

            if (MayGoOn(pending, toSending: false))
            {
                await WaitAsync(pending, _desktops.Vary(delay)).ConfigureAwait(false);
                delay = delay > TimeSpan.FromTicks(Options.MaxRetryDelay.Ticks / 2) ? Options.MaxRetryDelay : delay + delay;
            }
        }
    }

    /// <summary>Whether the event is still to be sent; if not, it has ended.</summary>
    private bool MayGoOn(PendingEvent pending, bool toSending)
    {
        bool isCancelled = pending.CancellationToken.IsCancellationRequested;
        lock (_gate)
        {
            if (pending.IsEnded)
            {
                return false;
            }

            if (!isCancelled && !pending.IsExpired)
            {
                pending.IsSending = toSending;
                return true;
            }
        }

        if (TryEnd(pending, evenWhileSending: false))
        {
            if (isCancelled)
            {
                Cancel(pending);
            }
            else
            {
                Expire(pending);
            }
        }

        return false;
    }

    /// <returns>Whether the outcome is final.</returns>
    private bool NoteAttempt(PendingEvent pending, EventDelivery delivery)
    {
        lock (_gate)
        {
            pending.Attempts++;
            bool isFinal = delivery switch
            {
                { Status: EventDeliveryStatus.NotSent } => delivery.Reason is not (null or NotSentReason.Unreachable),
                { Status: EventDeliveryStatus.Unknown } => !Options.RetryUnknown,
                _ => true,
            };
            if (!isFinal)
            {
                pending.IsSending = false;
                pending.LastFailure = delivery;
                pending.EarlierUnknown = delivery.Status == EventDeliveryStatus.Unknown ? delivery : pending.EarlierUnknown;
            }

            return isFinal;
        }
    }

    private async Task<(EbsAddress? EbsAddress, EventDelivery? Failure)> FindAddressAsync(PendingEvent pending)
    {
        try
        {
            // A registry that hangs must not hold the queue when the event has ended.
            Task<EbsAddress?> finding = _desktops.Registry.FindAsync(Agent, _desktops.Aborting).AsTask();
            if (!finding.IsCompleted && await Task.WhenAny(finding, pending.End).ConfigureAwait(false) != finding)
            {
                return (null, NotSent(NotSentReason.Unreachable));
            }

            return await finding.ConfigureAwait(false) is { } ebsAddress ? (ebsAddress, null) : (null, NotSent(NotSentReason.NotRegistered));
        }
#pragma warning disable CA1031 // The registry may be anybody's, and a database may be back a moment later.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return (null, NotSent(NotSentReason.Unreachable, exception));
        }
    }

    private async Task<EventDelivery> SendOnceAsync(EbsAddress ebsAddress, PendingEvent pending)
    {
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(_desktops.Aborting);
        Attend(pending, attempt);
        try
        {
            return await _desktops.Client.SendAsync(ebsAddress, pending.Event, attempt.Token).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"{_desktops.Client.GetType().Name} returned null in place of an outcome.");
        }
        catch (OperationCanceledException exception) when (attempt.IsCancellationRequested)
        {
            return NotSent(_desktops.Aborting.IsCancellationRequested ? NotSentReason.Closed : NotSentReason.Expired, exception);
        }
#pragma warning disable CA1031 // The client may be anybody's. Whatever it has done with this event, the next one must have its turn.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new() { Status = EventDeliveryStatus.Unknown, Exception = exception };
        }
        finally
        {
            Attend(pending, null);
        }
    }

    private void Attend(PendingEvent pending, CancellationTokenSource? attempt)
    {
        lock (_gate)
        {
            pending.Attempt = attempt;
        }
    }

    /// <summary>Waits before the next try, or until the event has ended.</summary>
    private async Task WaitAsync(PendingEvent pending, TimeSpan delay)
    {
        using var end = new CancellationTokenSource();
        _ = await Task.WhenAny(Task.Delay(delay, _desktops.Time, end.Token), pending.End).ConfigureAwait(false);
        end.Cancel();
    }

    /// <returns>Whether this is its end: who gets true here says what became of it.</returns>
    private bool TryEnd(PendingEvent pending, bool evenWhileSending)
    {
        lock (_gate)
        {
            if (pending.IsEnded || (pending.IsSending && !evenWhileSending))
            {
                return false;
            }

            _ = _queue?.Remove(pending);
            return pending.IsEnded = true;
        }
    }

    private void Expire(PendingEvent pending) => Finish(pending, NotSent(NotSentReason.Expired, pending.LastFailure?.Exception));

    private void Cancel(PendingEvent pending) => Finish(pending, null);

    /// <param name="pending">The event, which has left the queue.</param>
    /// <param name="delivery">What became of it; null: it was cancelled.</param>
    private void Finish(PendingEvent pending, EventDelivery? delivery)
    {
        // Not under the lock: a callback that is running now is waited for, and may itself wait for the lock.
        pending.Expiry?.Dispose();
        pending.Cancellation.Dispose();
        DesktopMetrics.EventQueued(-1);
        if (delivery is null or { Status: EventDeliveryStatus.NotSent })
        {
            delivery = pending.EarlierUnknown ?? delivery;
        }

        if (delivery is null)
        {
            pending.SetCancelled();
            return;
        }

        Report(pending.Event, delivery, pending.Findings, pending.Attempts, pending.At, pending.Age);
        pending.SetEnd(delivery);
    }

    private EventDelivery NotQueued(CctEvent cctEvent, NotSentReason reason, IReadOnlyList<ScreenPopFinding> findings)
    {
        EventDelivery delivery = NotSent(reason);
        Report(cctEvent, delivery, findings, attempts: 0, _desktops.Time.GetUtcNow(), TimeSpan.Zero);
        return delivery;
    }

    private void Report(CctEvent cctEvent, EventDelivery delivery, IReadOnlyList<ScreenPopFinding> findings, int attempts, DateTimeOffset at, TimeSpan duration)
    {
        DesktopMetrics.EventEnded(cctEvent, delivery);
        _desktops.Observers?.Publish(new EventOutcomeObservation
        {
            At = at,
            Duration = duration,
            Agent = Agent,
            Event = cctEvent,
            Delivery = delivery,
            Findings = findings,
            Attempts = attempts,
        });
    }
}
