using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.Delivery;

public class AgentDesktopTests
{
    private static readonly AgentIdentity Other = new("70003", "7002");
    private static readonly EbsAddress Address = new("127.0.0.1", 8888);
    private static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(15);

    private readonly ManualTime _time = new();
    private readonly ScriptedClient _client = new();
    private readonly InMemoryAgentRegistry _registry = new();

    public AgentDesktopTests()
    {
        _ = _registry.RegisterAsync(Messages.Agent, Address).AsTask();
        _ = _registry.RegisterAsync(Other, Address).AsTask();
    }

    [Fact]
    public async Task An_event_goes_to_where_the_agent_is_registered()
    {
        AgentDesktop desktop = Desktop();

        Task<CallSession> popping = desktop.ScreenPopAsync(Messages.ScreenPop);
        ScriptedClient.Sending sending = await _client.NextAsync();
        sending.Answer(EventDeliveryStatus.Delivered);
        CallSession call = await popping.Within("the ScreenPop");

        Assert.Equal((Messages.ScreenPop, Address), (sending.Event, sending.EbsAddress));
        Assert.Equal((Messages.Agent, "42", EventDeliveryStatus.Delivered), (call.Agent, call.SourceId, call.ScreenPop.Status));
    }

    [Fact]
    public async Task Events_go_out_one_at_a_time_in_the_order_in_which_they_were_asked_for()
    {
        AgentDesktop desktop = Desktop();
        Task<EventDelivery>[] asked = [.. Enumerable.Range(0, 20).Select(i => desktop.SendAsync(Event(i)))];

        for (int i = 0; i < 20; i++)
        {
            ScriptedClient.Sending sending = await _client.NextAsync();
            Assert.Equal(Event(i), sending.Event);
            Assert.True(_client.HasNothingNew);
            Assert.False(asked[i].IsCompleted);
            sending.Answer(EventDeliveryStatus.Delivered);
        }

        await Task.WhenAll(asked).Within("all events");
    }

    [Fact]
    public async Task A_try_is_withdrawn_when_its_event_expires_before_anything_is_sent()
    {
        AgentDesktop desktop = Desktop();
        Task<CallSession> popping = desktop.ScreenPopAsync(Messages.ScreenPop);
        ScriptedClient.Sending connecting = await _client.NextAsync();

        _time.Advance(TimeToLive);
        Assert.True(connecting.CancellationToken.IsCancellationRequested);
        connecting.Throw(new OperationCanceledException(connecting.CancellationToken));

        Assert.Equal("NotSent (Expired)", (await popping.Within("the outcome")).ScreenPop.ToString());
    }

    [Fact]
    public async Task One_agent_does_not_wait_for_another()
    {
        AgentDesktops desktops = Desktops();
        Task<EventDelivery> stuck = desktops[Messages.Agent].SendAsync(Event(1));
        ScriptedClient.Sending dead = await _client.NextAsync();

        Task<EventDelivery> other = desktops[Other].SendAsync(Event(2));
        await _client.AnswerNextAsync("Event2");

        Assert.Equal(EventDeliveryStatus.Delivered, (await other.Within("the other agent's event")).Status);
        Assert.False(stuck.IsCompleted);
        dead.Answer(EventDeliveryStatus.Unknown);
    }

    [Fact]
    public async Task A_full_queue_is_an_outcome_at_once()
    {
        AgentDesktop desktop = Desktop(new() { QueueCapacity = 2 });
        Task<EventDelivery> first = desktop.SendAsync(Event(1));
        Task<EventDelivery> second = desktop.SendAsync(Event(2));

        Task<EventDelivery> third = desktop.SendAsync(Event(3));

        Assert.True(third.IsCompleted);
        AssertNotSent(NotSentReason.QueueFull, await third);
        await _client.AnswerNextAsync("Event1");
        _ = await first.Within("the first");
        Task<EventDelivery> fourth = desktop.SendAsync(Event(4));
        await _client.AnswerNextAsync("Event2");
        await _client.AnswerNextAsync("Event4");
        _ = await Task.WhenAll(second, fourth).Within("the others");
    }

    [Fact]
    public async Task An_agent_who_is_not_registered_gets_nothing_and_that_is_known_at_once()
    {
        EventDelivery delivery = await Desktops()[new("1", "1")].SendAsync(Event(1)).Within("the outcome");

        AssertNotSent(NotSentReason.NotRegistered, delivery);
        Assert.True(_client.HasNothingNew);
    }

