using System;
using System.Threading;

namespace OracleCct.Protocol;

/// <summary>Watches many things that may all take equally long, by one timer: one for each would cost more than all else that is done for a callout.</summary>
/// <remarks>Whoever watches has a lock of its own for what is watched, and holds it whenever it begins or ends to watch something: a second lock for each callout is felt where two processors share the work.</remarks>
/// <param name="gate">The lock.</param>
/// <param name="time">The clock.</param>
/// <param name="limit">How long each may take.</param>
/// <param name="onDeadline">What happens to one that takes longer, on the timer's thread and without the lock. What it throws is dropped.</param>
internal sealed class Deadlines<T>(object gate, TimeProvider time, TimeSpan limit, Action<T> onDeadline)
    where T : class, IWatched
{
    // Timers count in milliseconds, and some end a little early.
    private static readonly TimeSpan ShortestTimer = TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// A ring, in the order of the beginnings, as good as, and so of the deadlines. Its length is a power of two. Whatever has ended leaves its place empty: in a linked list it would write to its neighbours,
    /// which another processor may be working on.
    /// </summary>
    private T?[] _ring = new T?[64];

    /// <summary>The place of the first that is watched. Places are counted on and on.</summary>
    private long _first;

    /// <summary>The place of the next one to come.</summary>
    private long _next;

    private int _count;
    private ITimer? _timer;
    private bool _isSet;

    /// <summary>Gets how many are watched. Under the lock.</summary>
    public int Count => _count;

    /// <summary>Gets how many the ring has room for. Under the lock.</summary>
    public int Places => _ring.Length;

    /// <summary>Watches something until <see cref="End"/>. Under the lock. When it throws, as the clock may, nothing is watched.</summary>
    public void Begin(T item)
    {
        if (!_isSet)
        {
            _timer ??= NewTimer();
            _isSet = _timer.Change(limit, Timeout.InfiniteTimeSpan);
        }

        if (_next - _first == _ring.Length)
        {
            MakeRoom();
        }

        Add(item);
        _count++;
    }

    /// <summary>Watches it no longer, if it did. Under the lock.</summary>
    public void End(T item)
    {
        ref T? place = ref At(item.Place);
        if (place != item)
        {
            return;
        }

        place = null;
        _count--;
        while (_first < _next && At(_first) is null)
        {
            _first++;
        }
    }

    private ref T? At(long place) => ref _ring[place & (_ring.Length - 1)];

    private void Add(T item)
    {
        item.Place = _next;
        At(_next) = item;
        _next++;
    }

    /// <summary>Closes the gaps, in a longer ring if there are few.</summary>
    private void MakeRoom()
    {
        T?[] former = _ring;
        long end = _next;
        _ring = new T?[_count > former.Length / 2 ? former.Length * 2 : former.Length];
        _next = _first;
        for (long place = _first; place < end; place++)
        {
            if (former[place & (former.Length - 1)] is { } item)
            {
                Add(item);
            }
        }
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
                onDeadline(late);
            }
#pragma warning disable CA1031 // One that fails must not keep the others from their ends.
            catch (Exception)
#pragma warning restore CA1031
            {
            }
        }
    }

    private T? TakeLate()
    {
        lock (gate)
        {
            _isSet = false;
            if (At(_first) is not { } first || IsSetFor(first))
            {
                return null;
            }

            End(first);
            return first;
        }
    }

    /// <summary>Sets the timer for one that has time left.</summary>
    private bool IsSetFor(T item)
    {
        try
        {
            // Less than none: the clock was put back.
            TimeSpan elapsed = time.GetElapsedTime(item.Since);
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
}

/// <summary>What <see cref="Deadlines{T}"/> can watch.</summary>
internal interface IWatched
{
    /// <summary>When it began, as a timestamp of the clock.</summary>
    long Since { get; }

    /// <summary>Where it is kept.</summary>
    long Place { get; set; }
}
