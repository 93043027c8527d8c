using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>
/// Represents an agent's desktop: the EBS that receives the agent's events. The desktop sends events one at a time, in the order of the requests.
/// </summary>
/// <remarks>
/// <para>Safe to use from several threads. <see cref="AgentDesktops"/> has one for each agent. Agents do not wait for each other.</para>
/// <para>
/// The desktop looks up the address of the agent's EBS before each try. It tries an event that could not be sent again until the time to live of the event is
/// over. It does not try an event again that EBS may have received, unless <see cref="AgentDesktopOptions.RetryUnknown"/> is set.
/// </para>
/// <para>
/// Cancelling a token withdraws an event that waits for its turn or for the next try. An <see cref="OperationCanceledException"/> means that nothing of the
/// event was sent. While the event is being sent, the token has no effect.
/// </para>
/// </remarks>
public sealed class AgentDesktop
{
    private readonly object _gate = new();
    private readonly AgentDesktops _desktops;

    /// <summary>The pump works on the first. <see langword="null"/> when there is nothing to do, so that an idle agent costs little.</summary>
    private List<PendingEvent>? _queue;
    private bool _isPumping;
    private TaskCompletionSource<bool>? _idle;

    internal AgentDesktop(AgentIdentity agent, AgentDesktops desktops)
    {
        Agent = agent;
        _desktops = desktops;
    }

    /// <summary>Gets the agent.</summary>
    public AgentIdentity Agent { get; }

    private AgentDesktopOptions Options => _desktops.Options;

    /// <summary>Sends ScreenPop, which opens the caller's form, and starts the session of the call: it rings at the agent, or the agent dials.</summary>
    /// <param name="pop">The event. Its id is the id of the call, and is new for this agent.</param>
    /// <param name="cancellationToken">Withdraws the event, as long as it is not being sent.</param>
    /// <returns>
    /// The session of the call, once the outcome of its ScreenPop is known, also when the ScreenPop was not delivered or
    /// <see cref="AgentDesktopOptions.ScreenPops"/> refuses it.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="pop"/> is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// The agent has had a ScreenPop with this id among the last 100,000 of all agents. A ScreenPop that was certainly not sent does not count.
    /// </exception>
    /// <exception cref="ProtocolFormatException">
    /// The event cannot be written as XML and the rules do not refuse it, or the id is null. Nothing was sent.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled. Nothing was sent.</exception>
    /// <exception cref="ObjectDisposedException">The desktops were disposed.</exception>
    public async Task<CallSession> ScreenPopAsync(ScreenPopEvent pop, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pop);
        _desktops.ThrowIfDisposed();
        cancellationToken.ThrowIfCancellationRequested();
        ScreenPopCheck check = ScreenPopRules.Prepare(pop, Options.ScreenPops);

        // The rules come first: they refuse unusual characters of a caller as a value, and their policy removes them from a number.
        // A call without an id is always a mistake of the caller.
        if (!check.IsRefused || check.ScreenPop.SourceId is null)
        {
            CctXmlFormatter.ThrowIfNotWritable(check.ScreenPop);
        }

        if (!_desktops.PoppedCalls.TryAdd(Agent, pop.SourceId))
        {
            throw new InvalidOperationException(
                $"The call {pop.SourceId} of {Agent} has had its ScreenPop. Give each call a new id: a second ScreenPop opens a second window.");
        }

