using System;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Protocol.Testing;
using OracleCct.Testing.Tests.Support;
using Xunit;

namespace OracleCct.Testing.Tests;

/// <summary>What the softphone's library says in the same process stands in the failure of a test.</summary>
public class SoftphoneTraceTests
{
    private const string Title = "\n\nWhat the softphone's library reported (trace source OracleCct.Protocol):\n";

    private static readonly UwqSimulatorOptions Short = new() { ExpectationTimeout = TimeSpan.FromMilliseconds(50) };

    [Fact]
    public async Task A_handler_that_throws_is_shown_with_type_and_text_and_without_the_password()
    {
        await using UwqSimulator uwq = Start(Throwing("no line"), out _);
        UwqAgent agent = uwq.AddAgent("70002", "t1", new() { Password = new("s3cr3t") });

        var failure = await Assert.ThrowsAsync<UwqExpectationException>(() => agent.SignInAsync());

        Assert.StartsWith(
            "Expected success for Login of agent t1 at 70002, but the reply was ",
            failure.Message,
            StringComparison.Ordinal);
        Assert.Contains(
            Title + "    Login of agent t1 at 70002: Failed. The softphone could not carry out Login.\n    System.InvalidOperationException: no line ***\n",
            failure.Message,
            StringComparison.Ordinal);
        Assert.Contains("\n\nTranscript:\n", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_pop_is_shown_with_its_findings()
    {
        await using UwqSimulator uwq = Start(new CalloutHandlers(), out AgentDesktops desktops);
        UwqAgent agent = uwq.AddAgent("70002", "t2");
        CallSession call = await desktops[agent.Identity].ScreenPopAsync(Lines.Pop("1") with { ExtraFields = [new("note", "a \"quote\"")] });

        var failure = await Assert.ThrowsAsync<UwqExpectationException>(() => agent.ExpectAsync<ScreenPopEvent>());

        Assert.Contains(Title + "    ScreenPop of agent t2 at 70002: NotSent (RefusedByRules). ", failure.Message, StringComparison.Ordinal);
        Assert.NotEmpty(call.Findings);
        Assert.All(call.Findings, finding => Assert.Contains($"\n    {finding}\n", failure.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_event_that_is_not_delivered_is_shown()
    {
        await using UwqSimulator uwq = Start(new CalloutHandlers(), out AgentDesktops desktops);
        UwqAgent agent = uwq.AddAgent("70002", "t3");
        _ = await agent.RegisterAsync();
        agent.Fault = UwqFault.Status500;
        _ = await desktops[agent.Identity].ScreenPopAsync(Lines.Pop("1"));

        var failure = await Assert.ThrowsAsync<UwqExpectationException>(() => agent.ExpectAsync<CctEvent>());

        Assert.Contains(Title + "    ScreenPop of agent t3 at 70002: Refused (HTTP 500). ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_HTTP_a_request_that_fails_is_shown_too()
    {
        var registry = new InMemoryAgentRegistry();
        using var client = new HttpEventClient();
        await using var listener = new CalloutListener(new(new CalloutDispatcher(Throwing("no line"), registry)), new() { Port = 0 });
        listener.Start();
        await using UwqSimulator uwq = UwqSimulator.Start(listener.Url, Short);
        UwqAgent agent = uwq.AddAgent("70002", "t4", new() { Password = new("s3cr3t") });
        agent.Fault = UwqFault.Status500;
        _ = await agent.LoginAsync();
        _ = await client.SendAsync(agent.EbsAddress, Lines.Pop("1"));

        var failure = await Assert.ThrowsAsync<UwqExpectationException>(() => agent.ExpectAsync<CctEvent>());

        Assert.Contains("\n    System.InvalidOperationException: no line ***\n", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"\n    ScreenPop to {agent.EbsAddress}: Refused (HTTP 500)\n", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_simulators_with_the_same_agent_do_not_mix()
    {
        await using UwqSimulator first = Start(Throwing("first line"), out AgentDesktops desktops);
        await using UwqSimulator second = Start(new CalloutHandlers().Accept<LoginCallout>(), out AgentDesktops others);
        UwqAgent agent = first.AddAgent("70002", "t5");
        UwqAgent other = second.AddAgent("70002", "t5");
        _ = await agent.RegisterAsync();
        _ = await other.RegisterAsync();
        agent.Fault = UwqFault.Status500;
        _ = await agent.LoginAsync();
        _ = await other.LoginAsync();
        _ = await desktops[agent.Identity].ScreenPopAsync(Lines.Pop("1"));
        _ = await others[other.Identity].ScreenPopAsync(Lines.Pop("2"));

        string ofFirst = (await Assert.ThrowsAsync<UwqExpectationException>(() => agent.ExpectAsync<CctEvent>())).Message;
        string ofSecond = Assert.Throws<UwqExpectationException>(second.Verify).Message;

        Assert.Contains("first line", ofFirst, StringComparison.Ordinal);
        Assert.Contains("Refused (HTTP 500)", ofFirst, StringComparison.Ordinal);
        Assert.DoesNotContain(Title, ofSecond, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_simulators_with_other_agents_do_not_mix()
    {
        await using UwqSimulator first = Start(Throwing("first line"), out AgentDesktops desktops);
        await using UwqSimulator second = Start(Throwing("second line"), out AgentDesktops others);
        UwqAgent agent = first.AddAgent("70002", "t6");
        UwqAgent other = second.AddAgent("700021", "t6");
        _ = await agent.LoginAsync();
        _ = await other.LoginAsync();
        _ = await desktops[agent.Identity].ScreenPopAsync(Lines.Pop("1"));
        _ = await others[other.Identity].ScreenPopAsync(Lines.Pop("2"));

        string ofFirst = (await Assert.ThrowsAsync<UwqExpectationException>(() => agent.ExpectAsync<CctEvent>())).Message;
        string ofSecond = (await Assert.ThrowsAsync<UwqExpectationException>(() => other.ExpectAsync<CctEvent>())).Message;

        Assert.Contains("first line", ofFirst, StringComparison.Ordinal);
        Assert.Contains("ScreenPop of agent t6 at 70002: NotSent (NotRegistered)", ofFirst, StringComparison.Ordinal);
        Assert.DoesNotContain("700021", ofFirst, StringComparison.Ordinal);
        Assert.Contains("second line", ofSecond, StringComparison.Ordinal);
        Assert.DoesNotContain("agent t6 at 70002:", ofSecond, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_is_refused_is_shown()
    {
        await using UwqSimulator uwq = Start(new CalloutHandlers(), out _);
        UwqAgent agent = uwq.AddAgent("70002", "t7");
        _ = await uwq.SendQueryAsync("FunctionName=Ready&telesetNumber=70002&nothing=t7t7");

        var failure = await Assert.ThrowsAsync<UwqExpectationException>(() => agent.ExpectAsync<CctEvent>());

        Assert.Contains(Title + "    Callout: Unreadable. ", failure.Message, StringComparison.Ordinal);
    }

    private static CalloutHandlers Throwing(string text) =>
        new CalloutHandlers().HandleAsync<LoginCallout>((login, _, _) => throw new InvalidOperationException($"{text} {login.AgentPassword.Reveal()}"));

    private static UwqSimulator Start(CalloutHandlers handlers, out AgentDesktops desktops)
    {
        AgentDesktops? made = null;
        UwqSimulator uwq = UwqSimulator.StartInMemory(
            client =>
            {
                var registry = new InMemoryAgentRegistry();
                made = new(registry, client);
                return new(new CalloutDispatcher(handlers, registry));
            },
            Short);
        desktops = made!;
        return uwq;
    }
}
