using System;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Protocol.Testing;
using OracleCct.Protocol.Tests.Support;
using OracleCct.Testing.Tests.Support;
using Xunit;

namespace OracleCct.Testing.Tests;

public class FaultTests
{
    private static readonly UwqSimulatorOptions Options = new() { SlowAnswerDelay = TimeSpan.FromMilliseconds(50), SwitchedOff = ["UWQ109", "UWQ108"] };

    /// <summary>The fault, what the softphone learns, and whether EBS has the event.</summary>
    public static TheoryData<UwqFault, EventDeliveryStatus, bool> Faults => new()
    {
        { UwqFault.None, EventDeliveryStatus.Delivered, true },
        { UwqFault.Down, EventDeliveryStatus.NotSent, false },
        { UwqFault.Slow, EventDeliveryStatus.Delivered, true },
        { UwqFault.Silent, EventDeliveryStatus.Unknown, true },
        { UwqFault.Reset, EventDeliveryStatus.Unknown, false },
        { UwqFault.Status500, EventDeliveryStatus.Refused, false },
        { UwqFault.HalfAnswer, EventDeliveryStatus.Unknown, true },
    };

    [Theory, MemberData(nameof(Faults))]
    public async Task In_memory_a_softphone_learns_what_it_would_over_HTTP(UwqFault fault, EventDeliveryStatus status, bool isTaken)
    {
        await using Lines lines = Lines.Open(Options);

        await TryAsync(lines.Uwq, lines.Agent, lines.Events, fault, [status], isTaken);
    }

    [Theory, MemberData(nameof(Faults))]
    public async Task Over_HTTP_a_fault_is_what_it_says(UwqFault fault, EventDeliveryStatus status, bool isTaken)
    {
        using var client = new HttpEventClient(new HttpEventClientOptions { Timeout = fault == UwqFault.Silent ? TimeSpan.FromSeconds(3) : Deadline.Limit });
        await using UwqSimulator uwq = UwqSimulator.Start(new("http://127.0.0.1:9"), Options);

        // Whether the reset comes before the event has begun to go out is chance.
        await TryAsync(uwq, uwq.AddAgent("70002", "7001"), client, fault, fault == UwqFault.Reset ? [status, EventDeliveryStatus.NotSent] : [status], isTaken);
    }

    [Fact]
    public async Task A_fault_is_for_an_event_that_arrives_and_not_for_a_connection_that_says_nothing()
    {
        await using UwqSimulator uwq = UwqSimulator.Start(new("http://127.0.0.1:9"), Options);
        UwqAgent agent = uwq.AddAgent("70002", "7001");
        using var client = new HttpEventClient();

        agent.Fault = UwqFault.Reset;
        using TcpClient silent = await RawHttp.ConnectAsync(new($"http://{agent.EbsAddress}"));
        _ = await client.SendAsync(agent.EbsAddress, Lines.Pop("1")).Within("the outcome");
        agent.Fault = UwqFault.None;
        await WritePopAsync(silent, "2");

        Assert.Equal("2", (await agent.ExpectAsync<ScreenPopEvent>()).SourceId);
        Assert.Equal([UwqFault.Reset, UwqFault.None], uwq.Messages.Select(message => message.Fault));
    }

    [Fact]
    public async Task What_is_down_takes_nothing_on_a_connection_of_before_either()
    {
        await using UwqSimulator uwq = UwqSimulator.Start(new("http://127.0.0.1:9"), Options);
        UwqAgent agent = uwq.AddAgent("70002", "7001");
        using TcpClient before = await RawHttp.ConnectAsync(new($"http://{agent.EbsAddress}"));
        using var client = new HttpEventClient();
        _ = await client.SendAsync(agent.EbsAddress, Lines.Pop("1")).Within("the outcome"); // now the one before is accepted, too

        agent.Fault = UwqFault.Down;
        await WritePopAsync(before, "2");

        _ = await Assert.ThrowsAnyAsync<IOException>(() => before.GetStream().ReadAsync(new byte[1], 0, 1)).Within("the reset");
        Assert.Equal(["1"], agent.Calls.Select(call => call.SourceId));
    }

    [Fact]
    public async Task A_slow_answer_waits_for_the_clock()
    {
        var time = new ManualTime();
        await using Lines lines = Lines.Open(
            new() { CheckStatusInterval = System.Threading.Timeout.InfiniteTimeSpan, SlowAnswerDelay = TimeSpan.FromSeconds(3) }, time: time);
        lines.Agent.Fault = UwqFault.Slow;

        Task<EventDelivery> sending = lines.TellAsync(Lines.Pop("1"));
        await time.TimersAsync(1);
        Assert.False(sending.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(EventDeliveryStatus.Delivered, (await sending.Within("the answer")).Status);
    }

    [Fact]
    public async Task In_memory_an_answer_that_is_slower_than_a_client_waits_is_unknown()
    {
        var time = new ManualTime();
        await using Lines lines = Lines.Open(
            new() { CheckStatusInterval = System.Threading.Timeout.InfiniteTimeSpan, SlowAnswerDelay = TimeSpan.FromSeconds(11) }, time: time);
        lines.Agent.Fault = UwqFault.Slow;

        Task<EventDelivery> sending = lines.TellAsync(Lines.Pop("1"));
        await time.TimersAsync(1);
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(EventDeliveryStatus.Unknown, (await sending.Within("the end of the wait")).Status);
    }

    private static async Task WritePopAsync(TcpClient client, string id)
    {
        string body = CctXmlFormatter.Default.WriteToString(Lines.Pop(id));
        byte[] request = RawHttp.Latin1.GetBytes($"POST / HTTP/1.1\r\nContent-Type: text/xml\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        await client.GetStream().WriteAsync(request, 0, request.Length, Deadline.Token());
    }

    private static async Task TryAsync(UwqSimulator uwq, UwqAgent agent, IEventClient client, UwqFault fault, EventDeliveryStatus[] statuses, bool isTaken)
    {
        agent.Fault = fault;
        EventDelivery delivery = await client.SendAsync(agent.EbsAddress, Lines.Pop("1")).Within("the outcome");
        Assert.Contains(delivery.Status, statuses);
        if (isTaken)
        {
            Assert.Equal("1", (await agent.ExpectAsync<ScreenPopEvent>()).SourceId);
        }

        Assert.Equal(isTaken ? ["1"] : [], agent.Calls.Select(call => call.SourceId));
        Assert.All(uwq.Messages, message => Assert.Equal(fault, message.Fault));

        agent.Fault = UwqFault.None;
        Assert.Equal(EventDeliveryStatus.Delivered, (await client.SendAsync(agent.EbsAddress, Lines.Pop("2")).Within("the outcome")).Status);
        Assert.Equal("2", (await agent.ExpectAsync<ScreenPopEvent>()).SourceId);
        uwq.Verify();
    }
}