        EventDelivery? delivery = null;
        try
        {
            _desktops.AgentStates?.NoteRinging(Agent);
            long askedAt = _desktops.Time.GetTimestamp();
            delivery = check.IsRefused
                ? NotQueued(check.ScreenPop, NotSentReason.RefusedByRules, check.Findings)
                : await Enqueue(check.ScreenPop, Options.ScreenPopTimeToLive, isTriedAtLeastOnce: false, cancellationToken, check.Findings)
                    .ConfigureAwait(false);
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

    /// <summary>Sends an event that does not belong to a call, in its turn.</summary>
    /// <param name="cctEvent">The event. It has the time to live of a ScreenPop.</param>
    /// <param name="cancellationToken">Withdraws the event, as long as it is not being sent.</param>
    /// <returns>The outcome.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="cctEvent"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The event belongs to a call. Use <see cref="ScreenPopAsync"/>, which checks the event, and the methods of <see cref="CallSession"/>. An
    /// <see cref="UnknownEvent"/> whose name differs from such an event only in case or blanks belongs to a call, too: whether EBS distinguishes the names is
    /// not known.
    /// </exception>
    /// <exception cref="ProtocolFormatException">The event cannot be written as XML. Nothing was sent.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled. Nothing was sent.</exception>
    /// <exception cref="ObjectDisposedException">The desktops were disposed.</exception>
    public async Task<EventDelivery> SendAsync(CctEvent cctEvent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cctEvent);
        if (cctEvent is CallEvent || EventShapes.IsOfCall(cctEvent.Name.AsSpan().Trim()))
        {
            throw new ArgumentException(
                $"{cctEvent.Name} is an event of a call. Call {nameof(ScreenPopAsync)}, and then the methods of the {nameof(CallSession)} that it returns.",
                nameof(cctEvent));
        }

        _desktops.ThrowIfDisposed();
        CctXmlFormatter.ThrowIfNotWritable(cctEvent);
        cancellationToken.ThrowIfCancellationRequested();
        return await Enqueue(cctEvent, Options.ScreenPopTimeToLive, isTriedAtLeastOnce: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends an event of a call after its ScreenPop.</summary>
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

    /// <summary>Ends everything that is queued.</summary>
    internal void Abandon()
    {
        List<PendingEvent> abandoned;
        lock (_gate)
        {
            abandoned = [.. _queue ?? []];
        }

        foreach (PendingEvent pending in abandoned)
        {
            if (pending.TryEnd(out bool wasSending))
            {
                Complete(pending, wasSending ? new(EventDeliveryStatus.Unknown) : NotSent(NotSentReason.Closed));
            }
        }
    }

    /// <summary>Ends an event that its caller cancelled, or whose time is over, unless it is being sent.</summary>
    /// <returns>Whether the event has ended, now or before.</returns>
    internal bool TryEndOverdue(PendingEvent pending)
    {
        if (!pending.IsOver)
        {
            return false;
        }

        if (pending.TryWithdraw())
        {
            Complete(pending, pending.IsCancelled ? null : NotSent(NotSentReason.Expired, pending.LastFailure?.Exception));
        }

        return pending.IsEnded;
    }

    private static EventDelivery NotSent(NotSentReason reason, Exception? exception = null) => new(EventDeliveryStatus.NotSent, reason, exception: exception);

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
        pending.Watch();
        if (startsPumping)
        {
            // Without the caller's context: the queue also sends what others ask for.
            _ = ThreadPool.UnsafeQueueUserWorkItem(static desktop => _ = ((AgentDesktop)desktop!).PumpAsync(), this);
        }

        return pending.Outcome;
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
            while (_queue is { Count: > 0 })
            {
                if (!_queue[0].IsEnded)
                {
                    return _queue[0];
                }

                _queue.RemoveAt(0);
            }

            _queue = null;
            _isPumping = false;
            _ = _idle?.TrySetResult(true);
            _idle = null;
            return null;
        }
    }

    /// <summary>Tries until the event has ended.</summary>
    private async Task DeliverAsync(PendingEvent pending)
    {
        TimeSpan? delay = null;
        while (!TryEndOverdue(pending))
        {
            if (await AttemptAsync(pending).ConfigureAwait(false) is not { } delivery)
            {
                continue;
            }

            bool isFinal = _desktops.Retries.IsFinal(delivery);
            pending.EndAttempt(delivery, isFinal);
            if (isFinal)
            {
                if (pending.TryEnd(out _))
                {
                    Complete(pending, delivery);
                }
            }
            else if (!TryEndOverdue(pending))
            {
                delay = _desktops.Retries.NextDelay(delay);
                await WaitAsync(pending, _desktops.Retries.Vary(delay.Value)).ConfigureAwait(false);
            }
        }
    }

    /// <returns>The outcome of one try. <see langword="null"/> when the event was over before it was sent.</returns>
    private async Task<EventDelivery?> AttemptAsync(PendingEvent pending)
    {
        (EbsAddress? ebsAddress, EventDelivery? failure) = await FindAddressAsync(pending).ConfigureAwait(false);
        if (failure is not null)
        {
            return pending.IsOver ? null : failure;
        }

        return pending.TryBeginSending(ebsAddress!, _desktops.Aborting, out CancellationToken attempt)
            ? await CallClientAsync(ebsAddress!, pending.Event, attempt).ConfigureAwait(false)
            : null;
    }

