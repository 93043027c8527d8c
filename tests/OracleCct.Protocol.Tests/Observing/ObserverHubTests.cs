using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.Observing;

/// <summary>Observed through an endpoint: what the hub is told it is told by the library alone.</summary>
public class ObserverHubTests
{
    private const int Capacity = 10_000;

    [Fact]
    public async Task Observers_are_told_of_everything_in_order_each_in_its_turn()
    {
        var first = new RecordingObserver();
        var second = new RecordingObserver();
        await using var hub = new ObserverHub(first, second);
        await AskAsync(hub, 0, 200);

        await hub.FlushAsync().Within("the observations");

        Assert.Equal(Enumerable.Range(0, 200).Select(Name), first.Observations.Select(NameIn));
        Assert.Equal(first.Observations, second.Observations);
        Assert.Equal(0, hub.Dropped);
    }

    [Fact]
    public async Task An_observer_that_throws_keeps_neither_others_nor_itself_from_the_next()
    {
        int calls = 0;
        var other = new RecordingObserver();
        await using var hub = new ObserverHub(
            new DelegateObserver(_ =>
            {
                calls++;
                throw new InvalidOperationException();
            }),
            other);

        await AskAsync(hub, 0, 5);
        await hub.FlushAsync().Within("the observations");

        Assert.Equal((5, 5), (calls, other.Observations.Count));
    }

