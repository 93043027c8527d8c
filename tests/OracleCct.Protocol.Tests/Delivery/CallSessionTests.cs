using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.Delivery;

public class CallSessionTests
{
    private readonly ManualTime _time = new();
    private readonly ScriptedClient _client = new();
    private readonly InMemoryAgentRegistry _registry = new();

    public CallSessionTests() => _ = _registry.RegisterAsync(Messages.Agent, new("127.0.0.1", 8888)).AsTask();

    [Fact]
    public async Task The_events_of_a_call_carry_its_id_in_their_order()
    {
        CallSession call = await PopAsync();
        Task<EventDelivery> establishing = call.EstablishedAsync();
        Task<EventDelivery> releasing = call.ReleasedAsync();

        ScriptedClient.Sending established = await _client.NextAsync();
        established.Answer(EventDeliveryStatus.Delivered);
        ScriptedClient.Sending released = await _client.NextAsync();
        released.Answer(EventDeliveryStatus.Refused);

        Assert.Equal(new CallEstablishedEvent { SourceId = "42" }, established.Event);
        Assert.Equal(new CallReleasedEvent { SourceId = "42" }, released.Event);
        Assert.Equal(EventDeliveryStatus.Delivered, (await establishing.Within("CallEstablished")).Status);
        Assert.Equal(EventDeliveryStatus.Refused, (await releasing.Within("CallReleased")).Status);
    }

    [Fact]
    public async Task What_was_not_sent_may_be_asked_for_again()
    {
        CallSession call = await PopAsync();
        _ = await _registry.UnregisterAsync(Messages.Agent);
        Assert.Equal(NotSentReason.NotRegistered, (await call.EstablishedAsync().Within("CallEstablished")).Reason);
        Assert.Equal(NotSentReason.NotRegistered, (await call.ReleasedAsync().Within("CallReleased")).Reason);

        await _registry.RegisterAsync(Messages.Agent, new("127.0.0.1", 8889));
        Task<EventDelivery> releasing = call.ReleasedAsync();
        await _client.AnswerNextAsync("CallReleased");

        EventDelivery delivery = await releasing.Within("CallReleased");
        Assert.Equal(EventDeliveryStatus.Delivered, delivery.Status);
        Assert.Same(delivery, await call.ReleasedAsync().Within("the repetition"));
        Assert.True(_client.HasNothingNew);
    }

    [Fact]
    public async Task A_release_that_is_cancelled_while_the_session_is_disposed_goes_out_all_the_same()
    {
        CallSession call = await PopAsync();
        Task<EventDelivery> establishing = call.EstablishedAsync();
        ScriptedClient.Sending established = await _client.NextAsync();
        using var cancel = new CancellationTokenSource();
        Task<EventDelivery> releasing = call.ReleasedAsync(cancel.Token);

        Task disposing = call.DisposeAsync().AsTask();
        cancel.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => releasing.Within("the cancellation"));
        established.Answer(EventDeliveryStatus.Delivered);
        await _client.AnswerNextAsync("CallReleased");

