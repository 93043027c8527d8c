using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.Hosting;

public class CalloutQueueTests
{
    private const string CheckStatus = "?FunctionName=CheckStatus";

    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OneTick = TimeSpan.FromTicks(1);

    [Fact]
    public async Task Callouts_of_one_agent_run_one_after_another_in_order_of_arrival()
    {
        var bench = new Bench();
        Task<string>[] answers = [.. Enumerable.Range(0, 5).Select(i => bench.Ask(Ready("1", i)))];

        for (int i = 0; i < 5; i++)
        {
            Handling handling = await bench.Next();
            Assert.Equal($"{i}", handling.Mark);
            bench.AssertNothingStarted();
            handling.End();
            Assert.Equal("", await answers[i].Within("the answer"));
        }
    }

    [Fact]
    public async Task Under_many_callers_order_holds_for_each_agent_and_the_bound_for_all()
    {
        const int Agents = 20;
        const int Callouts = 50;
        const int Bound = 4;
        int running = 0;
        int most = 0;
        int[] runningOf = new int[Agents];
        int overtaken = 0;
        var seen = new ConcurrentDictionary<string, ConcurrentQueue<string>>();
        CalloutEndpoint endpoint = Endpoint(
            async (callout, token) =>
            {
                string agent = ((ReadyCallout)callout).AgentId;
                int number = int.Parse(agent, System.Globalization.CultureInfo.InvariantCulture);
                int now = Interlocked.Increment(ref running);
                InterlockedMax(ref most, now);
                overtaken += Interlocked.Increment(ref runningOf[number]) > 1 ? 1 : 0;
                seen.GetOrAdd(agent, _ => new()).Enqueue(callout.ExtraFields.Find("mark")!);
                if (number % 2 == 0)
                {
                    await Task.Yield();
                }

                _ = Interlocked.Decrement(ref runningOf[number]);
                _ = Interlocked.Decrement(ref running);
                return CalloutReply.Success;
            },
            new() { MaxConcurrentCallouts = Bound, Deadline = TimeSpan.FromHours(1) });

        // Each agent's callouts come from a thread of its own, all at once.
        IEnumerable<Task<string>>[] answers = await Task.WhenAll(Enumerable.Range(0, Agents).Select(agent => Task.Run(() =>
            (IEnumerable<Task<string>>)[.. Enumerable.Range(0, Callouts).Select(i => Answer(endpoint, Ready($"{agent}", i)))])));
        string[] all = await Task.WhenAll(answers.SelectMany(tasks => tasks)).Within("all answers");

        Assert.All(all, answer => Assert.Equal("", answer));
        Assert.Equal(Agents, seen.Count);
        Assert.All(seen.Values, marks => Assert.Equal(Enumerable.Range(0, Callouts).Select(i => $"{i}"), marks));
        Assert.Equal(0, overtaken);
        Assert.InRange(most, 1, Bound);
        AssertEmpty(endpoint);
    }

    [Fact]
    public async Task Agents_and_callouts_without_agent_run_side_by_side()
    {
        var bench = new Bench();
        string[] queries = [Ready("1", 0), Ready("2", 0), CheckStatus, CheckStatus, "?FunctionName=Hold&telesetNumber=70002"];
        Task<string>[] answers = [.. queries.Select(bench.Ask)];

        Handling[] handlings = [await bench.Next(), await bench.Next(), await bench.Next(), await bench.Next(), await bench.Next()];

        Array.ForEach(handlings, handling => handling.End());
        Assert.All(await Task.WhenAll(answers).Within("the answers"), answer => Assert.Equal("", answer));
    }

    [Fact]
    public async Task An_unknown_callout_that_names_an_agent_stands_in_that_agents_line()
    {
        var bench = new Bench();
        Task<string> first = bench.Ask(Ready("1", 0));
        Task<string> second = bench.Ask("?FunctionName=Hold&TELESETNUMBER=70002&agentid=1&mark=1");

        Handling handling = await bench.Next();
        Assert.Equal("0", handling.Mark);
        bench.AssertNothingStarted();
        handling.End();
        handling = await bench.Next();
        Assert.Equal("1", handling.Mark);
        handling.End();
        _ = await Task.WhenAll(first, second).Within("the answers");
    }

    [Fact]
    public async Task No_more_run_than_may_and_slots_go_to_who_has_waited_longest()
    {
        var bench = new Bench(new() { MaxConcurrentCallouts = 2 });
        string[] queries = [Ready("1", 0), Ready("2", 1), Ready("3", 2), Ready("3", 3), CheckStatus + "&mark=4", Ready("1", 5)];
        Task<string>[] answers = [.. queries.Select(bench.Ask)];
        var running = new Queue<Handling>([.. new[] { await bench.Next(), await bench.Next() }.OrderBy(handling => handling.Mark, StringComparer.Ordinal)]);
        Assert.Equal(["0", "1"], running.Select(handling => handling.Mark));

        // Agent 1's second is first in its line as soon as the first has ended: behind those who were so before.
        foreach (string expected in new[] { "2", "4", "5", "3" })
        {
            bench.AssertNothingStarted();
            running.Dequeue().End();
            Handling next = await bench.Next();
            Assert.Equal(expected, next.Mark);
            running.Enqueue(next);
        }

        Array.ForEach([.. running], handling => handling.End());
        Assert.All(await Task.WhenAll(answers).Within("the answers"), answer => Assert.Equal("", answer));
        AssertEmpty(bench.Endpoint);
    }