    [Fact]
    public async Task An_observer_is_never_called_twice_at_once()
    {
        int inside = 0;
        int most = 0;
        var hub = new ObserverHub(new DelegateObserver(observation =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            _ = Interlocked.Decrement(ref inside);
        }));
        CalloutEndpoint endpoint = Endpoint(hub);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            for (int i = 0; i < 100; i++)
            {
                _ = await endpoint.HandleAsync(Requests.Get("?FunctionName=CheckStatus"));
            }
        }))).Within("the callouts");
        await hub.DisposeAsync();

        Assert.Equal(1, most);
    }

    [Fact]
    public async Task While_an_observer_blocks_callouts_are_answered_and_what_is_too_much_is_counted_and_told()
    {
        using var observer = new BlockingObserver();
        await using var hub = new ObserverHub(observer);
        await AskAsync(hub, 0, 1);
        await observer.Entered.Task.Within("the first observation");

        // The first is being told: so many fit besides, and seven do not.
        await AskAsync(hub, 1, Capacity + 7).Within("answers while the observer blocks");
        Assert.Equal(7, hub.Dropped);
        observer.Release();
        await hub.FlushAsync().Within("the observations");

        Assert.Equal(Capacity + 2, observer.Observations.Count);
        ProblemObservation problem = Assert.IsType<ProblemObservation>(observer.Observations.Last());
        Assert.Equal("The observers were too far behind: 7 observations are missing here.", problem.Message);

        await AskAsync(hub, 0, 1);
        await hub.FlushAsync().Within("the next");
        Assert.Equal(Name(0), NameIn(observer.Observations.Last()));
        Assert.Equal(7, hub.Dropped);
    }

    [Fact]
    public async Task A_note_stands_where_observations_are_missing()
    {
        using var observer = new BlockingObserver(stops: 2);
        await using var hub = new ObserverHub(observer);
        await AskAsync(hub, 0, 1);
        await observer.Entered.Task.Within("the first observation");
        await AskAsync(hub, 1, Capacity + 3);

        // The second is being told: there is room for one.
        observer.Release();
        await observer.EnteredAgain.Task.Within("the second observation");
        await AskAsync(hub, 7777, 1);
        observer.Release();
        await hub.FlushAsync().Within("the observations");

        CctObservation[] last = [.. observer.Observations.Skip(Capacity + 1)];
        Assert.Equal(2, last.Length);
        Assert.Equal("The observers were too far behind: 3 observations are missing here.", Assert.IsType<ProblemObservation>(last[0]).Message);
        Assert.Equal(Name(7777), NameIn(last[1]));
    }

    [Fact]
    public async Task Flushing_waits_for_what_was_there_and_not_for_what_comes_later()
    {
        CalloutEndpoint endpoint = null!;
        int told = 0;
        using var end = new CancellationTokenSource();

        // Each observation makes the next: the queue is never empty.
        await using var hub = new ObserverHub(new DelegateObserver(observation =>
        {
            _ = Interlocked.Increment(ref told);
            if (!end.IsCancellationRequested)
            {
                _ = endpoint.HandleAsync(Requests.Get("?FunctionName=CheckStatus")).AsTask();
            }
        }));
        endpoint = Endpoint(hub);
        await AskAsync(hub, 0, 1);

        await hub.FlushAsync().Within("a flush under load");
        await hub.FlushAsync().Within("another");

        Assert.NotEqual(0, Volatile.Read(ref told));
        end.Cancel();
    }

    [Fact]
    public async Task A_flush_can_be_given_up()
    {
        using var observer = new BlockingObserver();
        await using var hub = new ObserverHub(observer);
        await AskAsync(hub, 0, 1);
        using var cancel = new CancellationTokenSource();

        Task flush = hub.FlushAsync(cancel.Token);
        Assert.False(flush.IsCompleted);
        cancel.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => flush.Within("the end of the flush"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hub.FlushAsync(cancel.Token));
        observer.Release();
    }

    [Fact]
    public async Task A_flush_at_whatever_moment_ends()
    {
        var observer = new RecordingObserver();
        await using var hub = new ObserverHub(observer);
        for (int i = 0; i < 5000; i++)
        {
            await AskAsync(hub, i, 1);
            Thread.SpinWait(i % 200);
            await hub.FlushAsync().Within("a flush");
            Assert.Equal(i + 1, observer.Observations.Count);
        }
    }

    [Fact]
    public async Task Nothing_to_tell_is_flushed_at_once()
    {
        await using var hub = new ObserverHub(new RecordingObserver());

        Assert.True(hub.FlushAsync().IsCompleted);
    }

    [Fact]
    public async Task Disposal_tells_what_there_is_and_takes_no_more()
    {
        var observer = new RecordingObserver();
        var hub = new ObserverHub(observer);
        await AskAsync(hub, 0, 1000);

        await hub.DisposeAsync().AsTask().Within("the disposal");
        Assert.Equal(1000, observer.Observations.Count);

        await AskAsync(hub, 0, 2);
        hub.Dispose();
        await hub.FlushAsync();
        Assert.Equal((1000, 2L), (observer.Observations.Count, hub.Dropped));
    }

    [Fact]
    public async Task Disposal_does_not_wait_for_ever_for_an_observer_that_is_stuck_and_calls_none_later()
    {
        using var stuck = new BlockingObserver();
        var other = new RecordingObserver();
        var time = new ManualTime();
        var hub = new ObserverHub([stuck, other], time);
        await AskAsync(hub, 0, 10);
        await stuck.Entered.Task.Within("the first observation");
        Task flush = hub.FlushAsync();

        Task disposing = hub.DisposeAsync().AsTask();
        time.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        Assert.False(disposing.IsCompleted);
        time.Advance(TimeSpan.FromTicks(1));
        await disposing.Within("the disposal");

        Assert.Equal(9, hub.Dropped);
        await flush.Within("a flush that waits for what is not told");
        stuck.Release();
        await hub.DisposeAsync();
        Assert.Single(stuck.Observations);
        Assert.Empty(other.Observations);
    }

    [Fact]
    public async Task An_observer_may_use_what_it_observes()
    {
        CalloutEndpoint endpoint = null!;
        var seen = new RecordingObserver();
        await using var hub = new ObserverHub(
            new DelegateObserver(observation =>
            {
                if (NameIn(observation) == "again")
                {
                    _ = endpoint.HandleAsync(Requests.Get("?FunctionName=once")).AsTask().GetAwaiter().GetResult();
                }
            }),
            seen);
        endpoint = Endpoint(hub);

        _ = await endpoint.HandleAsync(Requests.Get("?FunctionName=again"));
        await hub.FlushAsync().Within("the first");
        await hub.FlushAsync().Within("the second");

        Assert.Equal(["again", "once"], seen.Observations.Select(NameIn));
    }

    [Fact]
    public void Mistakes_of_the_programmer_are_exceptions()
    {
        Assert.Throws<ArgumentNullException>(() => new ObserverHub(null!));
        Assert.Throws<ArgumentNullException>(() => new ObserverHub(new RecordingObserver(), null!));
    }

    private static CalloutEndpoint Endpoint(ObserverHub hub) => new(new CalloutDispatcher(new(), new InMemoryAgentRegistry()), null, hub);

    /// <summary>So many requests, each with a name of its own.</summary>
    private static async Task AskAsync(ObserverHub hub, int from, int count)
    {
        CalloutEndpoint endpoint = Endpoint(hub);
        for (int i = from; i < from + count; i++)
        {
            _ = await endpoint.HandleAsync(Requests.Get($"?FunctionName={Name(i)}"));
        }
    }

    private static string Name(int number) => $"number-{number}";

    private static string? NameIn(CctObservation observation) => (observation as CalloutObservation)?.FunctionName;

    private sealed class DelegateObserver(Action<CctObservation> observe) : ICctObserver
    {
        public void Observe(CctObservation observation) => observe(observation);
    }

    /// <summary>Is stuck in its first observations until it is released.</summary>
    private sealed class BlockingObserver(int stops = 1) : ICctObserver, IDisposable
    {
        private readonly SemaphoreSlim _released = new(0);
        private int _calls;

        public List<CctObservation> Observations { get; } = [];

        public TaskCompletionSource<bool> Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<bool> EnteredAgain { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => _released.Release();

        public void Observe(CctObservation observation)
        {
            int call = ++_calls;
            Observations.Add(observation);
            _ = (call == 1 ? Entered : EnteredAgain).TrySetResult(true);
            if (call <= stops)
            {
                _ = _released.Wait(Deadline.Limit);
            }
        }

        public void Dispose() => _released.Dispose();
    }
}