        await disposing.Within("the end of the session");
        _ = await establishing;
    }

    [Fact]
    public async Task Released_may_follow_the_screen_pop_directly()
    {
        CallSession call = await PopAsync();

        Task<EventDelivery> releasing = call.ReleasedAsync();
        await _client.AnswerNextAsync("CallReleased");

        Assert.Equal(EventDeliveryStatus.Delivered, (await releasing.Within("CallReleased")).Status);
    }

    [Theory]
    [InlineData(EventDeliveryStatus.Unknown)]
    [InlineData(EventDeliveryStatus.Refused)]
    public async Task What_follows_a_screen_pop_that_may_have_arrived_is_sent(EventDeliveryStatus status)
    {
        CallSession call = await PopAsync(status: status);

        Task<EventDelivery> establishing = call.EstablishedAsync();
        await _client.AnswerNextAsync("CallEstablished");

        Assert.Equal(status, call.ScreenPop.Status);
        Assert.Equal(EventDeliveryStatus.Delivered, (await establishing.Within("CallEstablished")).Status);
    }

    [Fact]
    public async Task What_follows_a_screen_pop_that_was_not_sent_is_not_sent_either()
    {
        var observer = new RecordingObserver();
        await using var observers = new ObserverHub(observer);
        var desktops = new AgentDesktops(_registry, _client, observers: observers);
        _ = await _registry.UnregisterAsync(Messages.Agent);
        await using CallSession call = await desktops[Messages.Agent].ScreenPopAsync(Messages.ScreenPop).Within("the session");
        await _registry.RegisterAsync(Messages.Agent, new("127.0.0.1", 8888));

        EventDelivery established = await call.EstablishedAsync();
        EventDelivery released = await call.ReleasedAsync();

        Assert.Equal((EventDeliveryStatus.NotSent, NotSentReason.NotRegistered), (call.ScreenPop.Status, call.ScreenPop.Reason));
        Assert.All([established, released], delivery => Assert.Equal("NotSent (NoScreenPop)", delivery.ToString()));
        Assert.True(_client.HasNothingNew);
        await observers.FlushAsync();
        Assert.Equal(["ScreenPop", "CallEstablished", "CallReleased"], observer.Observations.Select(one => ((EventOutcomeObservation)one).Event.Name));
    }

    [Fact]
    public async Task Each_goes_out_once()
    {
        CallSession call = await PopAsync();
        Task<EventDelivery> establishing = call.EstablishedAsync();
        await AnswerAsync(establishing, "CallEstablished");
        Assert.Same(await establishing, await call.EstablishedAsync().Within("CallEstablished again"));
        Task<EventDelivery> releasing = call.ReleasedAsync();
        await AnswerAsync(releasing, "CallReleased");
        Assert.Same(await releasing, await call.ReleasedAsync().Within("CallReleased again"));
        Assert.Same(await establishing, await call.EstablishedAsync().Within("CallEstablished once more"));

        Assert.True(_client.HasNothingNew);
    }

    [Fact]
    public async Task CallEstablished_cannot_follow_CallReleased()
    {
        CallSession call = await PopAsync();
        await AnswerAsync(call.ReleasedAsync(), "CallReleased");

        InvalidOperationException late = await Assert.ThrowsAsync<InvalidOperationException>(() => call.EstablishedAsync());

        Assert.Equal("The call 42 of agent 7001 at 70002 was released: CallEstablished cannot follow CallReleased.", late.Message);
        Assert.True(_client.HasNothingNew);
    }

    [Fact]
    public async Task When_both_ends_hang_up_together_one_event_goes_out_and_both_learn_its_outcome()
    {
        CallSession call = await PopAsync();
        await AnswerAsync(call.EstablishedAsync(), "CallEstablished");
        using var start = new ManualResetEventSlim();
        Task<EventDelivery>[] ends = [.. Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            start.Wait();
            return call.ReleasedAsync();
        }))];
        start.Set();

        ScriptedClient.Sending released = await _client.NextAsync();
        Task<EventDelivery> late = call.ReleasedAsync();
        Assert.False(late.IsCompleted);
        released.Answer(EventDeliveryStatus.Unknown);

        EventDelivery[] deliveries = await Task.WhenAll([.. ends, late]).Within("all ends");
        Assert.All(deliveries, delivery => Assert.Same(deliveries[0], delivery));
        Assert.Equal(EventDeliveryStatus.Unknown, deliveries[0].Status);
        await call.DisposeAsync().AsTask().Within("the end of the session");
        Assert.True(_client.HasNothingNew);
    }

    [Fact]
    public async Task A_repetition_whose_first_caller_gives_up_goes_out_all_the_same()
    {
        CallSession call = await PopAsync();
        using var first = new CancellationTokenSource();
        Task<EventDelivery> establishing = call.EstablishedAsync();
        ScriptedClient.Sending established = await _client.NextAsync();
        Task<EventDelivery> given = call.ReleasedAsync(first.Token);
        Task<EventDelivery> joined = call.ReleasedAsync();

        first.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given.Within("the cancellation"));
        established.Answer(EventDeliveryStatus.Delivered);
        await AnswerAsync(joined, "CallReleased");

        _ = await establishing;
    }

    [Fact]
    public async Task A_repetition_that_is_cancelled_ends_its_own_wait_alone()
    {
        CallSession call = await PopAsync();
        using var second = new CancellationTokenSource();
        Task<EventDelivery> releasing = call.ReleasedAsync();
        ScriptedClient.Sending released = await _client.NextAsync();
        Task<EventDelivery> joined = call.ReleasedAsync(second.Token);

        second.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => joined.Within("the cancellation"));
        released.Answer(EventDeliveryStatus.Delivered);

        Assert.Equal(EventDeliveryStatus.Delivered, (await releasing.Within("CallReleased")).Status);
    }

    [Fact]
    public async Task Of_many_threads_one_establishes_and_one_releases()
    {
        CallSession call = await PopAsync();
        using var start = new ManualResetEventSlim();
        Task<bool>[] asking = [.. Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
        {
            start.Wait();
            try
            {
                _ = i % 2 == 0 ? await call.EstablishedAsync() : await call.ReleasedAsync();
                return true;
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        }))];
        start.Set();

        ScriptedClient.Sending first = await _client.NextAsync();
        first.Answer(EventDeliveryStatus.Delivered);
        if (first.Event is CallEstablishedEvent)
        {
            await _client.AnswerNextAsync("CallReleased");
        }

        bool[] done = await Task.WhenAll(asking).Within("all");
        Assert.All(done.Where((_, i) => i % 2 == 1), Assert.True);
        Assert.All(done.Where((_, i) => i % 2 == 0), established => Assert.Equal(first.Event is CallEstablishedEvent, established));
        Assert.True(_client.HasNothingNew);
    }

    [Fact]
    public async Task What_was_cancelled_before_it_was_sent_may_be_asked_for_again()
    {
        CallSession call = await PopAsync();
        using var token = new CancellationTokenSource();
        Task<EventDelivery> establishing = call.EstablishedAsync(token.Token);
        await _client.AnswerNextAsync("CallEstablished", EventDeliveryStatus.NotSent);
        await _time.TimersAsync(2);
        Task<EventDelivery> releasing = call.ReleasedAsync(token.Token);

        token.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => establishing.Within("CallEstablished"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => releasing.Within("CallReleased"));
        await AnswerAsync(call.EstablishedAsync(), "CallEstablished");
        await AnswerAsync(call.ReleasedAsync(), "CallReleased");
    }

    [Fact]
    public async Task Disposing_a_call_that_was_established_releases_it_and_waits_for_that()
    {
        CallSession call = await PopAsync();
        await AnswerAsync(call.EstablishedAsync(), "CallEstablished");

        Task disposing = call.DisposeAsync().AsTask();
        ScriptedClient.Sending released = await _client.NextAsync();

        Assert.Equal(new CallReleasedEvent { SourceId = "42" }, released.Event);
        Assert.False(disposing.IsCompleted);
        released.Answer(EventDeliveryStatus.Delivered);
        await disposing.Within("the end of the session");
        await call.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => call.EstablishedAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => call.ReleasedAsync());
        Assert.True(_client.HasNothingNew);
    }

    [Fact]
    public async Task Disposing_a_call_that_was_not_established_or_was_released_sends_nothing()
    {
        CallSession ringing = await PopAsync();
        CallSession released = await PopAsync();
        await AnswerAsync(released.EstablishedAsync(), "CallEstablished");
        await AnswerAsync(released.ReleasedAsync(), "CallReleased");

        await ringing.DisposeAsync();
        await released.DisposeAsync();

        Assert.True(_client.HasNothingNew);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => ringing.ReleasedAsync());
    }

    [Fact]
    public async Task Disposing_a_call_after_its_desktops_does_no_harm()
    {
        AgentDesktops desktops = Desktops();
        CallSession call = await PopAsync(desktops);
        await AnswerAsync(call.EstablishedAsync(), "CallEstablished");
        await desktops.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => call.ReleasedAsync());
        await call.DisposeAsync();

        Assert.True(_client.HasNothingNew);
    }

    [Fact]
    public async Task CallReleased_lives_as_long_as_the_session()
    {
        CallSession call = await PopAsync();
        _time.Advance(TimeSpan.FromHours(7));
        Task<EventDelivery> releasing = call.ReleasedAsync();
        await _client.AnswerNextAsync("CallReleased", EventDeliveryStatus.NotSent);
        await _time.TimersAsync(2);

        _time.Advance(TimeSpan.FromMinutes(59));
        ScriptedClient.Sending second = await _client.NextAsync();
        Assert.False(releasing.IsCompleted);
        _time.Advance(TimeSpan.FromMinutes(1));
        second.Answer(EventDeliveryStatus.NotSent);

        Assert.Equal(NotSentReason.Expired, (await releasing.Within("CallReleased")).Reason);
    }

    [Fact]
    public async Task In_a_call_longer_than_the_session_CallReleased_still_has_the_time_of_a_pop()
    {
        CallSession call = await PopAsync();
        _time.Advance(TimeSpan.FromHours(9));
        Task<EventDelivery> releasing = call.ReleasedAsync();
        await _client.AnswerNextAsync("CallReleased", EventDeliveryStatus.NotSent);
        await _time.TimersAsync(2);

        _time.Advance(TimeSpan.FromSeconds(14));
        ScriptedClient.Sending second = await _client.NextAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        second.Answer(EventDeliveryStatus.NotSent);

        Assert.Equal(NotSentReason.Expired, (await releasing.Within("CallReleased")).Reason);
    }

    [Fact]
    public async Task CallReleased_is_tried_once_however_long_it_had_to_wait()
    {
        AgentDesktops desktops = Desktops();
        CallSession call = await PopAsync(desktops);
        Task<EventDelivery> slow = desktops[Messages.Agent].SendAsync(new UnknownEvent("Slow"));
        ScriptedClient.Sending sending = await _client.NextAsync();
        Task<EventDelivery> releasing = call.ReleasedAsync();

        _time.Advance(TimeSpan.FromHours(9));
        sending.Answer(EventDeliveryStatus.Unknown);
        await _client.AnswerNextAsync("CallReleased", EventDeliveryStatus.NotSent);

        Assert.Equal(NotSentReason.Expired, (await releasing.Within("CallReleased")).Reason);
        _ = await slow.Within("the slow one");
    }

    private AgentDesktops Desktops() => new(_registry, _client, timeProvider: _time);

    private async Task<CallSession> PopAsync(AgentDesktops? desktops = null, EventDeliveryStatus status = EventDeliveryStatus.Delivered)
    {
        Task<CallSession> popping = (desktops ?? Desktops())[Messages.Agent].ScreenPopAsync(Messages.ScreenPop);
        await _client.AnswerNextAsync("ScreenPop", status);
        return await popping.Within("the ScreenPop");
    }

    private async Task AnswerAsync(Task<EventDelivery> sending, string eventName)
    {
        await _client.AnswerNextAsync(eventName);
        Assert.Equal(EventDeliveryStatus.Delivered, (await sending.Within(eventName)).Status);
    }
}