    [Fact]
    public async Task What_could_not_be_sent_is_tried_again_at_the_address_of_that_moment()
    {
        AgentDesktop desktop = Desktop();
        var moved = new EbsAddress("127.0.0.1", 9999);
        Task<EventDelivery> sending = desktop.SendAsync(Event(1));
        await _client.AnswerNextAsync("Event1", EventDeliveryStatus.NotSent);
        await _time.TimersAsync(2);
        await _registry.RegisterAsync(Messages.Agent, moved);

        _time.Advance(TimeSpan.FromMilliseconds(300));
        ScriptedClient.Sending second = await _client.NextAsync();
        second.Answer(EventDeliveryStatus.Delivered);

        Assert.Equal(moved, second.EbsAddress);
        Assert.Equal(EventDeliveryStatus.Delivered, (await sending.Within("the event")).Status);
    }

    [Fact]
    public async Task The_waits_between_tries_double_up_to_a_limit_and_vary_by_a_half()
    {
        AgentDesktop desktop = Desktop();
        Task<EventDelivery> sending = desktop.SendAsync(Event(1));
        foreach (int wait in new[] { 200, 400, 800, 1600, 2000, 2000 })
        {
            await _client.AnswerNextAsync("Event1", EventDeliveryStatus.NotSent);
            await _time.TimersAsync(2);
            _time.Advance(TimeSpan.FromMilliseconds((wait / 2) - 1));
            await _time.TimersAsync(2);
            Assert.True(_client.HasNothingNew);
            _time.Advance(TimeSpan.FromMilliseconds(wait + 1));
        }

        await _client.AnswerNextAsync("Event1");
        Assert.Equal(EventDeliveryStatus.Delivered, (await sending.Within("the event")).Status);
    }

    [Fact]
    public async Task Chance_makes_some_waits_shorter_and_others_longer()
    {
        const int Agents = 50;
        AgentDesktops desktops = Desktops();
        for (int i = 0; i < Agents; i++)
        {
            var agent = new AgentIdentity(FormattableString.Invariant($"{i}"), "1");
            await _registry.RegisterAsync(agent, Address);
            _ = desktops[agent].SendAsync(Event(i));
            (await _client.NextAsync()).Answer(EventDeliveryStatus.NotSent);
        }

        await _time.TimersAsync(2 * Agents);
        _time.Advance(TimeSpan.FromMilliseconds(100) - TimeSpan.FromTicks(1));
        Assert.Equal(2 * Agents, _time.TimerCount);

        // Each event has a timer for its end. That of the wait is gone for about the half of them.
        _time.Advance(TimeSpan.FromMilliseconds(100) + TimeSpan.FromTicks(1));
        Assert.InRange(_time.TimerCount, Agents + 1, (2 * Agents) - 1);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(Agents, _time.TimerCount);
    }

    [Fact]
    public async Task An_event_expires_between_two_tries_and_its_exception_is_the_last_ones()
    {
        var refused = new InvalidOperationException("refused");
        AgentDesktop desktop = Desktop(new() { FirstRetryDelay = TimeSpan.FromHours(1), MaxRetryDelay = TimeSpan.FromHours(1) });
        Task<EventDelivery> sending = desktop.SendAsync(Event(1));
        (await _client.NextAsync()).Answer(new EventDelivery { Status = EventDeliveryStatus.NotSent, Reason = NotSentReason.Unreachable, Exception = refused });
        await _time.TimersAsync(2);

        _time.Advance(TimeToLive - TimeSpan.FromTicks(1));
        Assert.False(sending.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(1));

        EventDelivery delivery = await sending.Within("the outcome");
        AssertNotSent(NotSentReason.Expired, delivery);
        Assert.Same(refused, delivery.Exception);
    }

    [Fact]
    public async Task An_event_expires_in_the_queue_at_its_time_and_is_never_sent()
    {
        AgentDesktop desktop = Desktop();
        Task<EventDelivery> first = desktop.SendAsync(Event(1));
        ScriptedClient.Sending slow = await _client.NextAsync();
        Task<EventDelivery> second = desktop.SendAsync(Event(2));

        _time.Advance(TimeToLive);

        AssertNotSent(NotSentReason.Expired, await second.Within("the second"));
        Assert.False(first.IsCompleted);
        slow.Answer(EventDeliveryStatus.Delivered);
        Assert.Equal(EventDeliveryStatus.Delivered, (await first.Within("the first")).Status);
        Task<EventDelivery> third = desktop.SendAsync(Event(3));
        await _client.AnswerNextAsync("Event3");
        _ = await third.Within("the third");
    }

