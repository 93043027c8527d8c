#if NET
using System.Diagnostics;
using System.Diagnostics.Metrics;
#endif

namespace OracleCct.Protocol;

/// <summary>The desktops' queues as metrics see them.</summary>
internal static class DesktopMetrics
{
#if NET
    private static readonly UpDownCounter<long> Queued =
        Telemetry.Meter.CreateUpDownCounter<long>("oraclecct.desktop.queued_events", Telemetry.Events, "Events in the agents' queues, with those that are being sent.");

    private static readonly Counter<long> Ended =
        Telemetry.Meter.CreateCounter<long>("oraclecct.desktop.events", Telemetry.Events, "Events whose outcome is certain, those that never got into a queue too.");
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

    public static void EventEnded(CctEvent cctEvent, EventDelivery delivery)
    {
#if NET
        if (Ended.Enabled)
        {
            var tags = new TagList { { Telemetry.EventNameTag, EventTrace.KnownName(cctEvent) }, { Telemetry.EventOutcomeTag, delivery.Status.ToString() } };
            if (delivery.Reason is { } reason)
            {
                tags.Add(Telemetry.EventReasonTag, reason.ToString());
            }

            Telemetry.Safely(static tags => Ended.Add(1, tags), tags);
        }
#else
        _ = (cctEvent, delivery);
#endif
    }
}
