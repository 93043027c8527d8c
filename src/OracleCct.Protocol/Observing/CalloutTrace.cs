using System;
#if NET
using System.Diagnostics;
using System.Diagnostics.Metrics;
#endif

namespace OracleCct.Protocol;

/// <summary>A request to the softphone as traces and metrics show it: no agent, no number, no address, and of names the known ones alone.</summary>
internal readonly struct CalloutTrace : IDisposable
{
#if NET
    private const string FunctionTag = "oraclecct.callout.function";
    private const string OutcomeTag = "oraclecct.callout.outcome";
    private const string RefusalTag = "oraclecct.callout.refusal";
    private const string JoinedTag = "oraclecct.callout.joined";

    private static readonly Counter<long> Count = Telemetry.Meter.CreateCounter<long>("oraclecct.callouts", Telemetry.Callouts, "Requests to the softphone.");

    private static readonly Counter<long> Refusals =
        Telemetry.Meter.CreateCounter<long>("oraclecct.callout.refusals", Telemetry.Callouts, "Requests that the guard has refused.");

    private static readonly Histogram<double> Duration = Telemetry.CreateDuration("oraclecct.callout.duration", "From a request's arrival to its answer.");

    private readonly Activity? _activity;

    private CalloutTrace(Activity? activity) => _activity = activity;

    /// <summary>Whether traces or metrics have a listener.</summary>
    public static bool IsObserved => Telemetry.Activities.HasListeners() || Count.Enabled || Refusals.Enabled || Duration.Enabled;

    /// <summary>Starts the trace of a callout. What its handler does becomes a part of it.</summary>
    public static CalloutTrace Start(Callout callout) => Telemetry.Activities.HasListeners()
        ? new(Telemetry.Start($"callout {KnownName(callout.FunctionName)}", ActivityKind.Server))
        : default;

    /// <summary>Records the end of a request, also of one whose trace was not started since it was not a callout.</summary>
    public void End(in CalloutEnd end) => Telemetry.Safely(static one => one.Trace.Record(one.End), (Trace: this, End: end));

    public void Dispose() => Telemetry.Safely(static activity => activity?.Dispose(), _activity);

    private void Record(in CalloutEnd end)
    {
        string? function = end.FunctionName is { } name ? KnownName(name) : null;
        Measure(end, function);
        if (_activity is not null)
        {
            Describe(_activity, end, function);
        }
        else if (function is null)
        {
            using Activity? activity = Telemetry.Activities.StartActivity("callout", ActivityKind.Server, parentContext: default, startTime: end.At);
            if (activity is not null)
            {
                Describe(activity, end, function);
            }
        }
    }

    private static string KnownName(string functionName) => CalloutShapes.Find(functionName.AsSpan())?.Name ?? Telemetry.UnknownName;

    private static void Measure(in CalloutEnd end, string? function)
    {
        var tags = new TagList { { OutcomeTag, end.Outcome } };
        if (function is not null)
        {
            tags.Add(FunctionTag, function);
        }

        Count.Add(1, tags);
        Duration.Record(end.Duration.TotalSeconds, tags);
        if (end.Refusal is { } refusal)
        {
            Refusals.Add(1, new TagList { { RefusalTag, refusal } });
        }
    }

    private static void Describe(Activity activity, in CalloutEnd end, string? function)
    {
        _ = activity.SetTag(FunctionTag, function)
            .SetTag(OutcomeTag, end.Outcome)
            .SetTag(Telemetry.HttpStatusTag, end.StatusCode)
            .SetTag(RefusalTag, end.Refusal);
        if (end.Joined)
        {
            _ = activity.SetTag(JoinedTag, true);
        }

        if (end.IsFailure)
        {
            _ = activity.SetTag(Telemetry.ErrorTypeTag, end.Thrown?.Type ?? end.Outcome).SetStatus(ActivityStatusCode.Error);
        }

        if (end.Thrown is { } thrown)
        {
            // The platform would take message and stack from the exception itself, with whatever secret is in them.
            _ = activity.AddException(thrown.Exception, new TagList { { "exception.message", thrown.Message }, { "exception.stacktrace", thrown.ToString() } });
        }
    }
#else
#pragma warning disable CA1822 // The same shape on both targets.
    public static bool IsObserved => false;

    public static CalloutTrace Start(Callout callout)
    {
        _ = callout;
        return default;
    }

    public void End(in CalloutEnd end) => _ = end;

    public void Dispose()
    {
    }
#pragma warning restore CA1822
#endif
}

/// <summary>The end of a request to the softphone, in words that need not know the room that it comes from.</summary>
/// <param name="At">When the request arrived.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="FunctionName">The function. <see langword="null"/> when the request is not a callout.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Refusal">Why the guard refused the request. <see langword="null"/> unless it did.</param>
/// <param name="Joined">Whether it repeats another callout.</param>
/// <param name="StatusCode">The HTTP status of the answer.</param>
/// <param name="IsFailure">Whether the softphone failed.</param>
/// <param name="Thrown">What was thrown. <see langword="null"/> when nothing was.</param>
internal readonly record struct CalloutEnd(
    DateTimeOffset At,
    TimeSpan Duration,
    string? FunctionName,
    string Outcome,
    string? Refusal,
    bool Joined,
    int StatusCode,
    bool IsFailure,
    ExceptionText? Thrown);
