using System;
using System.Collections.Generic;

namespace OracleCct.Protocol;

/// <summary>
/// Remembers dials, so that a dial that comes again gets the first one's result: while the first waits or runs, and for a window after its end.
/// </summary>
/// <remarks>Not safe to use from several threads at once: <see cref="CalloutQueue"/> holds its lock.</remarks>
/// <param name="timeProvider">The clock.</param>
/// <param name="window">How long a dial is remembered after its end. Zero: not at all.</param>
internal sealed class DialMemory(TimeProvider timeProvider, TimeSpan window)
{
    private const int MaxEnded = 1000;

    private readonly Dictionary<Callout, CalloutRun> _dials = [];

    /// <summary>The dials that have ended, the oldest first.</summary>
    private readonly Queue<(CalloutRun Dial, long EndedAt)> _ended = new();

    /// <summary>Gets how many dials are remembered.</summary>
    public int Count => _dials.Count;

    /// <summary>Gets how many of them have ended.</summary>
    public int EndedCount => _ended.Count;

    /// <summary>Finds the dial that a run repeats.</summary>
    /// <returns>Null if the run is not a dial, or does not repeat one.</returns>
    public CalloutRun? FindFirst(CalloutRun run)
    {
        while (_ended.Count > 0 && timeProvider.GetElapsedTime(_ended.Peek().EndedAt, run.ArrivedAt) > window)
        {
            ForgetOldest();
        }

        return run.Callout.IsDial && _dials.TryGetValue(run.Callout, out CalloutRun? first) ? first : null;
    }

    /// <summary>Remembers a run until its end, if it is a dial.</summary>
    public void Add(CalloutRun run)
    {
        if (run.Callout.IsDial)
        {
            _dials.Add(run.Callout, run);
        }
    }

    /// <summary>Begins the window of a run that has ended, if it is a dial.</summary>
    public void End(CalloutRun run)
    {
        if (!run.Callout.IsDial)
        {
            return;
        }

        if (window == TimeSpan.Zero)
        {
            _ = _dials.Remove(run.Callout);
            return;
        }

        _ended.Enqueue((run, timeProvider.GetTimestamp()));
        if (_ended.Count > MaxEnded)
        {
            ForgetOldest();
        }
    }

    private void ForgetOldest() => _ = _dials.Remove(_ended.Dequeue().Dial.Callout);
}
