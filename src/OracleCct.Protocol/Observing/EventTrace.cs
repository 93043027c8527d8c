using System;
#if NET
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
#endif

namespace OracleCct.Protocol;

/// <summary>An event's request as traces and metrics show it: no number, no address, and of names the known ones alone.</summary>
internal readonly struct EventTrace : IDisposable
{
#if NET
    private static readonly Counter<long> Count =
        Telemetry.Meter.CreateCounter<long>("oraclecct.events", Telemetry.Events, "HTTP requests with an event that were made to EBS.");

    private static readonly Histogram<double> Duration =
        Telemetry.CreateDuration("oraclecct.event.duration", "From the start of an event's request to EBS's answer or to the failure.");

    private readonly Activity? _activity;

    private EventTrace(Activity? activity) => _activity = activity;

    /// <summary>Whether traces or metrics have a listener.</summary>
    public static bool IsObserved => Telemetry.Activities.HasListeners() || Count.Enabled || Duration.Enabled;

    public static EventTrace Start(CctEvent cctEvent) => Telemetry.Activities.HasListeners()
        ? new(Telemetry.Start($"event {Telemetry.KnownName(cctEvent)}", ActivityKind.Client))
        : default;

    public void End(in EventEnd end) => Telemetry.Safely(static one => one.Trace.Record(one.End), (Trace: this, End: end));

    public void Dispose() => Telemetry.Safely(static activity => activity?.Dispose(), _activity);

    private void Record(in EventEnd end)
    {
        string name = Telemetry.KnownName(end.Event);
        var tags = new TagList { { Telemetry.EventNameTag, name }, { Telemetry.EventOutcomeTag, end.Outcome } };
        Count.Add(1, tags);
        Duration.Record(end.Duration.TotalSeconds, tags);
        if (_activity is null)
        {
            return;
        }

        _ = _activity.SetTag(Telemetry.EventNameTag, name)
            .SetTag(Telemetry.EventOutcomeTag, end.Outcome)
            .SetTag(Telemetry.EventReasonTag, end.Reason);
        if (end.StatusCode is { } status)
        {
            _ = _activity.SetTag(Telemetry.HttpStatusTag, status);
        }

        if (end.IsFailure)
        {
            string? type = end.StatusCode is { } refusal ? refusal.ToString(CultureInfo.InvariantCulture) : end.Exception?.GetType().FullName;
            _ = _activity.SetTag(Telemetry.ErrorTypeTag, type).SetStatus(ActivityStatusCode.Error);
        }
    }
#else
#pragma warning disable CA1822 // The same shape on both targets.
    public static bool IsObserved => false;

    public static EventTrace Start(CctEvent cctEvent)
    {
        _ = cctEvent;
        return default;
    }

    public void End(in EventEnd end) => _ = end;

    public void Dispose()
    {
    }
#pragma warning restore CA1822
#endif
}

/// <summary>The end of an event's request, in words that need not know the room that it comes from.</summary>
/// <param name="Event">The event.</param>
/// <param name="Duration">How long the request took.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Reason">Why the event was not sent. <see langword="null"/> unless it was not.</param>
/// <param name="StatusCode">The HTTP status of EBS's answer. <see langword="null"/> when no answer came.</param>
/// <param name="IsFailure">Whether EBS did not accept the event.</param>
/// <param name="Exception">What the network reported. <see langword="null"/> when an answer came.</param>
internal readonly record struct EventEnd(
    CctEvent Event, TimeSpan Duration, string Outcome, string? Reason, int? StatusCode, bool IsFailure, Exception? Exception);