    [Fact]
    public async Task A_screen_pop_expires_in_the_queue_too()
    {
        AgentDesktop desktop = Desktop();
        Task<EventDelivery> first = desktop.SendAsync(Event(1));
        ScriptedClient.Sending slow = await _client.NextAsync();
        Task<CallSession> popping = desktop.ScreenPopAsync(Messages.ScreenPop);

        _time.Advance(TimeToLive);

        AssertNotSent(NotSentReason.Expired, (await popping.Within("the session")).ScreenPop);
        slow.Answer(EventDeliveryStatus.Delivered);
        _ = await first.Within("the first");
    }

    [Fact]
    public async Task An_event_whose_time_ran_out_while_it_was_being_sent_is_not_tried_again()
    {
        AgentDesktop desktop = Desktop();
        Task<EventDelivery> sending = desktop.SendAsync(Event(1));
        ScriptedClient.Sending slow = await _client.NextAsync();
        _time.Advance(TimeToLive);
        Assert.False(sending.IsCompleted);

        slow.Answer(EventDeliveryStatus.NotSent);

        AssertNotSent(NotSentReason.Expired, await sending.Within("the outcome"));
        Assert.True(_client.HasNothingNew);
    }

    [Theory]
    [InlineData(EventDeliveryStatus.Delivered)]
    [InlineData(EventDeliveryStatus.Refused)]
    [InlineData(EventDeliveryStatus.Unknown)]
    public async Task What_may_have_reached_EBS_is_not_sent_again(EventDeliveryStatus status)
    {
        Task<EventDelivery> sending = Desktop().SendAsync(Event(1));

        await _client.AnswerNextAsync("Event1", status);

        Assert.Equal(status, (await sending.Within("the event")).Status);
        Assert.True(_client.HasNothingNew);
    }

    [Fact]
    public async Task Unknown_is_tried_again_where_the_options_say_so()
    {
        Task<EventDelivery> sending = Desktop(new() { RetryUnknown = true }).SendAsync(Event(1));

        await _client.AnswerNextAsync("Event1", EventDeliveryStatus.Unknown);
        await _time.TimersAsync(2);
        _time.Advance(TimeSpan.FromMilliseconds(300));
        await _client.AnswerNextAsync("Event1");

        Assert.Equal(EventDeliveryStatus.Delivered, (await sending.Within("the event")).Status);
    }

    [Theory]
    [InlineData("time")]
    [InlineData("token")]
    [InlineData("registry")]
    [InlineData("close")]
    public async Task What_may_have_reached_EBS_is_never_called_not_sent_later(string end)
    {
        AgentDesktops desktops = Desktops(new() { RetryUnknown = true });
        using var token = new CancellationTokenSource();
        Task<EventDelivery> sending = desktops[Messages.Agent].SendAsync(Event(1), token.Token);
        await _client.AnswerNextAsync("Event1", EventDeliveryStatus.Unknown);
        await _time.TimersAsync(2);

        switch (end)
        {
            case "time":
                _time.Advance(TimeSpan.FromMilliseconds(300));
                ScriptedClient.Sending second = await _client.NextAsync();
                _time.Advance(TimeToLive);
                second.Answer(EventDeliveryStatus.NotSent);
                break;
            case "token":
                token.Cancel();
                break;
            case "registry":
                _ = await _registry.UnregisterAsync(Messages.Agent);
                _time.Advance(TimeSpan.FromMilliseconds(300));
                break;
            default:
                Task closing = desktops.DisposeAsync().AsTask();
                await _time.TimersAsync(3);
                _ = await _registry.UnregisterAsync(Messages.Agent);
                _time.Advance(TimeSpan.FromSeconds(5));
                await closing.Within("the end");
                break;
        }

        Assert.Equal(EventDeliveryStatus.Unknown, (await sending.Within("the event")).Status);
    }