    [Fact]
    public async Task A_handler_that_blocks_its_thread_does_not_block_the_caller()
    {
        using var release = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        var time = new ManualTime();
        CalloutEndpoint endpoint = Endpoint(
            (_, _) =>
            {
                begun.Set();
                Assert.True(release.Wait(Deadline.Limit, CancellationToken.None));
                return new(CalloutReply.Success);
            },
            time: time);

        Task<string> answer = Answer(endpoint, CheckStatus);
        Assert.True(begun.Wait(Deadline.Limit), "No handler has begun.");
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("The softphone did not finish CheckStatus within 10 seconds.", await answer.Within("the deadline's reply"));
        release.Set();
    }

#if NET
    /// <remarks>Mono's pool lets work that goes on and on starve all other, whoever asks for it.</remarks>
    [Fact]
    public async Task A_caller_that_blocks_its_thread_is_answered_also_when_the_pool_has_other_work()
    {
        CalloutEndpoint endpoint = Endpoint((_, _) => new(CalloutReply.Success), new() { Deadline = TimeSpan.FromSeconds(25) });
        var ended = new CancellationTokenSource();
        for (int i = 0; i < 64; i++)
        {
            ThreadPool.QueueUserWorkItem(Work);
        }

        try
        {
            // On a thread of the pool, whose own queue nobody looks into while there is other work.
            string answer = await Task.Run(() =>
            {
                Task<string> answer = Answer(endpoint, CheckStatus);
                Assert.True(SpinWait.SpinUntil(() => answer.IsCompleted, Deadline.Limit), "Not answered.");
                return answer;
            }).Within("the answer");
            Assert.Equal("", answer);
        }
        finally
        {
            ended.Cancel();
        }

        void Work(object? state)
        {
            if (!ended.IsCancellationRequested)
            {
                Thread.SpinWait(5000);
                ThreadPool.QueueUserWorkItem(Work);
            }
        }
    }
#endif

    [Fact]
    public async Task At_the_deadline_the_caller_is_told_and_the_handlers_token_is_cancelled()
    {
        var bench = new Bench(new() { Deadline = TimeSpan.FromSeconds(1.5) });
        Task<string> answer = bench.Ask(Ready("1", 0));
        Handling handling = await bench.Next();

        bench.Time.Advance(TimeSpan.FromSeconds(1.5) - OneTick);
        Assert.False(answer.IsCompleted);
        Assert.False(handling.Token.IsCancellationRequested);
        bench.Time.Advance(OneTick);

        Assert.Equal("The softphone did not finish Ready within 1.5 seconds.", await answer.Within("the answer"));
        await handling.Cancelled.Within("the handler's token to be cancelled");
        handling.End();
        Assert.Equal(CalloutOutcome.TimedOut, (await bench.Observations(2)).OfType<CalloutObservation>().Single().Outcome);
    }

    [Fact]
    public async Task While_a_handler_that_heeds_no_token_runs_no_other_of_its_agent_does()
    {
        var bench = new Bench();
        Task<string> first = bench.Ask(Ready("1", 0));
        Handling handling = await bench.Next();
        bench.Time.Advance(OneSecond);
        Task<string> second = bench.Ask(Ready("1", 1));
        bench.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal("The softphone did not finish Ready within 10 seconds.", await first.Within("the first answer"));
        Task<string> other = bench.Ask(Ready("2", 2));
        Handling others = await bench.Next();
        Assert.Equal("2", others.Mark);
        others.End();
        _ = await other.Within("the other agent's answer");
        Assert.False(second.IsCompleted);

        bench.Time.Advance(OneSecond);
        Assert.Equal("Ready was not carried out: an earlier callout of the agent has not ended.", await second.Within("the second answer"));
        Task<string> third = bench.Ask(Ready("1", 3));
        bench.AssertNothingStarted();
        handling.End();
        handling = await bench.Next();

        Assert.Equal("3", handling.Mark);
        handling.End();
        Assert.Equal("", await third.Within("the third answer"));
        Assert.Equal(
            [CalloutOutcome.TimedOut, CalloutOutcome.Success, CalloutOutcome.TimedOut, CalloutOutcome.Success],
            (await bench.Observations(5)).OfType<CalloutObservation>().Select(observation => observation.Outcome));
        AssertEmpty(bench.Endpoint);
    }

