#if NET
using System.Diagnostics;
using System.Diagnostics.Metrics;
#endif

namespace OracleCct.Protocol;

/// <summary>The queues of the agents' desktops as metrics show them.</summary>
internal static class DesktopMetrics
{
#if NET
    private static readonly UpDownCounter<long> Queued = Telemetry.Meter.CreateUpDownCounter<long>(
        "oraclecct.desktop.queued_events", Telemetry.Events, "Events in the agents' queues, including those that are being sent.");

    private static readonly Counter<long> Ended = Telemetry.Meter.CreateCounter<long>(
        "oraclecct.desktop.events", Telemetry.Events, "Events whose outcome is final, including those that never entered a queue.");
#endif

    /// <param name="change">1: an event has come into a queue; -1: it has left it.</param>
    public static void EventQueued(int change)
    {
#if NET
        Telemetry.Safely(static change => Queued.Add(change), change);
#else
        _ = change;
#endif
    }

    /// <param name="cctEvent">The event.</param>
    /// <param name="outcome">Its outcome.</param>
    /// <param name="reason">Why it was not sent. <see langword="null"/> unless it was not.</param>
    public static void EventEnded(CctEvent cctEvent, string outcome, string? reason)
    {
#if NET
        if (Ended.Enabled)
        {
            var tags = new TagList { { Telemetry.EventNameTag, Telemetry.KnownName(cctEvent) }, { Telemetry.EventOutcomeTag, outcome } };
            if (reason is not null)
            {
                tags.Add(Telemetry.EventReasonTag, reason);
            }

            Telemetry.Safely(static tags => Ended.Add(1, tags), tags);
        }
#else
        _ = (cctEvent, outcome, reason);
#endif
    }
}