    [Fact]
    public async Task A_token_takes_a_waiting_event_out_of_the_queue()
    {
        AgentDesktop desktop = Desktop();
        using var token = new CancellationTokenSource();
        Task<EventDelivery> first = desktop.SendAsync(Event(1));
        ScriptedClient.Sending slow = await _client.NextAsync();
        Task<EventDelivery> second = desktop.SendAsync(Event(2), token.Token);
        Task<EventDelivery> third = desktop.SendAsync(Event(3));

        token.Cancel();

        OperationCanceledException exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.Within("the second"));
        Assert.Equal(token.Token, exception.CancellationToken);
        slow.Answer(EventDeliveryStatus.Delivered);
        await _client.AnswerNextAsync("Event3");
        _ = await Task.WhenAll(first, third).Within("the others");
    }

    [Fact]
    public async Task A_token_takes_out_an_event_between_two_tries()
    {
        using var token = new CancellationTokenSource();
        AgentDesktop desktop = Desktop();
        Task<EventDelivery> sending = desktop.SendAsync(Event(1), token.Token);
        await _client.AnswerNextAsync("Event1", EventDeliveryStatus.NotSent);
        await _time.TimersAsync(2);

        token.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.Within("the event"));
        Task<EventDelivery> next = desktop.SendAsync(Event(2));
        await _client.AnswerNextAsync("Event2");
        _ = await next.Within("the next");
        await _time.TimersAsync(0);
    }

    [Fact]
    public async Task A_token_cancelled_while_the_event_is_being_queued_leaves_nothing_behind()
    {
        using var token = new CancellationTokenSource();
        var desktops = new AgentDesktops(_registry, _client, timeProvider: new CancellingTime(_time, token));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => desktops[Messages.Agent].SendAsync(Event(1), token.Token).Within("the event"));

        await _time.TimersAsync(0);
        Assert.True(_client.HasNothingNew);
    }

    [Fact]
    public async Task While_an_event_is_being_sent_the_token_counts_for_nothing()
    {
        using var token = new CancellationTokenSource();
        Task<EventDelivery> sending = Desktop().SendAsync(Event(1), token.Token);
        ScriptedClient.Sending sent = await _client.NextAsync();

        token.Cancel();

        Assert.False(sent.CancellationToken.IsCancellationRequested);
        Assert.False(sending.IsCompleted);
        sent.Answer(EventDeliveryStatus.Delivered);
        Assert.Equal(EventDeliveryStatus.Delivered, (await sending.Within("the event")).Status);
    }

    [Fact]
    public async Task A_token_cancelled_while_a_try_fails_ends_the_tries()
    {
        using var token = new CancellationTokenSource();
        Task<EventDelivery> sending = Desktop().SendAsync(Event(1), token.Token);
        ScriptedClient.Sending sent = await _client.NextAsync();
        token.Cancel();

        sent.Answer(EventDeliveryStatus.NotSent);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.Within("the event"));
    }

    [Fact]
    public async Task A_registry_that_throws_is_a_failed_try()
    {
        int calls = 0;
        var registry = new Registry(() => ++calls == 1 ? throw new InvalidOperationException("the database is away") : new(Address));
        var desktops = new AgentDesktops(registry, _client, timeProvider: _time);

        Task<EventDelivery> sending = desktops[Messages.Agent].SendAsync(Event(1));
        await _time.TimersAsync(2);
        _time.Advance(TimeSpan.FromMilliseconds(300));
        await _client.AnswerNextAsync("Event1");

        Assert.Equal(EventDeliveryStatus.Delivered, (await sending.Within("the event")).Status);
    }

    [Fact]
    public async Task A_registry_that_always_throws_leaves_its_exception_in_the_outcome()
    {
        var thrown = new InvalidOperationException("the database is away");
        var desktops = new AgentDesktops(
            new Registry(() => throw thrown), _client, new() { FirstRetryDelay = TimeSpan.FromHours(1), MaxRetryDelay = TimeSpan.FromHours(1) },
            timeProvider: _time);

        Task<EventDelivery> sending = desktops[Messages.Agent].SendAsync(Event(1));
        await _time.TimersAsync(2);
        _time.Advance(TimeToLive);

        EventDelivery delivery = await sending.Within("the event");
        AssertNotSent(NotSentReason.Expired, delivery);
        Assert.Same(thrown, delivery.Exception);
    }

    [Fact]
    public async Task A_registry_that_hangs_holds_an_event_until_its_time_is_over()
    {
        var hanging = new TaskCompletionSource<EbsAddress?>();
        var asked = new TaskCompletionSource<bool>();
        var desktops = new AgentDesktops(new Registry(() => asked.TrySetResult(true) ? new(hanging.Task) : new(Address)), _client, timeProvider: _time);
        Task<EventDelivery> first = desktops[Messages.Agent].SendAsync(Event(1));
        await asked.Task.Within("the look-up");

        _time.Advance(TimeToLive);

        AssertNotSent(NotSentReason.Expired, await first.Within("the first"));
        Task<EventDelivery> second = desktops[Messages.Agent].SendAsync(Event(2));
        await _client.AnswerNextAsync("Event2");
        _ = await second.Within("the second");
    }

    [Fact]
    public async Task A_registry_that_hangs_is_cancelled_at_the_end_of_the_time_to_close()
    {
        var asked = new TaskCompletionSource<bool>();
        var registry = new Registry(() =>
        {
            _ = asked.TrySetResult(true);
            return new(new TaskCompletionSource<EbsAddress?>().Task);
        });
        var desktops = new AgentDesktops(registry, _client, timeProvider: _time);
        Task<EventDelivery> sending = desktops[Messages.Agent].SendAsync(Event(1));
        await asked.Task.Within("the look-up");

        Task closing = desktops.DisposeAsync().AsTask();
        await _time.TimersAsync(2);
        Assert.False(registry.Token.IsCancellationRequested);
        _time.Advance(TimeSpan.FromSeconds(5));

        await closing.Within("the end");
        AssertNotSent(NotSentReason.Closed, await sending.Within("the event"));
        Assert.True(registry.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task A_client_that_throws_makes_the_outcome_unknown_and_the_queue_lives_on()
    {
        AgentDesktop desktop = Desktop();
        var thrown = new InvalidOperationException("no");
        Task<EventDelivery> first = desktop.SendAsync(Event(1));
        Task<EventDelivery> second = desktop.SendAsync(Event(2));

        (await _client.NextAsync()).Throw(thrown);
        (await _client.NextAsync()).Answer((EventDelivery)null!);

        EventDelivery delivery = await first.Within("the first");
        Assert.Equal((EventDeliveryStatus.Unknown, thrown), (delivery.Status, delivery.Exception));
        Assert.Contains("ScriptedClient returned null", (await second.Within("the second")).Exception!.Message, StringComparison.Ordinal);
        Task<EventDelivery> third = desktop.SendAsync(Event(3));
        await _client.AnswerNextAsync("Event3");
        _ = await third.Within("the third");
    }

    [Fact]
    public async Task An_event_that_XML_cannot_hold_is_a_mistake_that_shows_at_once_and_disturbs_nothing()
    {
        AgentDesktop desktop = Desktop();

        await Assert.ThrowsAsync<ProtocolFormatException>(() => desktop.SendAsync(new UnknownEvent("\u0000")));

        Task<CallSession> popping = desktop.ScreenPopAsync(Messages.ScreenPop);
        await _client.AnswerNextAsync("ScreenPop");
        _ = await popping.Within("the ScreenPop");
    }

    [Fact]
    public async Task Events_of_a_call_are_not_sent_past_its_session()
    {
        ArgumentException exception = await Assert.ThrowsAsync<ArgumentException>(() => Desktop().SendAsync(Messages.ScreenPop));
        await Assert.ThrowsAsync<ArgumentException>(() => Desktop().SendAsync(new CallReleasedEvent { SourceId = "42" }));

        Assert.Contains("ScreenPopAsync", exception.Message, StringComparison.Ordinal);
        Assert.True(_client.HasNothingNew);
    }

    [Fact]
    public async Task An_id_pops_once_at_an_agent_and_may_pop_at_another()
    {
        AgentDesktops desktops = Desktops();
        Task<CallSession> first = desktops[Messages.Agent].ScreenPopAsync(Messages.ScreenPop);

        InvalidOperationException exception =
            await Assert.ThrowsAsync<InvalidOperationException>(() => desktops[Messages.Agent].ScreenPopAsync(Messages.ScreenPop));
        Task<CallSession> transferred = desktops[Other].ScreenPopAsync(Messages.ScreenPop);
        await _client.AnswerNextAsync("ScreenPop");
        await _client.AnswerNextAsync("ScreenPop", EventDeliveryStatus.Unknown);
        _ = await Task.WhenAll(first, transferred).Within("both");

        Assert.StartsWith("The call 42 of agent 7001 at 70002 has had its ScreenPop.", exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => desktops[Messages.Agent].ScreenPopAsync(Messages.ScreenPop));
        await Assert.ThrowsAsync<InvalidOperationException>(() => desktops[Other].ScreenPopAsync(Messages.ScreenPop));
        Assert.True(_client.HasNothingNew);
    }

    [Fact]
    public async Task An_id_whose_pop_was_certainly_not_sent_may_pop_again()
    {
        AgentDesktop desktop = Desktop();
        using var token = new CancellationTokenSource();
        Task<CallSession> cancelled = desktop.ScreenPopAsync(Messages.ScreenPop, token.Token);
        await _client.AnswerNextAsync("ScreenPop", EventDeliveryStatus.NotSent);
        await _time.TimersAsync(2);
        token.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.Within("the first"));

        _ = await _registry.UnregisterAsync(Messages.Agent);
        AssertNotSent(NotSentReason.NotRegistered, (await desktop.ScreenPopAsync(Messages.ScreenPop).Within("the second")).ScreenPop);

        await _registry.RegisterAsync(Messages.Agent, Address);
        Task<CallSession> third = desktop.ScreenPopAsync(Messages.ScreenPop);
        await _client.AnswerNextAsync("ScreenPop");
        Assert.Equal(EventDeliveryStatus.Delivered, (await third.Within("the third")).ScreenPop.Status);
    }

    [Fact]
    public async Task The_last_100000_ids_are_remembered_and_no_more_and_a_pop_that_was_not_sent_does_not_count()
    {
        var client = new CountingClient();
        AgentDesktop desktop = new AgentDesktops(_registry, client)[Messages.Agent];
        _ = await _registry.UnregisterAsync(Messages.Agent);
        AssertNotSent(NotSentReason.NotRegistered, (await PopAsync("again")).ScreenPop);
        await _registry.RegisterAsync(Messages.Agent, Address);
        for (int i = 1; i < 100_000; i++)
        {
            _ = await PopAsync(FormattableString.Invariant($"{i}"));
        }

        _ = await PopAsync("again");
        await Assert.ThrowsAsync<InvalidOperationException>(() => PopAsync("1"));
        _ = await PopAsync("one more");

        await Assert.ThrowsAsync<InvalidOperationException>(() => PopAsync("2"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => PopAsync("again"));
        _ = await PopAsync("1");
        Assert.Equal(100_002, client.Count);

        Task<CallSession> PopAsync(string id) => desktop.ScreenPopAsync(Messages.ScreenPop with { SourceId = id });
    }

    [Fact]
    public async Task Every_outcome_is_observed_once()
    {
        var observer = new RecordingObserver();
        await using var observers = new ObserverHub(observer);
        var desktops = new AgentDesktops(_registry, _client, new() { QueueCapacity = 1 }, observers, timeProvider: _time);
        DateTimeOffset asked = _time.GetUtcNow();
        Task<EventDelivery> first = desktops[Messages.Agent].SendAsync(Event(1));
        await _client.AnswerNextAsync("Event1", EventDeliveryStatus.NotSent);
        _ = await desktops[Messages.Agent].SendAsync(Event(2));
        await _time.TimersAsync(2);
        _time.Advance(TimeSpan.FromMilliseconds(300));
        await _client.AnswerNextAsync("Event1");
        EventDelivery delivered = await first.Within("the first");
        await observers.FlushAsync();

        Assert.Equal(
            [
                new EventOutcomeObservation
                {
                    At = asked,
                    Agent = Messages.Agent,
                    Event = Event(2),
                    Delivery = new() { Status = EventDeliveryStatus.NotSent, Reason = NotSentReason.QueueFull },
                    Attempts = 0,
                },
                new EventOutcomeObservation
                {
                    At = asked,
                    Duration = TimeSpan.FromMilliseconds(300),
                    Agent = Messages.Agent,
                    Event = Event(1),
                    Delivery = delivered,
                    EbsAddress = Address,
                    Attempts = 2,
                },
            ],
            observer.Observations);
        Assert.Equal("Event1 of agent 7001 at 70002: Delivered", observer.Observations.Last().ToString());
    }

    [Fact]
    public async Task Disposing_lets_what_is_queued_go_and_takes_nothing_new()
    {
        AgentDesktops desktops = Desktops();
        AgentDesktop desktop = desktops[Messages.Agent];
        Task<EventDelivery> first = desktop.SendAsync(Event(1));
        Task<EventDelivery> second = desktop.SendAsync(Event(2));

        Task closing = desktops.DisposeAsync().AsTask();

        Assert.Throws<ObjectDisposedException>(() => desktops[Messages.Agent]);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => desktop.SendAsync(Event(3)));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => desktop.ScreenPopAsync(Messages.ScreenPop));
        await _client.AnswerNextAsync("Event1");
        Assert.False(closing.IsCompleted);
        await _client.AnswerNextAsync("Event2");
        await closing.Within("the end");
        Assert.All(await Task.WhenAll(first, second), delivery => Assert.Equal(EventDeliveryStatus.Delivered, delivery.Status));
        await desktops.DisposeAsync();
        await _time.TimersAsync(0);
    }

    [Fact]
    public async Task What_is_left_at_the_end_of_the_time_to_close_is_given_up()
    {
        AgentDesktops desktops = Desktops(new() { FirstRetryDelay = TimeSpan.FromHours(1), MaxRetryDelay = TimeSpan.FromHours(1) });
        Task<EventDelivery> sending = desktops[Messages.Agent].SendAsync(Event(1));
        Task<EventDelivery> waiting = desktops[Messages.Agent].SendAsync(Event(2));
        ScriptedClient.Sending sent = await _client.NextAsync();
        Task<EventDelivery> retrying = desktops[Other].SendAsync(Event(3));
        await _client.AnswerNextAsync("Event3", EventDeliveryStatus.NotSent);
        await _time.TimersAsync(4);

        Task closing = Task.Run(desktops.Dispose);
        await _time.TimersAsync(5);
        _time.Advance(TimeSpan.FromSeconds(5));

        await closing.Within("the end");
        Assert.Equal(EventDeliveryStatus.Unknown, (await sending.Within("the one being sent")).Status);
        AssertNotSent(NotSentReason.Closed, await waiting.Within("the one waiting"));
        AssertNotSent(NotSentReason.Closed, await retrying.Within("the one being tried again"));
        Assert.True(sent.CancellationToken.IsCancellationRequested);
        sent.Answer(EventDeliveryStatus.Delivered);
        Assert.True(_client.HasNothingNew);
    }

    [Fact]
    public async Task A_token_given_to_an_event_holds_on_to_nothing_when_the_event_has_ended()
    {
        using var token = new CancellationTokenSource();

        WeakReference sent = await SendAndForgetAsync(token.Token);

        await _time.TimersAsync(0);
#if NET
        // Mono's collector keeps whatever looks like a reference.
        using var limit = new CancellationTokenSource(Deadline.Limit);
        while (sent.IsAlive)
        {
            Assert.False(limit.IsCancellationRequested, "The event is still held.");
            await Task.Delay(1, CancellationToken.None);
            GC.Collect();
        }
#else
        Assert.NotNull(sent);
#endif
        Assert.False(token.IsCancellationRequested);
    }

    [Fact]
    public async Task A_caller_who_blocks_when_its_event_has_ended_does_not_hold_up_the_next()
    {
        using var release = new ManualResetEventSlim();
        AgentDesktop desktop = Desktop();
        Task first = desktop.SendAsync(Event(1))
            .ContinueWith(_ => release.Wait(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        Task<EventDelivery> second = desktop.SendAsync(Event(2));

        try
        {
            await _client.AnswerNextAsync("Event1");
            await _client.AnswerNextAsync("Event2");
            _ = await second.Within("the second");
        }
        finally
        {
            release.Set();
        }

        await first.Within("the first");
    }

    [Fact]
    public async Task An_agents_desktop_is_always_the_same()
    {
        AgentDesktops desktops = Desktops();

        Assert.Same(desktops[Messages.Agent], desktops[new(Messages.Agent.TelesetNumber, Messages.Agent.AgentId)]);
        Assert.NotSame(desktops[Messages.Agent], desktops[Other]);
        Assert.Equal(Messages.Agent, desktops[Messages.Agent].Agent);
    }

    [Fact]
    public async Task A_screen_pop_makes_an_agent_unavailable_from_the_moment_it_is_asked_for()
    {
        var states = new AgentStateTracker();
        var dispatcher = new CalloutDispatcher(
            new CalloutHandlers().HandleAsync<ReadyCallout>((_, _, _) => new(CalloutReply.Success)), _registry, agentStates: states);
        _ = await dispatcher.DispatchAsync(new ReadyCallout { TelesetNumber = "70002", AgentId = "7001" }, new() { ReceivedAt = _time.GetUtcNow() });
        Assert.Equal(AgentAvailability.Available, states.AvailabilityOf(Messages.Agent));

        Task<CallSession> popping = Desktops(agentStates: states)[Messages.Agent].ScreenPopAsync(Messages.ScreenPop);

        Assert.Equal(AgentAvailability.CallSinceReady, states.AvailabilityOf(Messages.Agent));
        await _client.AnswerNextAsync("ScreenPop");
        _ = await popping.Within("the ScreenPop");
    }

    [Fact]
    public async Task Mistakes_of_the_programmer_are_exceptions()
    {
        Assert.Throws<ArgumentNullException>(() => new AgentDesktops(null!, _client));
        Assert.Throws<ArgumentNullException>(() => new AgentDesktops(_registry, null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => Desktop().ScreenPopAsync(null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => Desktop().SendAsync(null!));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Desktop().SendAsync(Event(1), new CancellationToken(canceled: true)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AgentDesktopOptions { QueueCapacity = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AgentDesktopOptions { QueueCapacity = 10_001 });
        foreach (TimeSpan time in new[] { TimeSpan.Zero, TimeSpan.FromTicks(-1), TimeSpan.FromDays(1) + TimeSpan.FromTicks(1) })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => new AgentDesktopOptions { ScreenPopTimeToLive = time });
            Assert.Throws<ArgumentOutOfRangeException>(() => new AgentDesktopOptions { SessionTimeToLive = time });
            Assert.Throws<ArgumentOutOfRangeException>(() => new AgentDesktopOptions { FirstRetryDelay = time });
            Assert.Throws<ArgumentOutOfRangeException>(() => new AgentDesktopOptions { MaxRetryDelay = time });
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => new AgentDesktopOptions { ShutdownTimeout = TimeSpan.FromTicks(-1) });
        Assert.True(_client.HasNothingNew);
    }

    private static UnknownEvent Event(int number) => new(FormattableString.Invariant($"Event{number}"));

    private static void AssertNotSent(NotSentReason reason, EventDelivery delivery) =>
        Assert.Equal((EventDeliveryStatus.NotSent, (NotSentReason?)reason), (delivery.Status, delivery.Reason));

    private async Task<WeakReference> SendAndForgetAsync(CancellationToken token)
    {
        UnknownEvent sent = Event(1);
        Task<EventDelivery> sending = Desktop().SendAsync(sent, token);
        await _client.AnswerNextAsync("Event1");
        _ = await sending.Within("the event");
        return new(sent);
    }

    private AgentDesktops Desktops(AgentDesktopOptions? options = null, AgentStateTracker? agentStates = null) =>
        new(_registry, _client, options, agentStates: agentStates, timeProvider: _time);

    private AgentDesktop Desktop(AgentDesktopOptions? options = null) => Desktops(options)[Messages.Agent];

    /// <summary>Cancels when it is asked for the time.</summary>
    private sealed class CancellingTime(ManualTime time, CancellationTokenSource token) : TimeProvider
    {
        public override long TimestampFrequency => time.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

        public override long GetTimestamp()
        {
            token.Cancel();
            return time.GetTimestamp();
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            time.CreateTimer(callback, state, dueTime, period);
    }

    private sealed class CountingClient : IEventClient
    {
        public int Count { get; private set; }

        public Task<EventDelivery> SendAsync(EbsAddress ebsAddress, CctEvent cctEvent, CancellationToken cancellationToken = default)
        {
            Count++;
            return Task.FromResult(new EventDelivery { Status = EventDeliveryStatus.Delivered });
        }
    }

    private sealed class Registry(Func<ValueTask<EbsAddress?>> find) : IAgentRegistry
    {
        /// <summary>What the last look-up was given.</summary>
        public CancellationToken Token { get; private set; }

        public ValueTask RegisterAsync(AgentIdentity agent, EbsAddress ebsAddress, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask<bool> UnregisterAsync(AgentIdentity agent, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<EbsAddress?> FindAsync(AgentIdentity agent, CancellationToken cancellationToken = default)
        {
            Token = cancellationToken;
            return find();
        }

        public ValueTask<IReadOnlyDictionary<AgentIdentity, EbsAddress>> ListAsync(CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();
    }
}
