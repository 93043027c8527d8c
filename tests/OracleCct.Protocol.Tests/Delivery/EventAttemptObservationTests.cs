using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.Delivery;

public class EventAttemptObservationTests
{
    [Fact]
    public async Task Every_request_is_observed_with_what_became_of_it()
    {
        var observer = new RecordingObserver();
        await using var hub = new ObserverHub(observer);
        using var client = new HttpEventClient(observers: hub);
        using ScriptedServer ebs = ScriptedServer.Answering(ScriptedServer.Response(500, "no"));

        EventDelivery delivery = await client.SendAsync(ebs.Address, Messages.ScreenPop, Deadline.Token());
        await hub.FlushAsync(Deadline.Token());

        EventAttemptObservation observation = Assert.IsType<EventAttemptObservation>(Assert.Single(observer.Observations));
        Assert.Equal((Messages.ScreenPop, ebs.Address, delivery), (observation.Event, observation.EbsAddress, observation.Delivery));
        Assert.Equal($"ScreenPop to {ebs.Address}: Refused (HTTP 500)", observation.ToString());
        Assert.InRange(DateTimeOffset.UtcNow - observation.At, TimeSpan.Zero, Deadline.Limit);
        Assert.InRange(observation.Duration, TimeSpan.FromTicks(1), Deadline.Limit);
    }

    [Fact]
    public async Task A_request_that_was_cancelled_is_observed_too()
    {
        var observer = new RecordingObserver();
        await using var hub = new ObserverHub(observer);
        using var client = new HttpEventClient(observers: hub);
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.SendAsync(new("127.0.0.1", 8888), Messages.ScreenPop, cancel.Token).Within("the end of the request"));
        await hub.FlushAsync(Deadline.Token());

        Assert.Equal([EventDeliveryStatus.NotSent], observer.Observations.Cast<EventAttemptObservation>().Select(observation => observation.Delivery.Status));
    }
}
