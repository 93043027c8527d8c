using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Protocol.Testing;
using OracleCct.Protocol.Tests.Support;
using OracleCct.Testing.Tests.Support;
using Xunit;

namespace OracleCct.Testing.Tests;

public class ExpectationTests
{
    private const string Pop1 =
        """<CCTSDK><event name="ScreenPop"><data name="occtSourceID" value="1"/>"""
        + """<data name="occtANI" value="4155550100"/><data name="occtDNIS" value="70002"/></event></CCTSDK>""";

    [Fact]
    public async Task The_wrong_event_fails_at_once_and_shows_what_happened()
    {
        await using Lines lines = Open();
        _ = await lines.Agent.RegisterAsync();
        _ = await lines.TellAsync(Lines.Pop("1"));

        var failure = await Assert.ThrowsAsync<UwqExpectationException>(() => lines.Agent.ExpectAsync<CallEstablishedEvent>());

        Assert.Equal(
            $"""
            Expected CallEstablished of agent 7001 at 70002, but ScreenPop came next, at 09:00:00.000.

            Transcript:
            09:00:00.000 EBS -> softphone, agent 7001 at 70002, Register: 200 Success
                FunctionName=Register&telesetNumber=70002&agentID=7001&ipAddress=127.0.0.1&port=20000
            09:00:00.000 softphone -> EBS, agent 7001 at 70002, ScreenPop
                {Pop1}
            """.Replace("\r", ""),
            failure.Message);
    }

    [Fact]
    public async Task An_event_that_does_not_meet_the_condition_fails_at_once()
    {
        await using Lines lines = Open();
        _ = await lines.TellAsync(Lines.Pop("1"));

        var failure = await Assert.ThrowsAsync<UwqExpectationException>(() => lines.Agent.ExpectAsync<ScreenPopEvent>(pop => pop.Ani == "4155550199"));

        Assert.StartsWith(
            "Expected ScreenPop of agent 7001 at 70002 that meets the condition, but the next one, received at 09:00:00.000, does not.\n\nTranscript:\n",
            failure.Message);
        Assert.Contains("\n    ! UWQ109 warning (agent 7001 at 70002): EBS has not registered the agent", failure.Message);
    }

    [Fact]
    public async Task No_event_in_time_fails()
    {
        await using Lines lines = Open(TimeSpan.FromMilliseconds(50));

        var failure = await Assert.ThrowsAsync<UwqExpectationException>(() => lines.Agent.ExpectAsync<CctEvent>());

        Assert.Equal(
            "Expected an event of agent 7001 at 70002, but none came within 0.05 s.\n\nTranscript:\nNo message has crossed the wire.", failure.Message);
    }

    [Fact]
    public async Task A_document_that_cannot_be_read_fails_with_the_doctors_advice()
    {
        await using UwqSimulator uwq = UwqSimulator.Start(new("http://127.0.0.1:9"));
        UwqAgent agent = uwq.AddAgent("70002", "7001");
        const string Body = "<CCTSDK><event name=ScreenPop></event></CCTSDK>";
        _ = await RawHttp.SendAsync(
            new($"http://{agent.EbsAddress}"), $"POST / HTTP/1.1\r\nContent-Length: {Body.Length}\r\nContent-Type: text/xml\r\n\r\n{Body}");

        var failure = await Assert.ThrowsAsync<UwqExpectationException>(() => agent.ExpectAsync<ScreenPopEvent>());

        Assert.StartsWith("Expected ScreenPop of agent 7001 at 70002, but the next message is not a single readable event.\n", failure.Message);
        Assert.Contains("\n    ! UWQ010 error (agent 7001 at 70002): The document cannot be read: ", failure.Message);
        Assert.Contains("quotes", failure.Message);
    }

