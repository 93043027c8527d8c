using System;
#if NET
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
#endif

namespace OracleCct.Protocol;

/// <summary>An event's request as traces and metrics see it: no number, no address, and of names the known ones alone.</summary>
internal readonly struct EventTrace : IDisposable
{
#if NET
    private static readonly Counter<long> Count = Telemetry.Meter.CreateCounter<long>("oraclecct.events", Telemetry.Events, "Requests with an event that were made to EBS.");

    private static readonly Histogram<double> Duration = Telemetry.CreateDuration("oraclecct.event.duration", "From the beginning of an event's request to EBS's answer, or to its failure.");

    private readonly Activity? _activity;

    private EventTrace(Activity? activity) => _activity = activity;

    /// <summary>Whether anybody listens to traces or metrics.</summary>
    public static bool IsObserved => Telemetry.Activities.HasListeners() || Count.Enabled || Duration.Enabled;

    public static EventTrace Start(CctEvent cctEvent) => Telemetry.Activities.HasListeners()
        ? new(Telemetry.Start($"event {KnownName(cctEvent)}", ActivityKind.Client))
        : default;

    public void End(EventAttemptObservation observation) => Telemetry.Safely(static one => one.Trace.Note(one.Observation), (Trace: this, Observation: observation));

    private void Note(EventAttemptObservation observation)
    {
        string name = KnownName(observation.Event);
        EventDelivery delivery = observation.Delivery;
        var tags = new TagList { { Telemetry.EventNameTag, name }, { Telemetry.EventOutcomeTag, delivery.Status.ToString() } };
        Count.Add(1, tags);
        Duration.Record(observation.Duration.TotalSeconds, tags);
        if (_activity is null)
        {
            return;
        }

        _ = _activity.SetTag(Telemetry.EventNameTag, name)
            .SetTag(Telemetry.EventOutcomeTag, delivery.Status.ToString())
            .SetTag(Telemetry.EventReasonTag, delivery.Reason?.ToString());
        if (delivery.HttpStatus is { } status)
        {
            _ = _activity.SetTag(Telemetry.HttpStatusTag, (int)status);
        }

        if (delivery.Status != EventDeliveryStatus.Delivered)
        {
            string? type = delivery.HttpStatus is { } refusal ? ((int)refusal).ToString(CultureInfo.InvariantCulture) : delivery.Exception?.GetType().FullName;
            _ = _activity.SetTag(Telemetry.ErrorTypeTag, type).SetStatus(ActivityStatusCode.Error);
        }
    }

    public void Dispose() => Telemetry.Safely(static activity => activity?.Dispose(), _activity);

    public static string KnownName(CctEvent cctEvent) => cctEvent is UnknownEvent ? Telemetry.UnknownName : cctEvent.Name;
#else
#pragma warning disable CA1822 // The same shape on both targets.
    public static bool IsObserved => false;

    public static EventTrace Start(CctEvent cctEvent)
    {
        _ = cctEvent;
        return default;
    }

    public void End(EventAttemptObservation observation)
    {
    }

    public void Dispose()
    {
    }
#pragma warning restore CA1822
#endif
}
