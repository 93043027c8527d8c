using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>A call of an agent from its ScreenPop on: the events that follow carry the same id, each at most once, in their order.</summary>
/// <remarks>
/// <para>Safe to use from several threads. What the network does is a value; an exception is a mistake of the programmer.</para>
/// <para>Where the ScreenPop was certainly not sent, EBS does not know the call: what follows is <see cref="NotSentReason.NoScreenPop"/> at once.</para>
/// </remarks>
public sealed class CallSession : IAsyncDisposable
{
    private readonly object _gate = new();
    private readonly AgentDesktop _desktop;
    private readonly long _askedAt;
    private bool _isEstablished;
    private bool _isReleased;
    private bool _isDisposed;
    private Task<EventDelivery>? _releasing;

    internal CallSession(AgentDesktop desktop, ScreenPopCheck check, EventDelivery screenPop, long askedAt)
    {
        _desktop = desktop;
        SourceId = check.ScreenPop.SourceId;
        Findings = check.Findings;
        ScreenPop = screenPop;
        _askedAt = askedAt;
    }

    /// <summary>Whose call it is.</summary>
    public AgentIdentity Agent => _desktop.Agent;

    /// <summary>The call's id (wire name <c>occtSourceID</c>). Never null.</summary>
    public string SourceId { get; }

    /// <summary>What became of the call's ScreenPop. Never null.</summary>
    public EventDelivery ScreenPop { get; }

    /// <summary>
    /// What the rules have to say about the call's ScreenPop: why it was refused, or what its agent may not see as it was meant. Empty where all is well or nothing is checked; never null.
    /// </summary>
    public IReadOnlyList<ScreenPopFinding> Findings { get; }

    /// <summary>The parties are connected: sends CallEstablished.</summary>
    /// <param name="cancellationToken">Cancelled before the event is being sent: it is not sent, and may be asked for again.</param>
    /// <returns>What became of it. Where it was not sent, it may be asked for again.</returns>
    /// <exception cref="InvalidOperationException">It was asked for before, or CallReleased was.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled; nothing was sent.</exception>
    /// <exception cref="ObjectDisposedException">The session or the desktops were disposed.</exception>
    public async Task<EventDelivery> EstablishedAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Task<EventDelivery> sending;
        lock (_gate)
        {
            ThrowIfDisposed();
            if (_isReleased)
            {
                throw new InvalidOperationException($"The call {SourceId} of {Agent} was released: CallEstablished cannot follow CallReleased.");
            }

            if (_isEstablished)
            {
                throw new InvalidOperationException($"The call {SourceId} of {Agent} was established already: CallEstablished goes out once.");
            }

            sending = Send(new CallEstablishedEvent { SourceId = SourceId }, cancellationToken);
            _isEstablished = true;
        }

        return await OutcomeAsync(sending, () => _isEstablished = false).ConfigureAwait(false);
    }

    /// <summary>The call has ended: sends CallReleased. It may follow the ScreenPop directly, as for a call that nobody answered.</summary>
    /// <param name="cancellationToken">Cancelled before the event is being sent: it is not sent, and may be asked for again.</param>
    /// <returns>What became of it. Where it was not sent, it may be asked for again.</returns>
    /// <exception cref="InvalidOperationException">It was asked for before.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled; nothing was sent.</exception>
    /// <exception cref="ObjectDisposedException">The session or the desktops were disposed.</exception>
    public async Task<EventDelivery> ReleasedAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Task<EventDelivery> sending;
        lock (_gate)
        {
            ThrowIfDisposed();
            if (_isReleased)
            {
                throw new InvalidOperationException($"The call {SourceId} of {Agent} was released already: CallReleased goes out once.");
            }

            sending = Send(new CallReleasedEvent { SourceId = SourceId }, cancellationToken);
            _isReleased = true;
            _releasing = sending;
        }

        return await OutcomeAsync(sending, () => _isReleased = false).ConfigureAwait(false);
    }

    /// <summary>Ends the session. A call that was established and not released is released, and the outcome of that awaited; otherwise nothing is sent.</summary>
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
            releasing = _isReleased ? _releasing : null;
        }

        if (_isEstablished && (releasing is null || !await WasSentAsync(releasing).ConfigureAwait(false)))
        {
            try
            {
                _ = await Send(new CallReleasedEvent { SourceId = SourceId }, CancellationToken.None).ConfigureAwait(false);
            }
            catch (ObjectDisposedException)
            {
                // The desktops have gone before: nobody is left to send it.
            }
        }
    }

    /// <summary>What was certainly not sent may be asked for again.</summary>
    private async Task<EventDelivery> OutcomeAsync(Task<EventDelivery> sending, Action forget)
    {
        bool wasSent = false;
        try
        {
            EventDelivery delivery = await sending.ConfigureAwait(false);
            wasSent = delivery.Status != EventDeliveryStatus.NotSent;
            return delivery;
        }
        finally
        {
            if (!wasSent)
            {
                lock (_gate)
                {
                    forget();
                }
            }
        }
    }

    private static async Task<bool> WasSentAsync(Task<EventDelivery> sending)
    {
        try
        {
            return (await sending.ConfigureAwait(false)).Status != EventDeliveryStatus.NotSent;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private Task<EventDelivery> Send(CallEvent callEvent, CancellationToken cancellationToken) =>
        _desktop.SendOfCallAsync(callEvent, ScreenPop, _askedAt, cancellationToken);

    private void ThrowIfDisposed()
    {
        if (_isDisposed)
        {
            throw new ObjectDisposedException(nameof(CallSession));
        }
    }
}
