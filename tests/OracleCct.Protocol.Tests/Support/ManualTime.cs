using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol.Tests.Support;

/// <summary>A clock that stands until it is moved.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly object _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(int Count, TaskCompletionSource<bool> Reached)> _waiting = [];
    private DateTimeOffset _now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers are set: none, when nobody waits any more.</summary>
    public int TimerCount
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count;
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        _ = timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock, and runs each timer at its moment.</summary>
    public void Advance(TimeSpan by)
    {
        DateTimeOffset target = GetUtcNow() + by;
        while (Due(target) is { } timer)
        {
            timer.Run();
        }

        lock (_gate)
        {
            _now = target;
        }
    }

    /// <summary>Completes when that many timers run: what is being waited for has begun to wait.</summary>
    public Task TimersAsync(int count)
    {
        lock (_gate)
        {
            if (_timers.Count == count)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((count, reached));
            return reached.Task.Within($"{count} timers");
        }
    }

    private ManualTimer? Due(DateTimeOffset target)
    {
        lock (_gate)
        {
            ManualTimer? first = _timers.Where(timer => timer.DueAt <= target).OrderBy(timer => timer.DueAt).FirstOrDefault();
            if (first is not null)
            {
                _now = first.DueAt > _now ? first.DueAt : _now;
                Set(first, first.Period < TimeSpan.Zero ? null : _now + first.Period);
            }

            return first;
        }
    }

    private void Set(ManualTimer timer, DateTimeOffset? dueAt)
    {
        lock (_gate)
        {
            _ = _timers.Remove(timer);
            if (dueAt is { } moment)
            {
                timer.DueAt = moment;
                _timers.Add(timer);
            }

            foreach ((int _, TaskCompletionSource<bool> reached) in _waiting.Where(waiting => waiting.Count == _timers.Count))
            {
                _ = reached.TrySetResult(true);
            }
        }
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset DueAt { get; set; }

        public TimeSpan Period { get; private set; }

        public void Run() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Period = period > TimeSpan.Zero ? period : Timeout.InfiniteTimeSpan;
            time.Set(this, dueTime < TimeSpan.Zero ? null : time.GetUtcNow() + dueTime);
            return true;
        }

        public void Dispose() => time.Set(this, null);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
