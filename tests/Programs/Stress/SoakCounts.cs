using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;

namespace OracleCct.Stress;

/// <summary>Counts messages and their outcomes. Safe to use from several threads.</summary>
internal sealed class SoakCounts
{
    private const int MostFailures = 20;

    private readonly ConcurrentQueue<string> _failures = new();
    private long _calloutsSent;
    private long _calloutsAnswered;
    private long _calloutsFailed;
    private long _eventsSent;
    private long _eventsDelivered;
    private long _eventsFailed;
    private long _skipped;

    public long CalloutsSent => Interlocked.Read(ref _calloutsSent);

    public long CalloutsAnswered => Interlocked.Read(ref _calloutsAnswered);

    public long CalloutsFailed => Interlocked.Read(ref _calloutsFailed);

    public long EventsSent => Interlocked.Read(ref _eventsSent);

    public long EventsDelivered => Interlocked.Read(ref _eventsDelivered);

    public long EventsFailed => Interlocked.Read(ref _eventsFailed);

    public long Skipped => Interlocked.Read(ref _skipped);

    /// <summary>Gets the first few failures.</summary>
    public IEnumerable<string> Failures => _failures;

    public void Skip() => Interlocked.Increment(ref _skipped);

    public void SendCallout() => Interlocked.Increment(ref _calloutsSent);

    public void SendEvent() => Interlocked.Increment(ref _eventsSent);

    /// <summary>Counts the outcome of a callout.</summary>
    /// <param name="failure">The failure, or null if the callout succeeded.</param>
    public void EndCallout(string? failure) => End(failure, ref _calloutsAnswered, ref _calloutsFailed);

    /// <summary>Counts the outcome of an event.</summary>
    /// <param name="failure">The failure, or null if the event succeeded.</param>
    public void EndEvent(string? failure) => End(failure, ref _eventsDelivered, ref _eventsFailed);

    private void End(string? failure, ref long succeeded, ref long failed)
    {
        if (failure is null)
        {
            _ = Interlocked.Increment(ref succeeded);
            return;
        }

        _ = Interlocked.Increment(ref failed);
        if (_failures.Count < MostFailures)
        {
            _failures.Enqueue(failure);
        }
    }
}
