#if NET
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Linq;
using System.Threading;

namespace OracleCct.Protocol.Tests.Support;

/// <summary>The traces and metrics of what the test that makes it does. The tests beside it use the same source and meter.</summary>
internal sealed class TelemetryRecorder : IDisposable
{
    public const string Name = "OracleCct.Protocol";

    private static readonly AsyncLocal<TelemetryRecorder?> Current = new();

    private readonly ActivityListener _activities;
    private readonly MeterListener _meter = new();

    public TelemetryRecorder()
    {
        Current.Value = this;
        _activities = new()
        {
            ShouldListenTo = source => source.Name == Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (Current.Value == this)
                {
                    Activities.Enqueue(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(_activities);

        _meter.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Name)
            {
                Instruments.Enqueue(instrument);
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meter.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _meter.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _meter.Start();
    }

    public ConcurrentQueue<Activity> Activities { get; } = new();

    public ConcurrentQueue<Instrument> Instruments { get; } = new();

    /// <summary>Each measurement as its instrument and its tags, as in <c>oraclecct.callouts{outcome=Success}</c>.</summary>
    public ConcurrentQueue<string> Measurements { get; } = new();

    /// <summary>The same measurements' values.</summary>
    public ConcurrentQueue<(string Instrument, double Value)> Values { get; } = new();

    /// <summary>Everything that a trace shows.</summary>
    public static string Describe(Activity activity) =>
        $"{activity.Kind} {activity.OperationName}|{activity.DisplayName}|{Describe(activity.TagObjects)}|{activity.Status}{activity.StatusDescription}";

    /// <summary>The events of a trace, such as exceptions.</summary>
    public static string DescribeEvents(Activity activity) => string.Join("\n", activity.Events.Select(one => $"{one.Name}{Describe(one.Tags)}"));

    public void Dispose()
    {
        _activities.Dispose();
        _meter.Dispose();
        Current.Value = null;
    }

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Current.Value == this)
        {
            Assert(value >= 0 || instrument is UpDownCounter<long>);
            Values.Enqueue((instrument.Name, value));
            Measurements.Enqueue($"{instrument.Name}{Describe(tags.ToArray())}");
        }
    }

    private static string Describe(IEnumerable<KeyValuePair<string, object?>> tags) =>
        $"{{{string.Join(", ", tags.Select(tag => $"{tag.Key}={tag.Value}").OrderBy(tag => tag, StringComparer.Ordinal))}}}";

    private static void Assert(bool condition) => Xunit.Assert.True(condition);
}
#endif
