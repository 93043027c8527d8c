using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Protocol.Testing;
using OracleCct.Protocol.Tests.Support;
using OracleCct.Testing.Tests.Support;
using Xunit;

namespace OracleCct.Testing.Tests;

public class BadInputTests
{
    [Theory]
    [InlineData("https://localhost:3107")]
    [InlineData("/softphone")]
    [InlineData("http://localhost:3107/?a=b")]
    [InlineData("http://me@localhost:3107/")]
    [InlineData("http://localhost:3107/#top")]
    public void A_softphone_has_a_plain_http_URL(string url) =>
        Assert.StartsWith(
            "The URL of the softphone is not valid", Assert.Throws<ArgumentException>(() => UwqSimulator.Start(new(url, UriKind.RelativeOrAbsolute))).Message);

    [Fact]
    public void The_constructors_of_options_set_each_property_and_null_keeps_the_default()
    {
        static void OnMessage(UwqMessage message)
        {
        }

        TimeSpan time = TimeSpan.FromSeconds(1);
        Assert.Equal(
            new UwqSimulatorOptions
            {
                QueryEncoding = UwqQueryEncoding.Percent,
                RepeatAfterDeadConnection = false,
                CheckStatusInterval = time,
                CalloutTimeout = time + time,
                ExpectationTimeout = time + time + time,
                Forms = EbsForms.Collections,
                SwitchedOff = ["UWQ108"],
                SlowAnswerDelay = TimeSpan.FromSeconds(4),
                MaxMessages = 5,
                OnMessage = OnMessage,
            },
            new UwqSimulatorOptions(
                UwqQueryEncoding.Percent, false, time, time + time, time + time + time, EbsForms.Collections, ["UWQ108"], TimeSpan.FromSeconds(4), 5,
                OnMessage));
        Assert.Equal(new UwqSimulatorOptions(), new UwqSimulatorOptions(maxMessages: null));
        var password = new AgentPassword("s3cret");
        Assert.Equal(new UwqAgentOptions { Password = password, Queue = "7701", EbsPort = 8888 }, new UwqAgentOptions(password, "7701", 8888));
        Assert.Equal("7700", new UwqAgentOptions(queue: null).Queue);
    }

    [Fact]
    public async Task Null_is_an_error()
    {
        await using Lines lines = Lines.Open();

        _ = Assert.Throws<ArgumentNullException>(() => UwqSimulator.Start(null!));
        _ = Assert.Throws<ArgumentNullException>(() => UwqSimulator.StartInMemory(null!));
        _ = Assert.Throws<ArgumentException>(() => UwqSimulator.StartInMemory(_ => null!));
        _ = Assert.Throws<ArgumentNullException>(() => lines.Uwq.AddAgent(null!, "7001"));
        _ = await Assert.ThrowsAsync<ArgumentNullException>(() => lines.Uwq.SendAsync(null!));
        _ = await Assert.ThrowsAsync<ArgumentNullException>(() => lines.Uwq.SendQueryAsync(null!));
        _ = await Assert.ThrowsAsync<ArgumentNullException>(() => lines.Uwq.RemoveAgentAsync(null!));
        _ = await Assert.ThrowsAsync<ArgumentNullException>(() => lines.Agent.MakeCallAsync(null!));
        _ = await Assert.ThrowsAsync<ArgumentException>(() => lines.Uwq.SendQueryAsync("a=b\r\nX: y"));
    }

