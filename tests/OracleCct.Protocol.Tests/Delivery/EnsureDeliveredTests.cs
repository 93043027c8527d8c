using System;
using System.IO;
using System.Net;
using System.Threading.Tasks;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.Delivery;

public class EnsureDeliveredTests
{
    [Fact]
    public void What_was_delivered_is_returned()
    {
        var delivery = new EventDelivery(EventDeliveryStatus.Delivered, httpStatus: HttpStatusCode.OK);

        Assert.Same(delivery, delivery.EnsureDelivered());
    }

    [Theory]
    [InlineData(
        EventDeliveryStatus.Unknown, null, null,
        "The event was not delivered: Unknown. EBS may have received it: a ScreenPop that is sent again may open a second window.")]
    [InlineData(EventDeliveryStatus.Refused, null, 500, "The event was not delivered: Refused (HTTP 500). EBS, or another server at its address, "
        + "answered with an error: sending the same event again rarely helps.")]
    [InlineData(
        EventDeliveryStatus.NotSent, NotSentReason.Unreachable, null,
        "The event was not delivered: NotSent (Unreachable). EBS could not be reached. Sending it again is safe.")]
    [InlineData(
        EventDeliveryStatus.NotSent, NotSentReason.NotRegistered, null,
        "The event was not delivered: NotSent (NotRegistered). EBS has not registered the agent: send events after Register.")]
    [InlineData(EventDeliveryStatus.NotSent, null, null, "The event was not delivered: NotSent. EBS could not be reached. Sending it again is safe.")]
    public void What_was_not_is_an_exception_that_says_why_and_keeps_the_outcome(
        EventDeliveryStatus status, NotSentReason? reason, int? httpStatus, string message)
    {
        var cause = new IOException("s3cret");
        var delivery = new EventDelivery(status, reason, (HttpStatusCode?)httpStatus, "s3cret", cause);

        EventNotDeliveredException exception = Assert.Throws<EventNotDeliveredException>(delivery.EnsureDelivered);

        Assert.Equal(message, exception.Message);
        Assert.Same(delivery, exception.Delivery);
        Assert.Same(cause, exception.InnerException);
        Assert.Empty(exception.Findings);
    }

    [Fact]
    public async Task A_pop_that_the_rules_refused_says_which_and_why()
    {
        await using var desktops = new AgentDesktops(new InMemoryAgentRegistry(), new ScriptedClient());
        ScreenPopEvent pop = Messages.ScreenPop with { ExtraFields = [new("note", "say \"hello\"")] };
        CallSession call = await desktops[Messages.Agent].ScreenPopAsync(pop).Within("the refusal");

        EventNotDeliveredException exception = Assert.Throws<EventNotDeliveredException>(call.EnsureDelivered);

        Assert.StartsWith(
            "The ScreenPop of the call 42 of agent 7001 at 70002 was not delivered: NotSent (RefusedByRules). The rules for screen pops refused it: "
            + "correct it as the findings say.\nCCT",
            exception.Message,
            StringComparison.Ordinal);
        Assert.All(call.Findings, finding => Assert.Contains($"\n{finding}", exception.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("hello", exception.Message, StringComparison.Ordinal);
        Assert.Equal((call.ScreenPop, call.Findings), (exception.Delivery, exception.Findings));
    }

    [Fact]
    public async Task A_pop_that_was_delivered_returns_its_session()
    {
        var registry = new InMemoryAgentRegistry();
        await registry.RegisterAsync(Messages.Agent, new("127.0.0.1", 8888));
        var client = new ScriptedClient();
        await using var desktops = new AgentDesktops(registry, client);
        Task<CallSession> popping = desktops[Messages.Agent].ScreenPopAsync(Messages.ScreenPop);
        await client.AnswerNextAsync("ScreenPop");
        CallSession call = await popping.Within("the ScreenPop");

        Assert.Same(call, call.EnsureDelivered());
    }

    [Fact]
    public void An_exception_without_an_outcome_is_a_mistake() => Assert.Throws<ArgumentNullException>(() => new EventNotDeliveredException(null!));

    [Fact]
    public void Options_and_outcomes_can_be_made_without_init()
    {
        Assert.Equal(new AgentDesktopOptions(), new AgentDesktopOptions(queueCapacity: null));
        Assert.Equal(new AgentDesktopOptions { QueueCapacity = 3, RetryUnknown = true }, new AgentDesktopOptions(queueCapacity: 3, retryUnknown: true));
        Assert.Equal(new HttpEventClientOptions(), new HttpEventClientOptions(scheme: null));
        Assert.Equal(new HttpEventClientOptions { Path = "/cct", MaxResponseLength = 1 }, new HttpEventClientOptions(path: "/cct", maxResponseLength: 1));
        Assert.Throws<ArgumentException>(() => new HttpEventClientOptions("ftp"));
        Assert.Equal(
            new EventDelivery { Status = EventDeliveryStatus.NotSent, Reason = NotSentReason.Closed },
            new EventDelivery(EventDeliveryStatus.NotSent, NotSentReason.Closed));
    }
}
