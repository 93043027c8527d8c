using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.Linq;
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

public class CalloutTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    [Fact]
    public async Task A_callout_is_byte_for_byte_that_of_Java()
    {
        using var server = ScriptedServer.Answering(Ok);
        await using UwqSimulator uwq = UwqSimulator.Start(new($"http://localhost:{server.Address.Port}"));

        UwqReply reply = await uwq.AddAgent("70002", "7001").MakeCallAsync("+1 (415) 555-0100");

        Assert.True(reply.IsSuccess, reply.ToString());
        Assert.Equal(
            "GET /?FunctionName=MakeCall&telesetNumber=70002&agentID=7001&dialString=%2B1+%28415%29+555-0100 HTTP/1.1\r\n"
            + "User-Agent: Java/1.8.0_202\r\n"
            + $"Host: localhost:{server.Address.Port}\r\n"
            + "Accept: text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2\r\n"
            + "Connection: keep-alive\r\n\r\n",
            Assert.Single(server.Requests));
    }

    [Theory]
    [InlineData(UwqQueryEncoding.JavaUrlEncoder, "%2B1+M%C3%BCller*%25%23")]
    [InlineData(UwqQueryEncoding.Percent, "%2B1%20M%C3%BCller%2A%25%23")]
    [InlineData(UwqQueryEncoding.None, "+1%20M%C3%BCller*%%23")]
    public async Task The_encoding_can_be_chosen(UwqQueryEncoding encoding, string written)
    {
        await using Lines lines = Lines.Open(new() { QueryEncoding = encoding });

        _ = await lines.Agent.MakeCallAsync("+1 Müller*%#");

        Assert.Equal("FunctionName=MakeCall&telesetNumber=70002&agentID=7001&dialString=" + written, Assert.Single(lines.Uwq.Messages).Text);
    }

    [Fact]
    public async Task All_that_an_agent_asks_arrives()
    {
        var arrived = new ConcurrentQueue<Callout>();
        await using Lines lines = Lines.Open(reply: callout =>
        {
            arrived.Enqueue(callout);
            return CalloutReply.Success;
        });
        UwqAgent agent = lines.Agent;

        await agent.SignInAsync();
        _ = await agent.DialCanonicalAsync("14155550100");
        _ = await lines.Uwq.SendAsync(new UnknownCallout("Hold"));
        _ = await lines.Uwq.SendQueryAsync("FunctionName=CheckStatus");
        await agent.SignOutAsync();

        Assert.Equal(
            [
                new RegisterCallout { TelesetNumber = "70002", AgentId = "7001", IpAddress = "127.0.0.1", Port = agent.EbsAddress.Port },
                new LoginCallout { TelesetNumber = "70002", AgentId = "7001", AgentPassword = new("1234"), AgentQueue = "7700" },
                new ReadyCallout { TelesetNumber = "70002", AgentId = "7001" },
                new DialCanonicalCallout { TelesetNumber = "70002", AgentId = "7001", DialString = "14155550100" },
                new UnknownCallout("Hold"),
                new CheckStatusCallout(),
                new NotReadyCallout { TelesetNumber = "70002", AgentId = "7001" },
                new LogoutCallout { TelesetNumber = "70002", AgentId = "7001", AgentPassword = new("1234"), AgentQueue = "7700" },
                new UnregisterCallout { TelesetNumber = "70002", AgentId = "7001" },
            ],
            arrived);
        lines.Uwq.Verify();
    }

    [Fact]
    public async Task An_error_is_a_reply_and_not_an_exception()
    {
        await using Lines lines = Lines.Open(reply: _ => CalloutReply.Error("The line is busy."));

        UwqReply reply = await lines.Agent.MakeCallAsync("4155550100");

        Assert.Equal((UwqReplyKind.Error, 200, "The line is busy."), (reply.Kind, reply.StatusCode, reply.ErrorMessage));
        Assert.Equal("200 Error: The line is busy.", reply.ToString());
        Assert.Empty(lines.Uwq.Problems);
    }

    [Fact]
    public async Task A_text_that_is_no_callout_is_sent_as_it_stands()
    {
        await using Lines lines = Lines.Open();

        UwqReply reply = await lines.Uwq.SendQueryAsync("FunctionName=MakeCall&&=%");

        Assert.Equal(UwqReplyKind.Error, reply.Kind);
        Assert.Equal("", Assert.Single(lines.Uwq.Messages).Name);
    }

    /// <summary>What <c>HttpURLConnection</c> makes of these was tried: see docs/testing.md.</summary>
    [Theory]
    [InlineData(300, "", UwqReplyKind.Error)]
    [InlineData(302, "", UwqReplyKind.Error)]
    [InlineData(302, "Location: /phone/here?agentPassword=1234#1234\r\n", UwqReplyKind.Redirect, "http://{0}/phone/here")]
    [InlineData(307, "Location: http://elsewhere.example/\r\n", UwqReplyKind.Redirect, "http://elsewhere.example/")]
    [InlineData(301, "Location: http://me:1234@elsewhere.example:3108/a/\r\n", UwqReplyKind.Redirect, "http://elsewhere.example:3108/a/")]
    [InlineData(302, "Location: https://127.0.0.1/\r\n", UwqReplyKind.Error)]
    [InlineData(308, "Location: /phone\r\n", UwqReplyKind.Error)]
    [InlineData(304, "Location: /phone\r\n", UwqReplyKind.Success)] // which has no body
    [InlineData(400, "", UwqReplyKind.LostBody)]
    [InlineData(404, "", UwqReplyKind.LostBody)]
    [InlineData(500, "Location: /phone\r\n", UwqReplyKind.LostBody)]
    public async Task A_reply_of_another_status_is_to_EBS_what_Java_makes_of_it(int status, string headers, UwqReplyKind kind, string? target = null)
    {
        string body = CctXmlFormatter.Default.WriteToString(new ErrorEvent { Message = "The line is busy." });
        using var server = ScriptedServer.Answering(ScriptedServer.Response(status, body, headers));
        await using UwqSimulator uwq = UwqSimulator.Start(new($"http://{server.Address}"));

        UwqReply reply = await uwq.AddAgent("70002", "7001").MakeCallAsync("4155550100");

        Assert.Equal((kind, status, kind == UwqReplyKind.Success ? "" : body), (reply.Kind, reply.StatusCode, reply.Body));
        Assert.Equal(
            target is not null ? string.Format(CultureInfo.InvariantCulture, target, server.Address) : kind == UwqReplyKind.Error ? "The line is busy." : null,
            reply.ErrorMessage);
        Assert.Equal([status >= 400 ? "UWQ201" : "UWQ206"], Lines.Codes(uwq));
        _ = Assert.Single(server.Requests);
        Assert.DoesNotContain("1234", reply.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, UwqReplyKind.Success, 2)]
    [InlineData(false, UwqReplyKind.NoAnswer, 1)]
    public async Task A_callout_is_repeated_once_when_the_connection_ends_without_an_answer(bool repeat, UwqReplyKind kind, int attempts)
    {
        int connections = 0;
        using var server = new ScriptedServer(async connection =>
        {
            _ = await connection.ReadRequestAsync();
            if (Interlocked.Increment(ref connections) > 1)
            {
                await connection.WriteAsync(Ok);
            }
        });
        await using UwqSimulator uwq = UwqSimulator.Start(new($"http://{server.Address}"), new() { RepeatAfterDeadConnection = repeat });

        UwqReply reply = await uwq.SendAsync(new CheckStatusCallout()).Within("the reply");

        Assert.Equal((kind, attempts), (reply.Kind, reply.Attempts));
        Assert.Equal(attempts, server.Requests.Count);
        _ = Assert.Single(server.Requests.Distinct());
    }

    [Fact]
    public async Task A_callout_is_not_repeated_a_second_time()
    {
        using var server = new ScriptedServer(async connection =>
        {
            _ = await connection.ReadRequestAsync();
            connection.Reset();
        });
        await using UwqSimulator uwq = UwqSimulator.Start(new($"http://{server.Address}"));

        UwqReply reply = await uwq.SendAsync(new CheckStatusCallout()).Within("the reply");

        Assert.Equal((UwqReplyKind.NoAnswer, 2), (reply.Kind, reply.Attempts));
        Assert.Equal(["UWQ202"], Lines.Codes(uwq));
    }

    [Fact]
    public async Task A_connection_is_kept_and_what_is_sent_on_one_that_has_died_is_repeated()
    {
        var onConnection = new ConcurrentQueue<int>();
        int connections = 0;
        using var server = new ScriptedServer(async connection =>
        {
            int number = Interlocked.Increment(ref connections);
            for (int i = 0; i < 2 && (await connection.ReadRequestAsync()).Length > 0; i++)
            {
                onConnection.Enqueue(number);
                await connection.WriteAsync(Ok);
            }

            _ = await connection.ReadRequestAsync();
        });
        await using UwqSimulator uwq = UwqSimulator.Start(new($"http://{server.Address}"));

        int[] attempts = new int[3];
        for (int i = 0; i < attempts.Length; i++)
        {
            attempts[i] = (await uwq.SendAsync(new CheckStatusCallout()).Within("the reply")).Attempts;
        }

        Assert.Equal([1, 1, 2], attempts);
        Assert.Equal([1, 1, 2], onConnection);
    }

    [Fact]
    public async Task Half_an_answer_is_not_repeated()
    {
        using var server = ScriptedServer.Answering("HTTP/1.1 20");
        await using UwqSimulator uwq = UwqSimulator.Start(new($"http://{server.Address}"));

        UwqReply reply = await uwq.SendAsync(new CheckStatusCallout()).Within("the reply");

        Assert.Equal((UwqReplyKind.NoAnswer, 1), (reply.Kind, reply.Attempts));
    }

    [Fact]
    public async Task Nobody_listens_and_the_reply_says_so()
    {
        var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        int port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        await using UwqSimulator uwq = UwqSimulator.Start(new($"http://127.0.0.1:{port}"));

        UwqReply reply = await uwq.SendAsync(new CheckStatusCallout()).Within("the reply");

        Assert.Equal((UwqReplyKind.NoAnswer, 0), (reply.Kind, reply.Attempts));
        Assert.StartsWith($"No connection to 127.0.0.1:{port}: ", reply.ErrorMessage);
    }

    [Fact]
    public async Task CheckStatus_comes_when_its_time_has_come()
    {
        var time = new ManualTime();
        var seen = new SemaphoreSlim(0);
        await using Lines lines = Lines.Open(new() { CheckStatusInterval = TimeSpan.FromSeconds(30), OnMessage = _ => seen.Release() }, time: time);

        DateTimeOffset begun = time.GetUtcNow();
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty(lines.Uwq.Messages);
        for (int i = 1; i <= 2; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            while (!await seen.WaitAsync(TimeSpan.FromMilliseconds(100)))
            {
                // One that is due while the one before has not quite ended is left out.
                time.Advance(TimeSpan.FromSeconds(30));
                Assert.True(time.GetUtcNow() < begun + TimeSpan.FromHours(1));
            }

            Assert.Equal(Enumerable.Repeat("CheckStatus", i), lines.Uwq.Messages.Select(message => message.Name));
        }
    }

    [Fact]
    public async Task Many_agents_work_side_by_side()
    {
        await using Lines lines = Lines.Open();
        UwqAgent[] agents = [.. Enumerable.Range(0, 1000).Select(i => lines.Uwq.AddAgent($"8{i:0000}", $"9{i:0000}"))];

        await Task.WhenAll(agents.Select(async agent =>
        {
            await agent.SignInAsync();
            _ = await lines.TellAsync(Lines.Pop("call-" + agent.Identity.AgentId), agent);
            Assert.Equal("call-" + agent.Identity.AgentId, (await agent.ExpectAsync<ScreenPopEvent>()).SourceId);
        }));

        Assert.Equal(1001, lines.Uwq.Agents.Count);
        Assert.Equal(4000, lines.Uwq.Messages.Count);
        lines.Uwq.Verify();
    }

    /// <summary>Each has a listener, and of open files some systems allow few.</summary>
    [Fact]
    public async Task Two_hundred_agents_work_side_by_side_over_HTTP()
    {
        using var events = new HttpEventClient();
        var registry = new InMemoryAgentRegistry();
        CalloutHandlers handlers = new CalloutHandlers()
            .HandleAsync<LoginCallout>((_, _, _) => new(CalloutReply.Success))
            .HandleAsync<ReadyCallout>((_, _, _) => new(CalloutReply.Success));
        await using var softphone = new CalloutListener(new(new CalloutDispatcher(handlers, registry)), new() { Port = 0 });
        softphone.Start();
        await using UwqSimulator uwq = UwqSimulator.Start(softphone.Url);
        UwqAgent[] agents = [.. Enumerable.Range(0, 200).Select(i => uwq.AddAgent($"8{i:0000}", $"9{i:0000}"))];

        await Task.WhenAll(agents.Select(async agent =>
        {
            await agent.SignInAsync();
            _ = await events.SendAsync((await registry.FindAsync(agent.Identity))!, Lines.Pop("call-" + agent.Identity.AgentId));
            Assert.Equal("call-" + agent.Identity.AgentId, (await agent.ExpectAsync<ScreenPopEvent>()).SourceId);
        }));

        Assert.Equal(800, uwq.Messages.Count);
        uwq.Verify();
    }

    [Fact]
    public async Task No_password_is_shown_anywhere()
    {
        await using Lines lines = Lines.Open(reply: callout => callout is LoginCallout ? CalloutReply.Error("open <sesame> is wrong") : CalloutReply.Success);
        UwqAgent agent = lines.Uwq.AddAgent("70003", "7002", new() { Password = new("open <sesame>") });

        UwqReply reply = await agent.LoginAsync();
        _ = await agent.LogoutAsync();
        _ = await lines.Uwq.SendQueryAsync("FunctionName=Login&agentPassword=sesame");
        UwqExpectationException failure = await Assert.ThrowsAsync<UwqExpectationException>(() => agent.SignInAsync());

        string shown = string.Join(
            "\n", lines.Uwq.Transcript, failure, reply, reply.Body, string.Join("\n", lines.Uwq.Messages), string.Join("\n", lines.Uwq.Problems));
        Assert.Contains("agentPassword=***", shown);
        Assert.DoesNotContain("sesame", shown);
    }
}