    [Fact]
    public void Options_are_checked()
    {
        _ = Assert.Throws<ArgumentException>(() => new UwqSimulatorOptions { SwitchedOff = ["UWQ999"] });
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => new UwqSimulatorOptions { CalloutTimeout = TimeSpan.Zero });
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => new UwqSimulatorOptions { MaxMessages = 0 });
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => new UwqSimulatorOptions { QueryEncoding = (UwqQueryEncoding)9 });
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => new UwqAgentOptions { EbsPort = 65536 });
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => new UwqSimulatorOptions { Forms = EbsForms.None });
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => new UwqSimulatorOptions { Forms = (EbsForms)16 });
        _ = Assert.Throws<ArgumentNullException>(() => new UwqAgentOptions { Password = null! });
        Assert.Equal(Timeout.InfiniteTimeSpan, new UwqSimulatorOptions { CheckStatusInterval = Timeout.InfiniteTimeSpan }.CheckStatusInterval);
    }

    [Fact]
    public async Task There_is_an_agent_once()
    {
        await using Lines lines = Lines.Open();

        Assert.Equal(
            "The simulator already has agent 7001 at 70002. Use another id or extension.",
            Assert.Throws<ArgumentException>(() => lines.Uwq.AddAgent("70002", "7001")).Message);
        Assert.True(await lines.Uwq.RemoveAgentAsync(lines.Agent));
        Assert.False(await lines.Uwq.RemoveAgentAsync(lines.Agent));
        Assert.Equal(EventDeliveryStatus.NotSent, (await lines.TellAsync(Lines.Pop("1"))).Status);
        Assert.NotSame(lines.Agent, lines.Uwq.AddAgent("70002", "7001"));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_one_clear_error()
    {
        var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        try
        {
            int port = ((IPEndPoint)taken.LocalEndpoint).Port;
            await using UwqSimulator uwq = UwqSimulator.Start(new("http://127.0.0.1:9"));
            string expected = $"Port {port} cannot be opened for the events of agent 7001 at 70002: ";

            Assert.StartsWith(expected, Assert.Throws<IOException>(() => uwq.AddAgent("70002", "7001", new() { EbsPort = port })).Message);
            Assert.Empty(uwq.Agents);
        }
        finally
        {
            taken.Stop();
        }
    }

    [Fact]
    public async Task In_memory_too_two_agents_cannot_have_one_port()
    {
        await using Lines lines = Lines.Open();

        _ = lines.Uwq.AddAgent("70003", "7002", new() { EbsPort = 8888 });

        Assert.Equal(
            "Port 8888 cannot be opened for the events of agent 7003 at 70004: another agent uses it.",
            Assert.Throws<IOException>(() => lines.Uwq.AddAgent("70004", "7003", new() { EbsPort = 8888 })).Message);
    }

    [Theory]
    [InlineData("Content-Length: 1048577\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n1\r\n<\r\n7FFFFFFFFFFFFFFF\r\n<")]
    public async Task An_event_that_would_not_end_is_given_up_at_once(string rest)
    {
        await using UwqSimulator uwq = UwqSimulator.Start(new("http://127.0.0.1:9"));
        UwqAgent agent = uwq.AddAgent("70002", "7001");

        _ = await RawHttp.SendAsync(new($"http://{agent.EbsAddress}"), "POST / HTTP/1.1\r\n" + rest);

        Assert.Equal("UWQ011 error (agent 7001 at 70002): The request cannot be read. The body is too long.", Assert.Single(uwq.Problems).ToString());
    }

    [Fact]
    public async Task A_crowd_of_connections_is_bounded_and_told()
    {
        await using UwqSimulator uwq = UwqSimulator.Start(new("http://127.0.0.1:9"));
        UwqAgent agent = uwq.AddAgent("70002", "7001");
        var crowd = new List<TcpClient>();
        try
        {
            while (crowd.Count <= 100)
            {
                crowd.Add(await RawHttp.ConnectAsync(new($"http://{agent.EbsAddress}")));
            }

            Assert.Equal(0, await crowd[crowd.Count - 1].GetStream().ReadAsync(new byte[1], 0, 1).Within("the end of the last one"));

            Assert.Equal(
                "UWQ012 error (agent 7001 at 70002): 100 connections to the listener are open, so another one was closed unread. Close each "
                + "connection when its event is answered.",
                Assert.Single(uwq.Problems).ToString());
        }
        finally
        {
            crowd.ForEach(one => one.Dispose());
        }
    }

    [Fact]
    public async Task After_its_end_it_does_nothing_more()
    {
        using var server = new ScriptedServer(async connection =>
        {
            _ = await connection.ReadRequestAsync();
            await connection.HangAsync();
        });
        UwqSimulator uwq = UwqSimulator.Start(new($"http://{server.Address}"));
        UwqAgent agent = uwq.AddAgent("70002", "7001");
        Task<UwqReply> underWay = agent.RegisterAsync();
        Task<CctEvent> awaited = agent.ExpectAsync<CctEvent>();
        using TcpClient idle = await RawHttp.ConnectAsync(new($"http://{agent.EbsAddress}"));

        await uwq.DisposeAsync().AsTask().Within("the end");
        await uwq.DisposeAsync();

        _ = await Assert.ThrowsAsync<ObjectDisposedException>(() => underWay).Within("the callout");
        _ = await Assert.ThrowsAsync<ObjectDisposedException>(() => awaited).Within("the expectation");
        _ = await Assert.ThrowsAsync<ObjectDisposedException>(() => agent.RegisterAsync());
        _ = await Assert.ThrowsAsync<ObjectDisposedException>(() => agent.ExpectAsync<CctEvent>());
        _ = Assert.Throws<ObjectDisposedException>(() => uwq.AddAgent("70003", "7002"));
        _ = await Assert.ThrowsAnyAsync<SocketException>(() => RawHttp.ConnectAsync(new($"http://{agent.EbsAddress}")));
        Assert.Single(uwq.Messages);
    }

    [Fact]
    public async Task A_callout_can_be_cancelled()
    {
        using var server = new ScriptedServer(connection => connection.HangAsync());
        await using UwqSimulator uwq = UwqSimulator.Start(new($"http://{server.Address}"));
        using var cancel = new CancellationTokenSource();

        Task<UwqReply> sending = uwq.SendAsync(new CheckStatusCallout(), cancel.Token);
        cancel.Cancel();

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending).Within("the end");
        Assert.Empty(uwq.Problems);
    }
}
