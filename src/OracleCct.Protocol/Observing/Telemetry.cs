#if NET
using System;
using System.Diagnostics;
using System.Diagnostics.Metrics;
#endif

namespace OracleCct.Protocol;

/// <summary>Provides the traces and metrics of the library on net10.0. docs/telemetry.md lists them, and a test compares.</summary>
internal static class Telemetry
{
    public const string Name = "OracleCct.Protocol";

    /// <summary>The name in print of every function and event that the library does not know: their senders choose those names.</summary>
    public const string UnknownName = "unknown";

#if NET
    public const string Seconds = "s";
    public const string Callouts = "{callout}";
    public const string Events = "{event}";

    public const string HttpStatusTag = "http.response.status_code";
    public const string ErrorTypeTag = "error.type";
    public const string EventNameTag = "oraclecct.event.name";
    public const string EventOutcomeTag = "oraclecct.event.outcome";
    public const string EventReasonTag = "oraclecct.event.reason";

    public static readonly ActivitySource Activities = new(Name, Version);

    public static readonly Meter Meter = new(Name, Version);

    private static readonly Counter<long> Dropped =
        Meter.CreateCounter<long>("oraclecct.observations.dropped", "{observation}", "Observations that the observers, too far behind, did not receive.");

    private static readonly Counter<long> Failed =
        Meter.CreateCounter<long>("oraclecct.observer.failures", "{failure}", "Exceptions that observers have thrown.");

    private static string? Version => typeof(Telemetry).Assembly.GetName().Version?.ToString(3);

    /// <summary>
    /// Creates a histogram with boundaries from milliseconds to seconds. The default boundaries of OpenTelemetry are for values in milliseconds.
    /// </summary>
    public static Histogram<double> CreateDuration(string name, string description) => Meter.CreateHistogram(
        name,
        Seconds,
        description,
        tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });

    public static string KnownName(CctEvent cctEvent) => cctEvent is UnknownEvent ? UnknownName : cctEvent.Name;

    public static void ObservationsDropped(long count) => Safely(static count => Dropped.Add(count), count);

    public static void ObserverFailed() => Safely(static one => Failed.Add(one), 1);

    /// <summary>Ignores the exceptions of listeners, which run on the path of the messages.</summary>
    public static void Safely<T>(Action<T> measure, T what)
    {
        try
        {
            measure(what);
        }
#pragma warning disable CA1031 // A listener that fails must not cost EBS its answer.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    /// <summary>Starts an activity. <see langword="null"/> when it has no listener, or the listener throws.</summary>
    public static Activity? Start(string name, ActivityKind kind)
    {
        Activity? activity = null;
        Safely(_ => activity = Activities.StartActivity(name, kind), name);
        return activity;
    }
#else
    public static void ObservationsDropped(long count)
    {
    }

    public static void ObserverFailed()
    {
    }
#endif
}