    [Fact]
    public async Task The_wait_for_ones_turn_counts_towards_the_deadline()
    {
        var bench = new Bench(new() { MaxConcurrentCallouts = 1 });
        Task<string> first = bench.Ask(Ready("1", 0));
        Handling handling = await bench.Next();
        bench.Time.Advance(OneSecond);
        Task<string> second = bench.Ask(Ready("1", 1));
        bench.Time.Advance(TimeSpan.FromSeconds(8));
        handling.End();
        _ = await first.Within("the first answer");
        _ = await bench.Next();

        bench.Time.Advance(TimeSpan.FromSeconds(2) - OneTick);
        Assert.False(second.IsCompleted);
        bench.Time.Advance(OneTick);

        Assert.Equal("The softphone did not finish Ready within 10 seconds.", await second.Within("the second answer"));
    }

    [Fact]
    public async Task Who_gets_no_slot_by_the_deadline_is_told_and_never_runs()
    {
        var bench = new Bench(new() { MaxConcurrentCallouts = 1 });
        Task<string> first = bench.Ask(Ready("1", 0));
        Handling handling = await bench.Next();
        Task<string>[] late = [bench.Ask(CheckStatus), bench.Ask(Ready("2", 1)), bench.Ask(Ready("2", 2))];
        bench.Time.Advance(TimeSpan.FromSeconds(10));

        string[] answers = await Task.WhenAll(late).Within("the answers");
        Task<string> next = bench.Ask(Ready("3", 3));
        handling.End();

        Assert.Equal("CheckStatus was not carried out: the softphone was too busy to start it within 10 seconds.", answers[0]);
        Assert.Equal("Ready was not carried out: the softphone was too busy to start it within 10 seconds.", answers[1]);
        Handling started = await bench.Next();
        Assert.Equal("3", started.Mark);
        started.End();
        _ = await Task.WhenAll(first, next).Within("the answers");
        AssertEmpty(bench.Endpoint);
    }

    [Fact]
    public async Task Who_has_got_a_slot_but_no_thread_by_the_deadline_is_told_and_never_runs()
    {
        var time = new HastyTime();
        string? reached = null;
        CalloutEndpoint endpoint = Endpoint(
            (callout, _) =>
            {
                reached += callout.ExtraFields.Find("mark");
                return new(CalloutReply.Success);
            },
            new() { MaxConcurrentCallouts = 1 },
            time: time);

        string late = await Answer(endpoint, Ready("1", 0)).Within("the answer");
        time.IsHasty = false;
        string next = await Answer(endpoint, Ready("1", 1)).Within("the next answer");

        Assert.Equal(("Ready was not carried out: the softphone was too busy to start it within 10 seconds.", ""), (late, next));
        Assert.Equal("1", reached);
        AssertEmpty(endpoint);
    }

    [Fact]
    public async Task A_dial_that_never_ran_is_forgotten_like_another()
    {
        var bench = new Bench();
        Task<string> first = bench.Ask(Ready("1", 0));
        Handling handling = await bench.Next();
        Task<string> late = bench.Ask(MakeCall("1", "1"));
        bench.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("MakeCall was not carried out: an earlier callout of the agent has not ended.", await late.Within("the answer"));
        handling.End();
        _ = await first.Within("the first answer");

        bench.Time.Advance(TimeSpan.FromSeconds(2) + OneTick);
        Task<string> again = bench.Ask(MakeCall("1", "1"));
        (await bench.Next()).End();

        Assert.Equal("", await again.Within("the second dial"));
    }

    [Fact]
    public async Task What_an_abandoned_handler_says_or_throws_at_last_is_told_to_the_observers()
    {
        var bench = new Bench();
        Task<string> answer = bench.Ask(Ready("1", 0));
        Handling handling = await bench.Next();
        bench.Time.Advance(TimeSpan.FromSeconds(10));
        _ = await answer.Within("the answer");
        bench.Time.Advance(OneSecond);
        var failure = new InvalidOperationException();
        handling.Throw(failure);

        ProblemObservation problem = Assert.Single((await bench.Observations(2)).OfType<ProblemObservation>());

        Assert.Equal(
            "Ready of agent 1 at 70002 ended after its deadline, with the outcome Failed. EBS had been told that it did not finish.", problem.Message);
        Assert.Equal((failure, TimeSpan.FromSeconds(11)), (problem.Exception, problem.Duration));
    }

    [Fact]
    public async Task What_a_handler_ties_to_its_token_may_throw()
    {
        var bench = new Bench();
        Task<string> answer = bench.Ask(Ready("1", 0));
        Handling handling = await bench.Next();
        using CancellationTokenRegistration registration = handling.Token.Register(() => throw new InvalidOperationException());

        bench.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.StartsWith("The softphone did not finish", await answer.Within("the answer"), StringComparison.Ordinal);
        Assert.Single((await bench.Observations(2)).OfType<ProblemObservation>());
        handling.End();
    }

