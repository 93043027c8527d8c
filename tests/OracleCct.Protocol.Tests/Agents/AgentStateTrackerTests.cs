using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.Agents;

public class AgentStateTrackerTests
{
    private readonly AgentStateTracker _states = new();
    private CalloutReply _reply = CalloutReply.Success;
    private bool _throws;
    private bool _isLate;

    [Theory]
    [InlineData("", AgentAvailability.NeverReady)]
    [InlineData("Register Login", AgentAvailability.NeverReady)]
    [InlineData("Ready", AgentAvailability.Available)]
    [InlineData("Ready Login Register CheckStatus MakeCall", AgentAvailability.Available)]
    [InlineData("NotReady", AgentAvailability.NotReady)]
    [InlineData("Ready NotReady", AgentAvailability.NotReady)]
    [InlineData("Ready NotReady Ready", AgentAvailability.Available)]
    [InlineData("Ready Logout", AgentAvailability.LoggedOut)]
    [InlineData("Ready Logout Login", AgentAvailability.LoggedOut)]
    [InlineData("Ready Unregister", AgentAvailability.NeverReady)]
    [InlineData("Ready ring", AgentAvailability.CallSinceReady)]
    [InlineData("Ready ring Login Register ring", AgentAvailability.CallSinceReady)]
    [InlineData("Ready ring Ready", AgentAvailability.Available)]
    [InlineData("Ready ring NotReady", AgentAvailability.NotReady)]
    [InlineData("ring", AgentAvailability.NeverReady)]
    [InlineData("NotReady ring", AgentAvailability.NotReady)]
    [InlineData("Ready fail NotReady", AgentAvailability.Available)]
    [InlineData("Ready fail Logout", AgentAvailability.Available)]
    [InlineData("fail Ready", AgentAvailability.NeverReady)]
    [InlineData("Ready ring fail Ready", AgentAvailability.CallSinceReady)]
    [InlineData("Ready fail Unregister", AgentAvailability.NeverReady)]
    [InlineData("Ready throw Unregister", AgentAvailability.NeverReady)]
    [InlineData("throw Ready", AgentAvailability.NeverReady)]
    [InlineData("late Ready", AgentAvailability.NeverReady)]
    [InlineData("Ready late NotReady", AgentAvailability.NotReady)]
    public async Task An_agent_is_available_from_a_successful_Ready_on_until_something_ends_that(string story, AgentAvailability expected)
    {
        foreach (string step in story.Split([' '], StringSplitOptions.RemoveEmptyEntries))
        {
            await TellAsync(step);
        }

        Assert.Equal(expected, _states.AvailabilityOf(Messages.Agent));
        Assert.Equal(AgentAvailability.NeverReady, _states.AvailabilityOf(new("70003", "7001")));
    }

    [Fact]
    public async Task A_call_that_rings_while_Ready_is_being_carried_out_has_come_since()
    {
        var tracker = new AgentStateTracker();
        CalloutHandlers handlers = new CalloutHandlers().HandleAsync<ReadyCallout>((ready, _, _) =>
        {
            tracker.NoteRinging(ready.Agent);
            return new(CalloutReply.Success);
        });
        var dispatcher = new CalloutDispatcher(handlers, new InMemoryAgentRegistry(), agentStates: tracker);

        _ = await dispatcher.DispatchAsync(new ReadyCallout { TelesetNumber = "70002", AgentId = "7001" }, new() { ReceivedAt = DateTimeOffset.UtcNow });

        Assert.Equal(AgentAvailability.CallSinceReady, tracker.AvailabilityOf(Messages.Agent));
        Assert.False(tracker.TryRing(Messages.Agent));
    }

    [Fact]
    public async Task Of_many_calls_at_once_one_gets_the_agent()
    {
        for (int round = 0; round < 100; round++)
        {
            await TellAsync("Ready");
            using var start = new Barrier(4);
            bool[] got = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return _states.TryRing(Messages.Agent);
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default))).Within("all calls");

            _ = Assert.Single(got, one => one);
            Assert.Equal(AgentAvailability.CallSinceReady, _states.AvailabilityOf(Messages.Agent));
        }
    }

    private async Task TellAsync(string step)
    {
        bool isLate = _isLate;
        (CalloutReply reply, bool throws) = (_reply, _throws);
        (_reply, _throws, _isLate) = (CalloutReply.Success, false, false);
        switch (step)
        {
            case "ring":
                _states.NoteRinging(Messages.Agent);
                return;
            case "fail":
                _reply = CalloutReply.Error("no");
                return;
            case "throw":
                _throws = true;
                return;
            case "late":
                _isLate = true;
                return;
        }

        using var deadline = new CancellationTokenSource();
        CalloutHandlers handlers = new CalloutHandlers()
            .HandleAsync<RegisterCallout>((_, _, _) => Reply()).HandleAsync<UnregisterCallout>((_, _, _) => Reply())
                .HandleAsync<LoginCallout>((_, _, _) => Reply())
            .HandleAsync<LogoutCallout>((_, _, _) => Reply()).HandleAsync<ReadyCallout>((_, _, _) => Reply()).HandleAsync<NotReadyCallout>((_, _, _) => Reply())
            .HandleAsync<CheckStatusCallout>((_, _, _) => Reply()).HandleAsync<MakeCallCallout>((_, _, _) => Reply());
        var dispatcher = new CalloutDispatcher(handlers, new InMemoryAgentRegistry(), agentStates: _states);
        _ = await dispatcher.DispatchAsync(
            Named(step), new() { ReceivedAt = DateTimeOffset.UtcNow, RemoteAddress = System.Net.IPAddress.Loopback }, deadline.Token);

        ValueTask<CalloutReply> Reply()
        {
            if (isLate)
            {
                deadline.Cancel();
            }

            return throws ? throw new InvalidOperationException() : new(reply);
        }
    }

    private static Callout Named(string function) => function switch
    {
        "Register" => Messages.Register,
        "Unregister" => Messages.Unregister,
        "Login" => Messages.Login,
        "Logout" => new LogoutCallout { TelesetNumber = "70002", AgentId = "7001", AgentPassword = new("s3cret"), AgentQueue = "7700" },
        "Ready" => new ReadyCallout { TelesetNumber = "70002", AgentId = "7001" },
        "NotReady" => new NotReadyCallout { TelesetNumber = "70002", AgentId = "7001" },
        "CheckStatus" => new CheckStatusCallout(),
        "MakeCall" => Messages.MakeCall,
        _ => throw new ArgumentException(function),
    };
}
