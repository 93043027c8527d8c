using System;
using System.Threading.Tasks;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.Hosting;

public class LastCheckStatusTests
{
    [Fact]
    public async Task The_time_of_the_last_CheckStatus_is_known_to_endpoint_and_listener()
    {
        var now = new DateTimeOffset(2026, 11, 22, 9, 30, 0, TimeSpan.Zero);
        var endpoint = new CalloutEndpoint(new CalloutDispatcher(new(), new InMemoryAgentRegistry()), timeProvider: new FixedTime(now));
        using var listener = new CalloutListener(endpoint);
        Assert.Equal((null, null), (endpoint.LastCheckStatusAt, listener.LastCheckStatusAt));

        _ = await endpoint.HandleAsync(Requests.Get("?FunctionName=Ready&telesetNumber=70002&agentID=7001"));
        _ = await endpoint.HandleAsync(Requests.Get("?FunctionName=CheckStatus") with { Method = "POST" });
        Assert.Null(listener.LastCheckStatusAt);

        _ = await endpoint.HandleAsync(Requests.Get("?functionname=checkstatus"));

        Assert.Equal(now, endpoint.LastCheckStatusAt);
        Assert.Equal(now, listener.LastCheckStatusAt);
        Assert.Equal(1, endpoint.RefusedCount);
    }
    [Fact]
    public async Task The_time_since_CheckStatus_does_not_change_when_the_clock_is_set()
    {
        var clock = new AdjustableClock();
        var endpoint = new CalloutEndpoint(new CalloutDispatcher(new(), new InMemoryAgentRegistry()), timeProvider: clock);
        Assert.Null(endpoint.TimeSinceCheckStatus);

        _ = await endpoint.HandleAsync(Requests.Get("?FunctionName=CheckStatus"));
        clock.Now -= TimeSpan.FromHours(1);
        clock.Elapsed += TimeSpan.FromSeconds(7);

        Assert.Equal(TimeSpan.FromSeconds(7), endpoint.TimeSinceCheckStatus);
    }

    private sealed class AdjustableClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 9, 30, 0, TimeSpan.Zero);

        public TimeSpan Elapsed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => Elapsed.Ticks;
    }
}
