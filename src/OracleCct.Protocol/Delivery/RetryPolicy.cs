using System;

namespace OracleCct.Protocol;

/// <summary>When an event that failed is tried again. Safe to use from several threads.</summary>
internal sealed class RetryPolicy(AgentDesktopOptions options)
{
    private readonly Random _chance = new();

    /// <summary>Whether the outcome of a try is the outcome of the event.</summary>
    public bool IsFinal(EventDelivery delivery) => delivery.Status switch
    {
        EventDeliveryStatus.NotSent => delivery.Reason is not (null or NotSentReason.Unreachable),
        EventDeliveryStatus.Unknown => !options.RetryUnknown,
        _ => true,
    };

    /// <summary>The delay after another failure: twice the one before, up to the limit.</summary>
    /// <param name="previous">The delay after the failure before. <see langword="null"/> at the first.</param>
    public TimeSpan NextDelay(TimeSpan? previous) => previous is not { } delay ? options.FirstRetryDelay
        : delay > TimeSpan.FromTicks(options.MaxRetryDelay.Ticks / 2) ? options.MaxRetryDelay
        : delay + delay;

    /// <summary>Between half and one and a half of a delay, so that the agents do not all try at the same moment.</summary>
    public TimeSpan Vary(TimeSpan delay)
    {
        lock (_chance)
        {
            return TimeSpan.FromTicks((long)(delay.Ticks * (0.5 + _chance.NextDouble())));
        }
    }
}
