using System;
#if NET
using System.Diagnostics;
using System.Diagnostics.Metrics;
#endif

namespace OracleCct.Protocol;

/// <summary>A request to the softphone as traces and metrics see it: no agent, no number, no address, and of names the known ones alone.</summary>
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

    /// <summary>Whether anybody listens to traces or metrics.</summary>
    public static bool IsObserved => Telemetry.Activities.HasListeners() || Count.Enabled || Refusals.Enabled || Duration.Enabled;

    /// <summary>Begins the trace of a callout. What its handler does becomes a part of it.</summary>
    public static CalloutTrace Start(Callout callout) => Telemetry.Activities.HasListeners()
        ? new(Telemetry.Start($"callout {KnownName(callout.FunctionName)}", ActivityKind.Server))
        : default;

    /// <summary>Notes what became of a request, also of one whose trace was not begun since it was no callout.</summary>
    public void End(CalloutObservation observation) => Telemetry.Safely(static one => one.Trace.Note(one.Observation), (Trace: this, Observation: observation));

    private void Note(CalloutObservation observation)
    {
        string? function = observation.FunctionName is { } name ? KnownName(name) : null;
        Measure(observation, function);
        if (_activity is not null)
        {
            Describe(_activity, observation, function);
        }
        else if (function is null)
        {
            using Activity? activity = Telemetry.Activities.StartActivity("callout", ActivityKind.Server, parentContext: default, startTime: observation.At);
            if (activity is not null)
            {
                Describe(activity, observation, function);
            }
        }
    }

    public void Dispose() => Telemetry.Safely(static activity => activity?.Dispose(), _activity);

    private static string KnownName(string functionName) => CalloutShapes.Find(functionName.AsSpan())?.Name ?? Telemetry.UnknownName;

    private static void Measure(CalloutObservation observation, string? function)
    {
        var tags = new TagList { { OutcomeTag, observation.Outcome.ToString() } };
        if (function is not null)
        {
            tags.Add(FunctionTag, function);
        }

        Count.Add(1, tags);
        Duration.Record(observation.Duration.TotalSeconds, tags);
        if (observation.Refusal is { } refusal)
        {
            Refusals.Add(1, new TagList { { RefusalTag, refusal.ToString() } });
        }
    }

    private static void Describe(Activity activity, CalloutObservation observation, string? function)
    {
        _ = activity.SetTag(FunctionTag, function)
            .SetTag(OutcomeTag, observation.Outcome.ToString())
            .SetTag(Telemetry.HttpStatusTag, observation.StatusCode)
            .SetTag(RefusalTag, observation.Refusal?.ToString());
        if (observation.Joined)
        {
            _ = activity.SetTag(JoinedTag, true);
        }

        if (observation.Outcome is CalloutOutcome.Failed or CalloutOutcome.TimedOut or CalloutOutcome.Busy)
        {
            _ = activity.SetTag(Telemetry.ErrorTypeTag, observation.Exception?.GetType().FullName ?? observation.Outcome.ToString()).SetStatus(ActivityStatusCode.Error);
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

    public void End(CalloutObservation observation)
    {
    }

    public void Dispose()
    {
    }
#pragma warning restore CA1822
#endif
}
