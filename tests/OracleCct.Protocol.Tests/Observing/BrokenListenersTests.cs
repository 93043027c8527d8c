#if NET
using System;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.Observing;

/// <summary>Listeners to metrics and traces are called on the path of the messages. Those here throw, but for this test's own messages alone.</summary>
public sealed class BrokenListenersTests : IDisposable
{
    private static readonly AsyncLocal<bool> IsHere = new();

    private readonly MeterListener _meters = new();
    private readonly ActivityListener _activities = new()
    {
        ShouldListenTo = source => source.Name == "OracleCct.Protocol",
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => IsHere.Value ? throw new InvalidOperationException("trace") : ActivitySamplingResult.None,
    };

    private int _thrown;

    public BrokenListenersTests()
    {
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "OracleCct.Protocol")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((_, _, _, _) => Throw());
        _meters.SetMeasurementEventCallback<double>((_, _, _, _) => Throw());
        _meters.Start();
        ActivitySource.AddActivityListener(_activities);
        IsHere.Value = true;
    }

    public void Dispose()
    {
        IsHere.Value = false;
        _meters.Dispose();
        _activities.Dispose();
    }

    [Fact]
    public async Task A_callout_is_answered_though_they_throw()
    {
        var endpoint = new CalloutEndpoint(new CalloutDispatcher(new CalloutHandlers(), new InMemoryAgentRegistry()));

        CalloutResponse response = await endpoint.HandleAsync(Requests.Get("?FunctionName=CheckStatus"));

        Assert.Equal((200, true), (response.StatusCode, response.Body.IsEmpty));
        Assert.True(_thrown > 0);
    }

    [Fact]
    public async Task An_agents_events_go_out_though_they_throw()
    {
        var registry = new InMemoryAgentRegistry();
        await registry.RegisterAsync(Messages.Agent, new("127.0.0.1", 8888));
        var client = new ScriptedClient();
        await using var desktops = new AgentDesktops(registry, client);

        for (int i = 0; i < 3; i++)
        {
            Task<CallSession> popping = desktops[Messages.Agent].ScreenPopAsync(Messages.ScreenPop with { SourceId = $"{i}" });
            await client.AnswerNextAsync("ScreenPop");
            Assert.Equal(EventDeliveryStatus.Delivered, (await popping.Within("the pop")).ScreenPop.Status);
        }

        Assert.True(_thrown > 0);
    }

    private void Throw()
    {
        if (IsHere.Value)
        {
            _ = Interlocked.Increment(ref _thrown);
            throw new InvalidOperationException("metric");
        }
    }
}
#endif
