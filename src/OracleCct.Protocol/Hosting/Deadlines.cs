using System;
using System.Collections.Generic;
using System.Threading;

namespace OracleCct.Protocol;

/// <summary>Watches many things that may all take equally long, by one timer: one for each would cost more than all else that is done for a callout.</summary>
/// <remarks>Whoever watches has a lock of its own for what is watched, and holds it whenever it begins or ends to watch something: a second lock for each callout is felt where two processors share the work.</remarks>
/// <param name="gate">The lock.</param>
/// <param name="time">The clock.</param>
/// <param name="limit">How long each may take.</param>
/// <param name="onDeadline">What happens to one that takes longer, on the timer's thread and without the lock. What it throws is dropped.</param>
internal sealed class Deadlines<T>(object gate, TimeProvider time, TimeSpan limit, Action<T> onDeadline)
{
    // Timers count in milliseconds, and some end a little early.
    private static readonly TimeSpan ShortestTimer = TimeSpan.FromMilliseconds(1);

    /// <summary>In the order of their beginnings, as good as, and so of their deadlines.</summary>
    private readonly LinkedList<Entry> _watched = new();

    private ITimer? _timer;
    private bool _isSet;

    /// <summary>Watches something until <see cref="Watched.End"/>. When it throws, as the clock may, nothing is watched.</summary>
    /// <param name="item">What is watched.</param>
    /// <param name="since">When it began, as a timestamp of the clock.</param>
    public Watched Begin(T item, long since)
    {
        if (!_isSet)
        {
            _timer ??= NewTimer();
            _isSet = _timer.Change(limit, Timeout.InfiniteTimeSpan);
        }

        return new(_watched.AddLast(new Entry(item, since)));
    }

    /// <summary>The timer is for all, so it does not carry the execution context of whoever comes first.</summary>
    private ITimer NewTimer()
    {
        bool isSuppressed = ExecutionContext.IsFlowSuppressed();
        AsyncFlowControl flow = isSuppressed ? default : ExecutionContext.SuppressFlow();
        try
        {
            return time.CreateTimer(static deadlines => ((Deadlines<T>)deadlines!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
        finally
        {
            if (!isSuppressed)
            {
                flow.Undo();
            }
        }
    }

    private void OnTimer()
    {
        while (TakeLate() is { } late)
        {
            try
            {
                onDeadline(late.Value.Item);
            }
#pragma warning disable CA1031 // One that fails must not keep the others from their ends.
            catch (Exception)
#pragma warning restore CA1031
            {
            }
        }
    }

    private LinkedListNode<Entry>? TakeLate()
    {
        lock (gate)
        {
            _isSet = false;
            if (_watched.First is not { } first || IsSetFor(first.Value))
            {
                return null;
            }

            _watched.Remove(first);
            return first;
        }
    }

    /// <summary>Sets the timer for one that has time left.</summary>
    private bool IsSetFor(in Entry entry)
    {
        try
        {
            // Less than none: the clock was put back.
            TimeSpan elapsed = time.GetElapsedTime(entry.Since);
            if (elapsed < TimeSpan.Zero || elapsed >= limit)
            {
                return false;
            }

            TimeSpan left = limit - elapsed;
            return _isSet = _timer!.Change(left < ShortestTimer ? ShortestTimer : left, Timeout.InfiniteTimeSpan);
        }
#pragma warning disable CA1031 // The clock may be anybody's. What nobody can time ends now rather than never.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    internal readonly record struct Entry(T Item, long Since);

    /// <summary>Something that is watched. By default nothing.</summary>
    internal readonly struct Watched(LinkedListNode<Entry>? node)
    {
        /// <summary>Watches it no longer. Under the lock.</summary>
        public void End() => node?.List?.Remove(node);
    }
}
