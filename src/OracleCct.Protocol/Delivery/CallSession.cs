using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>Represents a call of an agent from its ScreenPop on. The events that follow carry the same id, each at most once, in their order.</summary>
/// <remarks>
/// <para>Safe to use from several threads. A failure of the network is a value. An exception is a mistake of the caller.</para>
/// <para>Where the ScreenPop was certainly not sent, EBS does not know the call: what follows ends at once as <see cref="NotSentReason.NoScreenPop"/>.</para>
/// </remarks>
public sealed class CallSession : IAsyncDisposable
{
    private readonly object _gate = new();
    private readonly AgentDesktop _desktop;
    private readonly long _askedAt;
    private readonly Step _established;
    private readonly Step _released;
    private bool _isDisposed;

    internal CallSession(AgentDesktop desktop, ScreenPopCheck check, EventDelivery screenPop, long askedAt)
    {
        _desktop = desktop;
        SourceId = check.ScreenPop.SourceId;
        Findings = check.Findings;
        ScreenPop = screenPop;
        _askedAt = askedAt;
        _established = new(new CallEstablishedEvent { SourceId = SourceId });
        _released = new(new CallReleasedEvent { SourceId = SourceId });
    }

    /// <summary>Gets the agent whose call it is.</summary>
    public AgentIdentity Agent => _desktop.Agent;

    /// <summary>Gets the id of the call (wire name <c>occtSourceID</c>). Never <see langword="null"/>.</summary>
    public string SourceId { get; }

    /// <summary>Gets the outcome of the call's ScreenPop. Never <see langword="null"/>.</summary>
    public EventDelivery ScreenPop { get; }

    /// <summary>
    /// Gets the findings of the rules about the call's ScreenPop: why it was refused, or what the agent may not see as intended. Empty when there is none or
    /// when nothing is checked; never <see langword="null"/>.
    /// </summary>
    public IReadOnlyList<ScreenPopFinding> Findings { get; }

    /// <summary>Throws an exception unless EBS accepted the call's ScreenPop.</summary>
    /// <returns>This session.</returns>
    /// <exception cref="EventNotDeliveredException">The status of <see cref="ScreenPop"/> is not <see cref="EventDeliveryStatus.Delivered"/>.</exception>
    public CallSession EnsureDelivered() => ScreenPop.Status == EventDeliveryStatus.Delivered
        ? this
        : throw new EventNotDeliveredException($"The ScreenPop of the call {SourceId} of {Agent}", ScreenPop, Findings);

    /// <summary>Sends CallEstablished: the parties are connected.</summary>
    /// <remarks>Asked for again, it returns the outcome of the first time. Where the first was certainly not sent, it sends the event again.</remarks>
    /// <param name="cancellationToken">
    /// Cancelled before the event is being sent: the event is not sent, and may be asked for again. For a caller who waits for the event of another caller, it
    /// ends the wait alone.
    /// </param>
    /// <returns>The outcome. An event that was not sent may be asked for again.</returns>
    /// <exception cref="InvalidOperationException">CallReleased was asked for before. CallEstablished cannot follow it.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled. This caller sent nothing.</exception>
    /// <exception cref="ObjectDisposedException">The session or the desktops were disposed.</exception>
    public Task<EventDelivery> EstablishedAsync(CancellationToken cancellationToken = default) => SendOnceAsync(_established, cancellationToken);

    /// <summary>Sends CallReleased: the call has ended. It may follow the ScreenPop directly, as for a call that was not answered.</summary>
    /// <remarks>
    /// Asked for again, it returns the outcome of the first time: both ends may hang up together. Where the first was certainly not sent, it sends the event
    /// again.
    /// </remarks>
    /// <param name="cancellationToken">
    /// Cancelled before the event is being sent: the event is not sent, and may be asked for again. For a caller who waits for the event of another caller, it
    /// ends the wait alone.
    /// </param>
    /// <returns>The outcome. An event that was not sent may be asked for again.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled. This caller sent nothing.</exception>
    /// <exception cref="ObjectDisposedException">The session or the desktops were disposed.</exception>
    public Task<EventDelivery> ReleasedAsync(CancellationToken cancellationToken = default) => SendOnceAsync(_released, cancellationToken);

    /// <summary>Ends the session. A call that was established and not released is released, and the outcome awaited. Otherwise nothing is sent.</summary>
    public async ValueTask DisposeAsync()
    {
        Task<EventDelivery>? releasing;
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            if (!_established.MayBeSent)
            {
                return;
            }

            releasing = _released.Sending;
        }

        // A release that is under way may still be cancelled by its caller.
        if (releasing is not null)
        {
            _ = await Task.WhenAny(releasing).ConfigureAwait(false);
        }

        if (!_released.MayBeSent)
        {
            try
            {
                _ = await SendAsync(_released, CancellationToken.None).ConfigureAwait(false);
            }
            catch (ObjectDisposedException)
            {
                // The desktops were disposed first, so nothing can be sent.
            }
        }
    }

    private async Task<EventDelivery> SendOnceAsync(Step step, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (true)
        {
            Task<EventDelivery> sending;
            bool isFirst;
            lock (_gate)
            {
                if (_isDisposed)
                {
                    throw new ObjectDisposedException(nameof(CallSession));
                }

                isFirst = !step.MayBeSent;
                if (isFirst && step == _established && _released.MayBeSent)
                {
                    throw new InvalidOperationException($"The call {SourceId} of {Agent} was released: CallEstablished cannot follow CallReleased.");
                }

                sending = isFirst ? SendAsync(step, cancellationToken) : step.Sending!;
                step.Sending = sending;
            }

            if (isFirst)
            {
                return await sending.ConfigureAwait(false);
            }

            try
            {
                return await sending.WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // The first caller has cancelled it, so that nothing was sent.
            }
        }
    }

    private Task<EventDelivery> SendAsync(Step step, CancellationToken cancellationToken) =>
        _desktop.SendOfCallAsync(step.Event, ScreenPop, _askedAt, cancellationToken);

    /// <summary>An event of the call after its ScreenPop.</summary>
    private sealed class Step(CallEvent callEvent)
    {
        public CallEvent Event => callEvent;

        /// <summary>The latest sending. <see langword="null"/> before the event was asked for.</summary>
        public Task<EventDelivery>? Sending { get; set; }

        /// <summary>Whether the event was asked for and is not known to have stayed here.</summary>
        public bool MayBeSent => Sending is { IsCanceled: false } sending && !(sending.IsCompleted && sending.Result.Status == EventDeliveryStatus.NotSent);
    }
}