    private async Task<(EbsAddress? EbsAddress, EventDelivery? Failure)> FindAddressAsync(PendingEvent pending)
    {
        try
        {
            // A registry that hangs must not hold the queue when the event has ended.
            Task<EbsAddress?> finding = _desktops.Registry.FindAsync(Agent, _desktops.Aborting).AsTask();
            if (!finding.IsCompleted && await Task.WhenAny(finding, pending.Outcome).ConfigureAwait(false) != finding)
            {
                return (null, NotSent(NotSentReason.Unreachable));
            }

            return await finding.ConfigureAwait(false) is { } ebsAddress ? (ebsAddress, null) : (null, NotSent(NotSentReason.NotRegistered));
        }
#pragma warning disable CA1031 // The registry may be the caller's own, and a database may be back a moment later.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ReportThrown($"The registry failed to find where EBS listens for {Agent}.", exception);
            return (null, NotSent(NotSentReason.Unreachable, exception));
        }
    }

    private async Task<EventDelivery> CallClientAsync(EbsAddress ebsAddress, CctEvent cctEvent, CancellationToken attempt)
    {
        try
        {
            return await _desktops.Client.SendAsync(ebsAddress, cctEvent, attempt).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"{_desktops.Client.GetType().Name} returned null in place of an outcome.");
        }
        catch (OperationCanceledException exception) when (attempt.IsCancellationRequested)
        {
            return NotSent(_desktops.Aborting.IsCancellationRequested ? NotSentReason.Closed : NotSentReason.Expired, exception);
        }
#pragma warning disable CA1031 // The client may be the caller's own. Whatever it has done with this event, the next one must have its turn.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ReportThrown($"The event client threw in place of an outcome of {cctEvent.Name} of {Agent}.", exception);
            return new(EventDeliveryStatus.Unknown, exception: exception);
        }
    }

    /// <summary>Waits before the next try, or until the event has ended.</summary>
    private async Task WaitAsync(PendingEvent pending, TimeSpan delay)
    {
        using var end = new CancellationTokenSource();
        _ = await Task.WhenAny(Task.Delay(delay, _desktops.Time, end.Token), pending.Outcome).ConfigureAwait(false);
        end.Cancel();
    }

    /// <summary>Takes an event that has ended from the queue and gives its caller the outcome.</summary>
    /// <param name="pending">The event.</param>
    /// <param name="delivery">The outcome. <see langword="null"/> when its caller cancelled it.</param>
    private void Complete(PendingEvent pending, EventDelivery? delivery)
    {
        lock (_gate)
        {
            _ = _queue?.Remove(pending);
        }

        pending.StopWatching();
        DesktopMetrics.EventQueued(-1);
        if (delivery is null or { Status: EventDeliveryStatus.NotSent })
        {
            delivery = pending.EarlierUnknown ?? delivery;
        }

        if (delivery is not null)
        {
            Report(pending.Event, delivery, pending.Findings, pending.EbsAddress, pending.Attempts, pending.At, pending.Age);
        }

        pending.Complete(delivery);
    }

    private EventDelivery NotQueued(CctEvent cctEvent, NotSentReason reason, IReadOnlyList<ScreenPopFinding> findings)
    {
        EventDelivery delivery = NotSent(reason);
        Report(cctEvent, delivery, findings, ebsAddress: null, attempts: 0, _desktops.Time.GetUtcNow(), TimeSpan.Zero);
        return delivery;
    }

    private void Report(
        CctEvent cctEvent,
        EventDelivery delivery,
        IReadOnlyList<ScreenPopFinding> findings,
        EbsAddress? ebsAddress,
        int attempts,
        DateTimeOffset at,
        TimeSpan duration)
    {
        DesktopMetrics.EventEnded(cctEvent, delivery.Status.ToString(), delivery.Reason?.ToString());
        bool isWarning = delivery.Status != EventDeliveryStatus.Delivered && CctDiagnostics.IsOn(TraceEventType.Warning);
        if (_desktops.Observers is null && !isWarning)
        {
            return;
        }

        var observation = new EventOutcomeObservation
        {
            At = at,
            Duration = duration,
            Agent = Agent,
            Event = cctEvent,
            Delivery = delivery,
            EbsAddress = ebsAddress,
            Findings = findings,
            Attempts = attempts,
        };
        if (isWarning)
        {
            CctDiagnostics.Write(TraceEventType.Warning, DiagnosticId.EventNotDelivered, observation, delivery.Explain(findings), delivery.ExceptionText());
        }

        _desktops.Observers?.Publish(observation);
    }

    private void ReportThrown(string message, Exception exception)
    {
        if (!_desktops.Aborting.IsCancellationRequested)
        {
            CctDiagnostics.Write(new ProblemObservation { At = _desktops.Time.GetUtcNow(), Message = message, Exception = exception }, CalloutSecrets.None);
        }
    }
}
