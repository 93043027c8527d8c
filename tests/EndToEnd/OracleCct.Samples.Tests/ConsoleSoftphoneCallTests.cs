using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Protocol.Testing;
using OracleCct.Samples.Tests.Running;
using Xunit;

namespace OracleCct.Samples.Tests;

public class ConsoleSoftphoneCallTests
{
    [Theory, OnNet, OnNetFramework]
    public async Task A_whole_conversation_and_no_password_on_the_console(Framework framework)
    {
        await using RunningSoftphone softphone = await RunningSoftphone.StartAsync(framework, "--answer-after", "20", "--talk-for", "20");
        await softphone.RegisterAsync();
        Assert.Null(await softphone.LogInAsync());
        Assert.Null(await softphone.CallOutAsync(new ReadyCallout { TelesetNumber = "70002", AgentId = "7001" }));
        Assert.Null(await softphone.CallOutAsync(new CheckStatusCallout()));

        Assert.Null(await softphone.MakeCallAsync("+1 (415) 555-0100"));
        var pop = await softphone.NextEventAsync<ScreenPopEvent>();
        Assert.Equal(new ScreenPopEvent { SourceId = pop.SourceId, Ani = "14155550100", Dnis = "70002" }, pop);
        Assert.Equal(pop.SourceId, (await softphone.NextEventAsync<CallEstablishedEvent>()).SourceId);
        Assert.Equal(pop.SourceId, (await softphone.NextEventAsync<CallReleasedEvent>()).SourceId);

        Assert.Equal("\"Zoë\" is not a telephone number. Use digits and the usual separators.", await softphone.MakeCallAsync("Zoë"));
        Assert.Equal("\"\" is not a telephone number. Use digits and the usual separators.", await softphone.MakeCallAsync(""));
        Assert.Equal("The softphone does not know the function \"Hold\".", await softphone.CallOutAsync(new UnknownCallout("Hold")));

        Assert.Null(await softphone.CallOutAsync(new NotReadyCallout { TelesetNumber = "70002", AgentId = "7001" }));
        Assert.Null(await softphone.LogOutAsync());
        Assert.Null(await softphone.CallOutAsync(new UnregisterCallout { TelesetNumber = "70002", AgentId = "7001" }));
        _ = await softphone.AskAsync("status", "No agent is registered.");
        await softphone.TypeAsync("quit");
        Assert.Equal(0, await softphone.Process.ExitAsync());

        Assert.Contains("Login of agent 7001 at 70002 to queue 7700: done", softphone.Process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", softphone.Process.Output + softphone.Process.Errors, StringComparison.Ordinal);
    }

    [Theory, OnNet, OnNetFramework]
    public async Task An_incoming_call_rings_until_it_is_answered_and_lasts_until_one_side_hangs_up(Framework framework)
    {
        await using RunningSoftphone softphone = await RunningSoftphone.StartAsync(framework);
        await softphone.RegisterAsync();

        await softphone.TypeAsync("ring +14155550199");
        var pop = await softphone.NextEventAsync<ScreenPopEvent>();
        Assert.Equal(new ScreenPopEvent { SourceId = pop.SourceId, Ani = "14155550199", Dnis = "70002" }, pop);
        Assert.Contains("Delivered (HTTP 200)", await softphone.Process.LineAsync("ScreenPop"), StringComparison.Ordinal);

        await softphone.TypeAsync("answer");
        Assert.Equal(pop.SourceId, (await softphone.NextEventAsync<CallEstablishedEvent>()).SourceId);
        _ = await softphone.AskAsync("answer", "No call is ringing.");

        await softphone.TypeAsync("hangup");
        Assert.Equal(pop.SourceId, (await softphone.NextEventAsync<CallReleasedEvent>()).SourceId);
        _ = await softphone.AskAsync("hangup", "There is no call.");
    }

    [Theory, OnNet, OnNetFramework]
    public async Task A_call_can_be_answered_early_and_ends_automatically_after_its_time(Framework framework)
    {
        await using RunningSoftphone softphone = await RunningSoftphone.StartAsync(framework, "--answer-after", "2147483647", "--talk-for", "1");
        await softphone.RegisterAsync();
        Assert.Null(await softphone.MakeCallAsync("4155550100"));
        _ = await softphone.NextEventAsync<ScreenPopEvent>();

        await softphone.TypeAsync("answer");

        _ = await softphone.NextEventAsync<CallEstablishedEvent>();
        _ = await softphone.NextEventAsync<CallReleasedEvent>();
    }

    [Theory, OnNet, OnNetFramework]
    public async Task Of_many_calls_at_once_an_agent_gets_one(Framework framework)
    {
        await using RunningSoftphone softphone = await RunningSoftphone.StartAsync(framework);
        await softphone.RegisterAsync();

        IEnumerable<string> numbers = Enumerable.Range(0, 16).Select(i => "415555" + i.ToString("0000", CultureInfo.InvariantCulture));
        string?[] replies = await Task.WhenAll(numbers.Select(softphone.MakeCallAsync));

        Assert.Single(replies, reply => reply is null);
        Assert.All(
            replies.Where(reply => reply is not null),
            reply => Assert.StartsWith("The phone of agent 7001 at 70002 is busy with call ", reply, StringComparison.Ordinal));
        _ = await softphone.NextEventAsync<ScreenPopEvent>();
        _ = await softphone.NextEventAsync<CallEstablishedEvent>();
    }

    [Theory, OnNet, OnNetFramework]
    public async Task Call_IDs_are_short_and_do_not_repeat_after_a_restart(Framework framework)
    {
        string first = await IdOfFirstCallAsync(framework);
        string second = await IdOfFirstCallAsync(framework);

        Assert.NotEqual(first, second);
        Assert.InRange(first.Length, 1, 30);
    }

    [Theory, OnNet, OnNetFramework]
    public async Task Two_calls_of_an_agent_have_different_ids(Framework framework)
    {
        await using RunningSoftphone softphone = await RunningSoftphone.StartAsync(framework, "--answer-after", "0", "--talk-for", "1");
        await softphone.RegisterAsync();
        Assert.Null(await softphone.MakeCallAsync("4155550100"));
        _ = await softphone.NextEventAsync<ScreenPopEvent>();
        _ = await softphone.NextEventAsync<CallEstablishedEvent>();
        string first = (await softphone.NextEventAsync<CallReleasedEvent>()).SourceId;

        // Another number, because a dial of the same number would be treated as a repetition.
        Assert.Null(await softphone.MakeCallAsync("4155550101"));

        Assert.NotEqual(first, (await softphone.NextEventAsync<ScreenPopEvent>()).SourceId);
    }

    [Theory, OnNet, OnNetFramework]
    public async Task A_call_makes_its_agent_not_ready_until_the_next_Ready(Framework framework)
    {
        await using RunningSoftphone softphone = await RunningSoftphone.StartAsync(framework);
        await softphone.RegisterAsync();
        Assert.Null(await softphone.LogInAsync());
        Assert.EndsWith(", not ready, no call", await AgentStatusAsync(), StringComparison.Ordinal);

        var ready = new ReadyCallout { TelesetNumber = "70002", AgentId = "7001" };
        Assert.Null(await softphone.CallOutAsync(ready));
        Assert.Equal($"agent 7001 at 70002: events to {softphone.Ebs.EbsAddress}, ready, no call", await AgentStatusAsync());

        await softphone.TypeAsync("ring 4155550199");
        string id = (await softphone.NextEventAsync<ScreenPopEvent>()).SourceId;
        Assert.EndsWith($", not ready, call {id} from 4155550199 (ringing)", await AgentStatusAsync(), StringComparison.Ordinal);

        await softphone.TypeAsync("answer");
        _ = await softphone.NextEventAsync<CallEstablishedEvent>();
        Assert.EndsWith($", not ready, call {id} from 4155550199 (talking)", await AgentStatusAsync(), StringComparison.Ordinal);

        await softphone.TypeAsync("hangup");
        _ = await softphone.NextEventAsync<CallReleasedEvent>();
        Assert.EndsWith(", not ready, no call", await AgentStatusAsync(), StringComparison.Ordinal);
        _ = await softphone.AskAsync("ring 4155550199", "The call rings, but agent 7001 at 70002 was not ready. An ACD would not have routed it there.");

        Assert.Null(await softphone.CallOutAsync(ready));
        Assert.Contains(", ready, call ", await AgentStatusAsync(), StringComparison.Ordinal);

        Task<string> AgentStatusAsync() => softphone.AskAsync("status", "events to 127.0.0.1:");
    }

    [Theory, OnNet, OnNetFramework]
    public async Task An_undeliverable_event_is_reported_and_has_no_other_effect(Framework framework)
    {
        await using RunningSoftphone softphone = await RunningSoftphone.StartAsync(framework);
        await softphone.RegisterAsync();
        softphone.Ebs.Fault = UwqFault.Down;

        await softphone.TypeAsync("ring 4155550199");

        Assert.EndsWith(": NotSent (Expired)", await softphone.Process.LineAsync("ScreenPop"), StringComparison.Ordinal);
        await softphone.TypeAsync("hangup");
        Assert.EndsWith(": NotSent (NoScreenPop)", await softphone.Process.LineAsync("CallReleased"), StringComparison.Ordinal);
    }

    [Theory, OnNet, OnNetFramework]
    public async Task A_call_of_an_unregistered_agent_takes_place_without_events(Framework framework)
    {
        await using RunningSoftphone softphone = await RunningSoftphone.StartAsync(framework);

        Assert.Null(await softphone.MakeCallAsync("4155550100"));

        Assert.EndsWith(": not sent, because agent 7001 at 70002 is not registered", await softphone.Process.LineAsync("ScreenPop"), StringComparison.Ordinal);
        string status = await softphone.AskAsync("status", "not registered, ");
        Assert.StartsWith("agent 7001 at 70002: not registered, not ready, call ", status, StringComparison.Ordinal);
    }

    private static async Task<string> IdOfFirstCallAsync(Framework framework)
    {
        await using RunningSoftphone softphone = await RunningSoftphone.StartAsync(framework);
        await softphone.RegisterAsync();
        Assert.Null(await softphone.MakeCallAsync("4155550100"));
        return (await softphone.NextEventAsync<ScreenPopEvent>()).SourceId;
    }
}