    [Theory]
    [InlineData("MakeCall", "&dialString=4155550100")]
    [InlineData("DialCanonical", "&dialString=%2B14155550100&KeyCustomerId=7")]
    public async Task A_dial_that_comes_again_while_the_first_waits_or_runs_joins_it(string function, string rest)
    {
        var bench = new Bench(new() { RepeatWindow = TimeSpan.Zero });
        Task<string> busy = bench.Ask(Ready("1", 0));
        Handling handling = await bench.Next();
        string dial = $"?FunctionName={function}&telesetNumber=70002&agentID=1{rest}";
        Task<string> first = bench.Ask(dial);
        Task<string> whileWaiting = bench.Ask(dial);
        handling.End();
        _ = await busy.Within("the answer of the one before");
        handling = await bench.Next();
        Task<string> whileRunning = bench.Ask(dial);
        bench.AssertNothingStarted();
        Assert.False(whileWaiting.IsCompleted);

        handling.End(CalloutReply.Error("engaged"));

        Assert.Equal(["engaged", "engaged", "engaged"], await Task.WhenAll(first, whileWaiting, whileRunning).Within("the answers"));
        CalloutObservation[] observations = [.. (await bench.Observations(4)).OfType<CalloutObservation>()];
        Assert.Equal(2, observations.Count(observation => observation.Joined));
        Assert.Equal(3, observations.Count(observation => observation.Outcome == CalloutOutcome.Error));
        AssertEmpty(bench.Endpoint);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("engaged")]
    public async Task A_dial_that_comes_again_within_the_window_gets_the_first_ones_reply(string? error)
    {
        var bench = new Bench();
        Task<string> first = bench.Ask(MakeCall("1", "5550100"));
        Handling handling = await bench.Next();
        bench.Time.Advance(TimeSpan.FromSeconds(5));
        handling.End(error is null ? CalloutReply.Success : CalloutReply.Error(error));
        Assert.Equal(error ?? "", await first.Within("the first answer"));

        // From the end of the first, whenever that began.
        bench.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(error ?? "", await bench.Ask(MakeCall("1", "5550100")).Within("the repeated answer"));
        bench.AssertNothingStarted();
        Assert.Equal(0, bench.Counts.Waiting);
        bench.Time.Advance(OneTick);
        Task<string> again = bench.Ask(MakeCall("1", "5550100"));
        (await bench.Next()).End();

        Assert.Equal("", await again.Within("the answer of the new dial"));
        Assert.Equal([false, true, false], (await bench.Observations(3)).OfType<CalloutObservation>().Select(observation => observation.Joined));
    }

    [Fact]
    public async Task A_repetition_does_not_prolong_the_window()
    {
        var bench = new Bench();
        Task<string> first = bench.Ask(MakeCall("1", "1"));
        (await bench.Next()).End();
        _ = await first.Within("the first answer");
        bench.Time.Advance(TimeSpan.FromSeconds(1.5));
        _ = await bench.Ask(MakeCall("1", "1")).Within("the repeated answer");
        bench.Time.Advance(TimeSpan.FromSeconds(1.5));

        Task<string> again = bench.Ask(MakeCall("1", "1"));

        (await bench.Next()).End();
        _ = await again.Within("the answer of the new dial");
    }

    [Theory]
    [InlineData("?FunctionName=MakeCall&telesetNumber=70002&agentID=1&dialString=2")]
    [InlineData("?FunctionName=MakeCall&telesetNumber=70002&agentID=2&dialString=1")]
    [InlineData("?FunctionName=MakeCall&telesetNumber=70003&agentID=1&dialString=1")]
    [InlineData("?FunctionName=MakeCall&telesetNumber=70002&agentID=1&dialString=1&x=")]
    [InlineData("?FunctionName=DialCanonical&telesetNumber=70002&agentID=1&dialString=1")]
    public async Task Another_dial_is_no_repetition(string other)
    {
        var bench = new Bench();
        Task<string> first = bench.Ask(MakeCall("1", "1"));
        (await bench.Next()).End();
        _ = await first.Within("the first answer");

        Task<string> second = bench.Ask(other);

        (await bench.Next()).End();
        Assert.Equal("", await second.Within("the second answer"));
    }

    [Fact]
    public async Task Only_dials_are_joined()
    {
        var bench = new Bench();
        for (int i = 0; i < 2; i++)
        {
            Task<string> answer = bench.Ask(Ready("1", 0));
            (await bench.Next()).End();
            _ = await answer.Within("the answer");
        }
    }

    [Fact]
    public async Task A_dial_that_timed_out_is_not_made_again_while_it_may_still_be_under_way()
    {
        var bench = new Bench();
        Task<string> first = bench.Ask(MakeCall("1", "1"));
        Handling handling = await bench.Next();
        bench.Time.Advance(TimeSpan.FromSeconds(10));
        string told = await first.Within("the first answer");

        bench.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(told, await bench.Ask(MakeCall("1", "1")).Within("the answer while it runs"));
        handling.End();
        _ = await bench.Observations(3);
        bench.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(told, await bench.Ask(MakeCall("1", "1")).Within("the answer within the window"));
        bench.AssertNothingStarted();
    }