    [Fact]
    public async Task Events_are_taken_in_their_order_by_who_waits_for_them()
    {
        await using Lines lines = Open();
        Task<ScreenPopEvent> first = lines.Agent.ExpectAsync<ScreenPopEvent>();
        Task<CallReleasedEvent> second = lines.Agent.ExpectAsync<CallReleasedEvent>();
        using var cancel = new CancellationTokenSource();
        Task<CctEvent> third = lines.Agent.ExpectAsync<CctEvent>(cancellationToken: cancel.Token);

        _ = await lines.TellAsync(Lines.Pop("1"));
        _ = await lines.TellAsync(Lines.Released("1"));
        cancel.Cancel();

        Assert.Equal("1", (await first.Within("the pop")).SourceId);
        Assert.Equal("1", (await second.Within("the release")).SourceId);
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);
        _ = await lines.TellAsync(Lines.Pop("2"));
        Assert.Equal("2", (await lines.Agent.ExpectAsync<ScreenPopEvent>()).SourceId);
    }

    [Fact]
    public async Task Verify_names_every_problem_and_every_event_that_nobody_expected()
    {
        await using Lines lines = Open();
        lines.Uwq.Verify();
        _ = await lines.Agent.RegisterAsync();
        _ = await lines.TellAsync(Lines.Established("1"));

        var failure = Assert.Throws<UwqExpectationException>(lines.Uwq.Verify);

        const string Problem = "UWQ103 error (agent 7001 at 70002): The call 1 has had no ScreenPop, so EBS does not know it. Send the ScreenPop "
            + "first, with the same id.";
        Assert.StartsWith(
            $"""
            Problems: 1
                {Problem}
            Unexpected events: 1
                09:00:00.000 softphone -> EBS, agent 7001 at 70002, CallEstablished

            Transcript:
            09:00:00.000 EBS
            """.Replace("\r", ""),
            failure.Message);
        Assert.EndsWith("\n    ! " + Problem, failure.Message);
    }

    [Fact]
    public async Task Verify_counts_the_events_of_an_agent_who_is_gone()
    {
        await using Lines lines = Lines.Open(new() { SwitchedOff = ["UWQ109"] });
        _ = await lines.TellAsync(Lines.Pop("1"));
        Assert.True(await lines.Uwq.RemoveAgentAsync(lines.Agent));

        Assert.StartsWith("Unexpected events: 1\n", Assert.Throws<UwqExpectationException>(lines.Uwq.Verify).Message);

        _ = await lines.Agent.ExpectAsync<ScreenPopEvent>();
        lines.Uwq.Verify();
    }

    [Fact]
    public async Task Of_agents_who_are_gone_no_more_events_are_kept_than_of_one_and_Verify_says_so()
    {
        await using Lines lines = Lines.Open(new() { SwitchedOff = ["UWQ109"], MaxMessages = 2 });
        UwqAgent other = lines.Uwq.AddAgent("70003", "7002");
        _ = await lines.TellAsync(Lines.Pop("1"));
        _ = await lines.TellAsync(Lines.Released("1"));
        _ = await lines.TellAsync(Lines.Pop("2"), other);
        _ = await lines.Uwq.RemoveAgentAsync(lines.Agent);
        _ = await lines.Uwq.RemoveAgentAsync(other);

        string failure = Assert.Throws<UwqExpectationException>(lines.Uwq.Verify).Message;
        Assert.Contains("UWQ302 error (agent 7001 at 70002)", failure);
        Assert.Contains("Unexpected events: 1\n", failure);
    }

    [Fact]
    public async Task Signing_in_fails_with_the_reply()
    {
        await using Lines lines = Lines.Open(reply: callout => callout is LoginCallout ? CalloutReply.Error("Unknown agent.") : CalloutReply.Success);

        var failure = await Assert.ThrowsAsync<UwqExpectationException>(() => lines.Agent.SignInAsync());

        Assert.StartsWith("Expected success for Login of agent 7001 at 70002, but the reply was 200 Error: Unknown agent.\n", failure.Message);
    }

    [Fact]
    public async Task A_call_is_known_by_its_events()
    {
        await using Lines lines = Open();
        _ = await lines.TellAsync(Lines.Pop("1"));
        Assert.Equal(UwqCallState.Popped, Assert.Single(lines.Agent.Calls).State);
        _ = await lines.TellAsync(Lines.Established("1"));
        Assert.Equal(UwqCallState.Established, Assert.Single(lines.Agent.Calls).State);
        _ = await lines.TellAsync(Lines.Released("1"));
        _ = await lines.TellAsync(Lines.Released("2"));

        Assert.Equal([("1", UwqCallState.Released), ("2", UwqCallState.Released)], lines.Agent.Calls.Select(call => (call.SourceId, call.State)));
        Assert.Equal("4155550100", lines.Agent.Calls[0].ScreenPop?.Ani);
        Assert.Equal(["ScreenPop", "CallEstablished", "CallReleased"], lines.Agent.Calls[0].Messages.Select(message => message.Name));
        Assert.Null(lines.Agent.Calls[1].ScreenPop);
    }

    private static Lines Open(TimeSpan? timeout = null) => Lines.Open(new() { ExpectationTimeout = timeout ?? Deadline.Limit }, time: new ManualTime());
}
