using System;
using System.Collections.Generic;
using System.Threading;

namespace OracleCct.Protocol;

/// <summary>Watches many things that may all take equally long, by one timer: one for each would cost more than all else that is done for a callout.</summary>
/// <param name="time">The clock.</param>
/// <param name="limit">How long each may take.</param>
/// <param name="onDeadline">What happens to one that takes longer. It runs on the timer's thread, and does not throw.</param>
internal sealed class Deadlines<T>(TimeProvider time, TimeSpan limit, Action<T> onDeadline)
{
    // Timers count in milliseconds, and some end a little early.
    private static readonly TimeSpan ShortestTimer = TimeSpan.FromMilliseconds(1);

    private readonly object _gate = new();

    /// <summary>In the order of their beginnings, and so of their deadlines.</summary>
    private readonly LinkedList<Entry> _watched = new();

    private ITimer? _timer;
    private bool _isSet;

    /// <summary>Watches something until what is returned is disposed.</summary>
    /// <param name="item">What is watched.</param>
    /// <param name="since">When it began, as a timestamp of the clock.</param>
    public Watched Begin(T item, long since)
    {
        lock (_gate)
        {
            if (!_isSet)
            {
                _timer ??= time.CreateTimer(static deadlines => ((Deadlines<T>)deadlines!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _isSet = _timer.Change(limit, Timeout.InfiniteTimeSpan);
            }

            return new(this, _watched.AddLast(new Entry(item, since)));
        }
    }

    private void OnTimer()
    {
        while (TakeLate() is { } late)
        {
            onDeadline(late.Value.Item);
        }
    }

    private LinkedListNode<Entry>? TakeLate()
    {
        lock (_gate)
        {
            _isSet = false;
            if (_watched.First is not { } first)
            {
                return null;
            }

            TimeSpan left = Left(first.Value);
            if (left > TimeSpan.Zero)
            {
                _isSet = _timer!.Change(left < ShortestTimer ? ShortestTimer : left, Timeout.InfiniteTimeSpan);
                return null;
            }

            _watched.Remove(first);
            return first;
        }
    }

    private TimeSpan Left(in Entry entry)
    {
        try
        {
            return limit - time.GetElapsedTime(entry.Since);
        }
#pragma warning disable CA1031 // The clock may be anybody's. What nobody can time ends now rather than never.
        catch (Exception)
#pragma warning restore CA1031
        {
            return TimeSpan.Zero;
        }
    }

    private void End(LinkedListNode<Entry> node)
    {
        lock (_gate)
        {
            node.List?.Remove(node);
        }
    }

    internal readonly record struct Entry(T Item, long Since);

    internal readonly struct Watched(Deadlines<T> deadlines, LinkedListNode<Entry> node) : IDisposable
    {
        public void Dispose() => deadlines.End(node);
    }
}