    [Fact]
    public async Task No_more_than_a_thousand_dials_are_remembered()
    {
        var bench = new Bench();
        for (int i = 0; i < 1100; i++)
        {
            Task<string> answer = bench.Ask(MakeCall("1", $"{i}"));
            (await bench.Next()).End();
            _ = await answer.Within("the answer");
        }

        Assert.Equal((1000, 1000), (bench.Counts.Dials, bench.Counts.EndedDials));
        bench.Time.Advance(TimeSpan.FromSeconds(3));
        Task<string> last = bench.Ask(CheckStatus);
        (await bench.Next()).End();
        _ = await last.Within("the last answer");
        AssertEmpty(bench.Endpoint);
    }

    [Fact]
    public async Task Beyond_those_who_may_wait_there_is_an_error_at_once()
    {
        var bench = new Bench(new() { MaxWaitingCallouts = 2 });
        Task<string> first = bench.Ask(MakeCall("1", "1"));
        Handling handling = await bench.Next();
        Task<string> waiting = bench.Ask(Ready("1", 1));
        Task<string> joining = bench.Ask(MakeCall("1", "1"));

        Assert.Equal("Ready was not carried out: too many callouts are waiting.", await bench.Ask(Ready("1", 2)).Within("the answer"));
        Assert.Equal("MakeCall was not carried out: too many callouts are waiting.", await bench.Ask(MakeCall("1", "1")).Within("the answer"));
        Task<string> other = bench.Ask(Ready("2", 3));
        (await bench.Next()).End();
        Assert.Equal("", await other.Within("the answer to one that need not wait"));
        handling.End();
        (await bench.Next()).End();
        Assert.Equal(["", "", ""], await Task.WhenAll(first, waiting, joining).Within("the answers"));

        Assert.Equal(2, (await bench.Observations(6)).OfType<CalloutObservation>().Count(observation => observation.Outcome == CalloutOutcome.Busy));
        bench.Time.Advance(TimeSpan.FromSeconds(3));
        Task<string> last = bench.Ask(Ready("1", 4));
        (await bench.Next()).End();
        _ = await last.Within("the last answer");
        AssertEmpty(bench.Endpoint);
    }

    [Fact]
    public async Task When_the_host_stops_those_who_wait_are_not_started_and_a_handler_may_still_answer()
    {
        var bench = new Bench();
        using var stopping = new CancellationTokenSource();
        Task<string> running = bench.Ask(MakeCall("1", "1"), stopping.Token);
        Handling handling = await bench.Next();
        Task<string> waiting = bench.Ask(Ready("1", 1), stopping.Token);
        Task<string> joining = bench.Ask(MakeCall("1", "1"), stopping.Token);

        stopping.Cancel();

        Assert.Equal("Ready was not carried out: the softphone is shutting down.", await waiting.Within("the answer of who waits"));
        Assert.Equal("Ready was not carried out: the softphone is shutting down.", await bench.Ask(Ready("2", 2), stopping.Token).Within("a late answer"));
        Assert.Equal("MakeCall was not carried out: the softphone is shutting down.", await bench.Ask(MakeCall("1", "2"), stopping.Token).Within("another"));
        Assert.Equal((1, 1), (bench.Counts.Waiting, bench.Counts.Dials));
        await handling.Cancelled.Within("the handler's token to be cancelled");
        Assert.False(running.IsCompleted);
        handling.End(CalloutReply.Error("hung up"));
        Assert.Equal(["hung up", "hung up"], await Task.WhenAll(running, joining).Within("the answers"));
        bench.AssertNothingStarted();
        Assert.Equal((0, 0), (bench.Counts.Lanes, bench.Time.TimerCount));
    }

    [Fact]
    public async Task A_handler_that_throws_gives_its_place_to_the_next()
    {
        var bench = new Bench();
        Task<string> first = bench.Ask(Ready("1", 0));
        Task<string> second = bench.Ask(Ready("1", 1));
        (await bench.Next()).Throw(new InvalidOperationException("s3cret"));

        Assert.Equal("The softphone could not carry out the callout.", await first.Within("the first answer"));
        (await bench.Next()).End();
        Assert.Equal("", await second.Within("the second answer"));
    }

    [Fact]
    public async Task A_handler_runs_in_the_execution_context_of_its_own_caller()
    {
        var local = new AsyncLocal<string>();
        var seen = new ConcurrentQueue<string?>();
        var release = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        CalloutEndpoint endpoint = Endpoint(
            async (_, _) =>
            {
                seen.Enqueue(local.Value);
                _ = await release.Task;
                return CalloutReply.Success;
            });

        local.Value = "first";
        Task<string> first = Answer(endpoint, Ready("1", 0));
        local.Value = "second";
        Task<string> second = Answer(endpoint, Ready("1", 1));
        local.Value = "third";
        _ = release.TrySetResult(true);
        _ = await Task.WhenAll(first, second).Within("the answers");

        Assert.Equal(["first", "second"], seen);
    }

