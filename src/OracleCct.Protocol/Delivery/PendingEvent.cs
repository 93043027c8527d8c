using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>An event in an agent's queue. What can be set belongs to its desktop and is guarded by that one's lock.</summary>
internal sealed class PendingEvent(AgentDesktop desktop, CctEvent cctEvent, TimeProvider time, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource<EventDelivery> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _askedAt = time.GetTimestamp();

    public AgentDesktop Desktop { get; } = desktop;

    public CctEvent Event { get; } = cctEvent;

    /// <summary>From when it was asked for.</summary>
    public required TimeSpan TimeToLive { get; init; }

    /// <summary>Its time does not run out before it was tried.</summary>
    public required bool IsTriedAtLeastOnce { get; init; }

    /// <summary>What the rules have to say about it.</summary>
    public required IReadOnlyList<ScreenPopFinding> Findings { get; init; }

    public CancellationToken CancellationToken { get; } = cancellationToken;

    public DateTimeOffset At { get; } = time.GetUtcNow();

    public TimeSpan Age => time.GetElapsedTime(_askedAt);

    /// <summary>What became of it. Cancelled: nothing was sent.</summary>
    public Task<EventDelivery> End => _end.Task;

    /// <summary>Its outcome is up to the client now: neither time nor the caller's token can end it.</summary>
    public bool IsSending { get; set; }

    /// <summary>Ends the try that is under way, as long as nothing of the event has been sent. Null: there is none.</summary>
    public CancellationTokenSource? Attempt { get; set; }

    public bool IsEnded { get; set; }

    public int Attempts { get; set; }

    /// <summary>What the last try came to.</summary>
    public EventDelivery? LastFailure { get; set; }

    /// <summary>An earlier try that may have reached EBS: from then on nobody can say any more that it was not sent.</summary>
    public EventDelivery? EarlierUnknown { get; set; }

    public ITimer? Expiry { get; set; }

    public CancellationTokenRegistration Cancellation { get; set; }

    public bool IsExpired => Age >= TimeToLive && (Attempts > 0 || !IsTriedAtLeastOnce);

    public void SetEnd(EventDelivery delivery) => _end.TrySetResult(delivery);

    public void SetCancelled() => _end.TrySetCanceled(CancellationToken);
}