    [Fact]
    public async Task A_repeated_dial_that_finds_neither_room_nor_time_is_answered_once()
    {
        var bench = new Bench(new() { MaxWaitingCallouts = 0 });
        Task<string> first = bench.Ask(MakeCall("1", "1"));
        Handling handling = await bench.Next();
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();

        Assert.Equal("MakeCall was not carried out: the softphone is shutting down.", await bench.Ask(MakeCall("1", "1"), stopped.Token).Within("the answer"));

        handling.End();
        Assert.Equal("", await first.Within("the first answer"));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-60 * 24)]
    public async Task A_clock_that_is_put_back_costs_no_answer(int hours)
    {
        var time = new OddTime();
        CalloutEndpoint endpoint = Endpoint(
            (_, _) => new(new TaskCompletionSource<CalloutReply>().Task), new() { Deadline = TimeSpan.FromMilliseconds(200) }, time: time);

        // The second one waits behind the first.
        Task<string> first = Answer(endpoint, MakeCall("1", "1"));
        Task<string> second = Answer(endpoint, MakeCall("1", "2"));
        time.PutBack(TimeSpan.FromHours(hours));

        Assert.Equal("The softphone did not finish MakeCall within 0.2 seconds.", await first.Within("the first answer"));
        Assert.Equal("MakeCall was not carried out: an earlier callout of the agent has not ended.", await second.Within("the second answer"));
    }

    [Fact]
    public async Task Nothing_of_the_first_callout_is_kept_with_the_timer()
    {
        CalloutEndpoint endpoint = Endpoint((_, _) => new(CalloutReply.Success));

        WeakReference first = await AnswerInContext(endpoint, Ready("1", 0), new AsyncLocal<object?>());

        await IsFree(first);
        GC.KeepAlive(endpoint);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("the same dial", "")]
    [InlineData("as many as may be under way", "MakeCall was not carried out: too many callouts are waiting.")]
    public async Task Nothing_of_a_callout_that_was_answered_is_kept_with_the_hosts_token(string? before, string answer)
    {
        using var host = new CancellationTokenSource();
        var reply = new TaskCompletionSource<CalloutReply>();
        CalloutEndpoint endpoint = Endpoint(
            (callout, _) => callout is ReadyCallout ? new(CalloutReply.Success) : new(reply.Task),
            new() { MaxConcurrentCallouts = 1, MaxWaitingCallouts = before == "the same dial" ? 1 : 0 });
        Task<string> other = before switch
        {
            null => Task.FromResult(""),
            "the same dial" => Answer(endpoint, MakeCall("1", "1")),
            _ => Answer(endpoint, MakeCall("2", "1")),
        };
        Task<WeakReference> last = AnswerInContext(
            endpoint, before is null ? Ready("1", 0) : MakeCall("1", "1"), new AsyncLocal<object?>(), answer, host.Token);
        reply.SetResult(CalloutReply.Success);
        Assert.Equal("", await other.Within("the other answer"));

        await IsFree(await last.Within("the answer"));
        GC.KeepAlive(endpoint);
    }

    [Fact]
    public async Task A_timer_is_set_for_each_callout_until_its_end_and_none_for_a_repetition()
    {
        var bench = new Bench();
        Task<string> first = bench.Ask(MakeCall("1", "1"));
        Task<string> joining = bench.Ask(MakeCall("1", "1"));
        Assert.Equal(1, bench.Time.TimerCount);
        (await bench.Next()).End();
        _ = await Task.WhenAll(first, joining).Within("the answers");
        Assert.Equal(0, bench.Time.TimerCount);

        bench.Time.Advance(TimeSpan.FromSeconds(9));
        Task<string> late = bench.Ask(Ready("1", 0));
        _ = await bench.Next();
        bench.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, bench.Time.TimerCount);
        Assert.False(late.IsCompleted);

        bench.Time.Advance(TimeSpan.FromSeconds(8));
        Assert.Equal("The softphone did not finish Ready within 10 seconds.", await late.Within("the late answer"));
        Assert.Equal(0, bench.Time.TimerCount);
    }

    [Fact]
    public async Task Each_of_thousands_of_callouts_has_its_own_deadline_while_others_come_and_go()
    {
        const int Each = 500;
        const int Seconds = 30;
        const int Deadline = 10;
        var time = new ManualTime();
        var random = new Random(1);
        TaskCompletionSource<CalloutReply>[] replies = [.. Enumerable.Range(0, Seconds * Each).Select(
            _ => new TaskCompletionSource<CalloutReply>(TaskCreationOptions.RunContinuationsAsynchronously))];
        CalloutEndpoint endpoint = Endpoint(
            (callout, _) => new(replies[int.Parse(((ReadyCallout)callout).AgentId, System.Globalization.CultureInfo.InvariantCulture)].Task),
            new() { Deadline = TimeSpan.FromSeconds(Deadline), MaxConcurrentCallouts = replies.Length },
            time: time);

        List<Task<string>> answers = [];
        HashSet<int> open = [];
        for (int second = 1; second <= Seconds + Deadline; second++)
        {
            for (int i = 0; second <= Seconds && i < Each; i++)
            {
                _ = open.Add(answers.Count);
                answers.Add(Answer(endpoint, Ready($"{answers.Count}", 0)));
            }

            int[] ended = [.. open.OrderBy(_ => random.Next()).Take(Each / 2)];
            open.ExceptWith(ended);
            Array.ForEach(ended, i => replies[i].SetResult(CalloutReply.Success));
            Assert.All(await Task.WhenAll(ended.Select(i => answers[i])).Within("the answers"), answer => Assert.Equal("", answer));

            time.Advance(OneSecond);
            int[] late = [.. open.Where(i => (i / Each) + Deadline <= second)];
            open.ExceptWith(late);
            Assert.All(
                await Task.WhenAll(late.Select(i => answers[i])).Within("the errors"), answer =>
                    Assert.EndsWith("within 10 seconds.", answer, StringComparison.Ordinal));
            Assert.DoesNotContain(open, i => answers[i].IsCompleted);
        }

        Assert.Empty(open);
        Assert.Equal(0, time.TimerCount);
    }

    [Fact]
    public async Task While_some_callouts_hang_nothing_is_kept_of_those_that_come_and_go()
    {
        const int Hanging = 33;
        var time = new ManualTime();
        var never = new TaskCompletionSource<CalloutReply>();
        CalloutEndpoint endpoint = Endpoint(
            (callout, _) =>
                callout is CheckStatusCallout ? new(CalloutReply.Success) : new(never.Task), new() { MaxConcurrentCallouts = Hanging + 1 }, time: time);
        Task<string>[] answers = [.. Enumerable.Range(0, Hanging).Select(i => Answer(endpoint, Ready($"{i}", 0)))];

        for (int i = 0; i < 1000; i++)
        {
            Assert.Equal("", await Answer(endpoint, CheckStatus).Within("the answer"));
        }

        Assert.Equal(Hanging, time.TimerCount);
        Assert.Equal(new QueueCounts { Lanes = Hanging, Running = Hanging }, endpoint.Queue.Counts);
        never.SetResult(CalloutReply.Success);
        Assert.All(await Task.WhenAll(answers).Within("the answers of those that hung"), answer => Assert.Equal("", answer));
        AssertEmpty(endpoint);
    }

    [Fact]
    public async Task Behind_a_handler_that_hangs_nothing_is_kept_of_callouts_that_have_given_up()
    {
        var bench = new Bench();
        _ = bench.Ask(Ready("1", 0));
        _ = await bench.Next();
        WeakReference first = await GiveUpInContext(bench);

        // What has given up is dropped when the next one does.
        Task<string> second = bench.Ask(Ready("1", 2));
        bench.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.EndsWith("an earlier callout of the agent has not ended.", await second.Within("the second answer"), StringComparison.Ordinal);

        await IsFree(first);
        Assert.Equal(new QueueCounts { Lanes = 1, Running = 1 }, bench.Counts);

        static async Task<WeakReference> GiveUpInContext(Bench bench)
        {
            var local = new AsyncLocal<object?>();
            Task<WeakReference> answer = AnswerInContext(
                bench.Endpoint, Ready("1", 1), local, "Ready was not carried out: an earlier callout of the agent has not ended.");
            bench.Time.Advance(TimeSpan.FromSeconds(10));
            return await answer.Within("the first answer");
        }
    }

    [Fact]
    public void Options_without_an_end_are_mistakes()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CalloutEndpointOptions { Deadline = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CalloutEndpointOptions { Deadline = Timeout.InfiniteTimeSpan });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CalloutEndpointOptions { Deadline = TimeSpan.FromDays(1) + OneTick });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CalloutEndpointOptions { MaxConcurrentCallouts = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CalloutEndpointOptions { MaxConcurrentCallouts = 100_001 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CalloutEndpointOptions { MaxWaitingCallouts = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CalloutEndpointOptions { MaxWaitingCallouts = 1_000_001 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CalloutEndpointOptions { RepeatWindow = -OneTick });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CalloutEndpointOptions { RepeatWindow = TimeSpan.FromDays(1) + OneTick });
    }

    private static string Ready(string agent, int mark) => FormattableString.Invariant($"?FunctionName=Ready&telesetNumber=70002&agentID={agent}&mark={mark}");

    private static string MakeCall(string agent, string number) => $"?FunctionName=MakeCall&telesetNumber=70002&agentID={agent}&dialString={number}";

    private static CalloutEndpoint Endpoint(
        Func<Callout, CancellationToken, ValueTask<CalloutReply>> handler, CalloutEndpointOptions? options = null, ObserverHub? observers = null,
        TimeProvider? time = null) =>
        new(new StubDispatcher(handler), options, observers, time);

    private static async Task<WeakReference> AnswerInContext(
        CalloutEndpoint endpoint, string query, AsyncLocal<object?> local, string expected = "", CancellationToken token = default)
    {
        local.Value = new object();
        var held = new WeakReference(local.Value);
        Assert.Equal(expected, await Answer(endpoint, query, token).Within("the answer"));
        return held;
    }

    private static Task IsFree(WeakReference held) => Task.Run(async () =>
    {
        while (held.IsAlive)
        {
            GC.Collect();
            await Task.Yield();
        }
    }).Within("what the callout's context held to be free");

    /// <returns>The error's text, or nothing for a success.</returns>
    private static async Task<string> Answer(CalloutEndpoint endpoint, string query, CancellationToken token = default)
    {
        CalloutResponse response = await endpoint.HandleAsync(Requests.Get(query), token);
        return response.Body.IsEmpty ? "" : Assert.IsType<ErrorEvent>(Assert.Single(CctXmlFormatter.Default.Read(response.Body.Span))).Message!;
    }

    /// <summary>Asserts that nothing is left of what has ended, which cannot be seen from outside.</summary>
    private static void AssertEmpty(CalloutEndpoint endpoint) => Assert.Equal(default, endpoint.Queue.Counts);

    private static void InterlockedMax(ref int target, int value)
    {
        for (int seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
        {
            _ = Interlocked.CompareExchange(ref target, value, seen);
        }
    }

    /// <summary>An endpoint whose handlers begin and end as the test says, by a clock that the test moves on.</summary>
    private sealed class Bench
    {
        private readonly ConcurrentQueue<Handling> _begun = new();
        private readonly List<Handling> _taken = [];
        private readonly RecordingObserver _observer = new();

        public Bench(CalloutEndpointOptions? options = null) => Endpoint = Endpoint(
            (callout, token) =>
            {
                var handling = new Handling(callout, token);
                _begun.Enqueue(handling);
                return new(handling.Reply);
            },
            options,
            new ObserverHub(_observer),
            Time);

        public ManualTime Time { get; } = new();

        public CalloutEndpoint Endpoint { get; }

        public QueueCounts Counts => Endpoint.Queue.Counts;

        public Task<string> Ask(string query) => Ask(query, CancellationToken.None);

        public Task<string> Ask(string query, CancellationToken token) => Answer(Endpoint, query, token);

        public async Task<Handling> Next()
        {
            Handling? handling = null;
            await Until(() => _begun.TryDequeue(out handling), "the next handler to begin");
            _taken.Add(handling!);
            return handling!;
        }

        /// <summary>No handler has begun, or got a slot so that it will, but those that the test has taken.</summary>
        public void AssertNothingStarted()
        {
            Assert.Empty(_begun);
            Assert.InRange(Counts.Running, 0, _taken.Count(handling => !handling.Reply.IsCompleted));
        }

        public async Task<CctObservation[]> Observations(int count)
        {
            await Until(() => _observer.Observations.Count >= count, "the observations");
            return [.. _observer.Observations];
        }

        private static async Task Until(Func<bool> condition, string what)
        {
            using var limit = new CancellationTokenSource(Deadline.Limit);
            while (!condition())
            {
                Assert.False(limit.IsCancellationRequested, $"Not in time: {what}");
                await Task.Delay(1, CancellationToken.None);
            }
        }
    }

    /// <summary>Represents the system's clock, which the test may put back.</summary>
    private sealed class OddTime : TimeProvider
    {
        private long _offset;

        public void PutBack(TimeSpan offset) => Volatile.Write(ref _offset, (long)(offset.TotalSeconds * TimestampFrequency));

        public override long GetTimestamp() => base.GetTimestamp() + Volatile.Read(ref _offset);
    }

    /// <summary>Represents a clock whose deadlines pass before any thread can begin.</summary>
    private sealed class HastyTime : TimeProvider
    {
        public bool IsHasty { get; set; } = true;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (IsHasty)
            {
                callback(state);
            }

            return base.CreateTimer(callback, state, IsHasty ? Timeout.InfiniteTimeSpan : dueTime, period);
        }
    }

    private sealed class Handling
    {
        private readonly TaskCompletionSource<CalloutReply> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<bool> _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Handling(Callout callout, CancellationToken token)
        {
            Mark = callout.ExtraFields.Find("mark") ?? "";
            Token = token;
            _ = token.Register(() => _cancelled.TrySetResult(true));
        }

        public string Mark { get; }

        public CancellationToken Token { get; }

        public Task Cancelled => _cancelled.Task;

        public Task<CalloutReply> Reply => _reply.Task;

        public void End(CalloutReply? reply = null) => _reply.SetResult(reply ?? CalloutReply.Success);

        public void Throw(Exception exception) => _reply.SetException(exception);
    }

    private sealed class StubDispatcher(Func<Callout, CancellationToken, ValueTask<CalloutReply>> handler) : ICalloutDispatcher
    {
        public ValueTask<CalloutReply> DispatchAsync(Callout callout, CalloutContext context, CancellationToken cancellationToken = default) =>
            handler(callout, cancellationToken);
    }
}
