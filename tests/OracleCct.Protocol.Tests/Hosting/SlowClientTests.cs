using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.Hosting;

/// <summary>Whatever some clients do or fail to do, the listener answers the others.</summary>
public sealed class SlowClientTests : IAsyncLifetime, IDisposable
{
    private const string CheckStatus = "/?FunctionName=CheckStatus";

    private readonly List<TcpClient> _clients = [];
    private readonly CalloutListener _listener =
        new(new CalloutEndpoint(new CalloutDispatcher(new CalloutHandlers(), new InMemoryAgentRegistry())), new() { Port = 0 });

    public Task InitializeAsync()
    {
        _listener.Start();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _listener.StopAsync().Within("the end");

    public void Dispose() => _clients.ForEach(client => client.Dispose());

    [Fact]
    public async Task Those_who_send_one_byte_at_a_time_get_their_answer_and_hold_up_nobody()
    {
        byte[] request = RawHttp.Latin1.GetBytes(RawHttp.Get(_listener.Url, CheckStatus));
        TcpClient[] slow = await Connect(20);

        for (int i = 0; i < request.Length; i++)
        {
            await Task.WhenAll(slow.Select(client => client.GetStream().WriteAsync(request, i, 1)));
            if (i % 20 == 0)
            {
                await AssertOthersAreAnswered();
            }
        }

        string[] answers = await Task.WhenAll(slow.Select(ReadToEnd));
        Assert.All(answers, answer => Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("G")]
    [InlineData("GET /?FunctionName=MakeCall&telesetNumber=70002&agentID=7001&dialString=")]
    [InlineData("GET /?FunctionName=CheckStatus HTTP/1.1\r\nHost: loc")]
    [InlineData("GET /?FunctionName=CheckStatus HTTP/1.1\r\nHost: localhost\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nFFF")]
    public async Task Half_requests_hold_up_nobody(string half)
    {
        TcpClient[] clients = await Connect(100);

        await Task.WhenAll(clients.Select(client => Send(client, half)));

        await AssertOthersAreAnswered();
    }

    [Fact]
    public async Task Headers_without_end_are_cut_off_and_hold_up_nobody()
    {
        const int MoreThanAnyLimit = 1 << 22;
        TcpClient client = Assert.Single(await Connect(1));
        await Send(client, $"GET {CheckStatus} HTTP/1.1\r\nHost: {_listener.Url.Authority}\r\n");
        string line = $"X-Header: {new string('x', 1000)}\r\n";
        int sent = 0;
        try
        {
            for (; sent < MoreThanAnyLimit; sent += line.Length)
            {
                await Send(client, line);
            }
        }
        catch (IOException)
        {
            // The server had enough of it.
        }

        Assert.InRange(sent, 0, MoreThanAnyLimit - 1);
        await AssertOthersAreAnswered();
    }

    [Theory]
    [InlineData("Content-Length: 100\r\n")]
    [InlineData("Content-Length: 1000000000\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n")]
    public async Task A_body_that_is_announced_and_never_sent_is_not_waited_for(string header)
    {
        TcpClient[] clients = await Connect(10);

        await Task.WhenAll(clients.Select(client => Send(client, RawHttp.Request("GET", _listener.Url, CheckStatus, header))));

        byte[] answer = new byte[12];
        foreach (TcpClient client in clients)
        {
            Assert.Equal(answer.Length, await client.GetStream().ReadAsync(answer, 0, answer.Length).Within("the answer"));
            Assert.Equal("HTTP/1.1 403", RawHttp.Latin1.GetString(answer));
        }

        await AssertOthersAreAnswered();
    }

    [Fact]
    public async Task Those_who_never_read_their_answer_hold_up_nobody()
    {
        string request = $"GET {CheckStatus} HTTP/1.1\r\nHost: {_listener.Url.Authority}\r\n\r\n";
        TcpClient[] clients = await Connect(100);

        await Task.WhenAll(clients.Select(client => Send(client, request)));

        await AssertOthersAreAnswered();
    }

    [FactExceptOnWindows("Windows' HTTP service takes the answer over, and has limits of its own.")]
    public async Task Who_takes_nothing_of_a_long_answer_is_cut_off_after_a_while()
    {
        const int MoreThanAnyBuffer = 1 << 25;
        string message = new('x', MoreThanAnyBuffer);
        CalloutHandlers handlers = new CalloutHandlers().HandleAsync<CheckStatusCallout>((_, _, _) => new(CalloutReply.Error(message)));
        await using var listener = new CalloutListener(new CalloutEndpoint(new CalloutDispatcher(handlers, new InMemoryAgentRegistry())), new() { Port = 0 });
        listener.Start();
        using TcpClient client = await RawHttp.ConnectAsync(listener.Url);
        await Send(client, RawHttp.Get(listener.Url, CheckStatus));

        // Twice the time that the listener gives, from when the answer has begun to come.
        byte[] buffer = new byte[1 << 16];
        int received = await client.GetStream().ReadAsync(buffer, 0, 1).Within("the beginning of the answer");
        await Task.Delay(TimeSpan.FromSeconds(20));
        try
        {
            for (int count = 1; count > 0; received += count)
            {
                count = await client.GetStream().ReadAsync(buffer, 0, buffer.Length).Within("the end of the connection");
            }
        }
        catch (IOException)
        {
            // A reset is an end, too.
        }

        Assert.InRange(received, 1, MoreThanAnyBuffer - 1);
    }

    [FactWithManyFiles(2500)]
    public async Task A_thousand_idle_connections_hold_up_nobody()
    {
        _ = await Connect(1000);

        await AssertOthersAreAnswered();
    }

    private async Task AssertOthersAreAnswered()
    {
        string[] answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => RawHttp.SendAsync(_listener.Url, RawHttp.Get(_listener.Url, CheckStatus))));
        Assert.All(answers, answer => Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal));
    }

    private async Task<TcpClient[]> Connect(int count)
    {
        var connected = new TcpClient[count];
        for (int i = 0; i < count; i++)
        {
            connected[i] = await RawHttp.ConnectAsync(_listener.Url);
            connected[i].NoDelay = true;
            _clients.Add(connected[i]);
        }

        return connected;
    }

    private static async Task Send(TcpClient client, string text)
    {
        byte[] bytes = RawHttp.Latin1.GetBytes(text);
        await client.GetStream().WriteAsync(bytes, 0, bytes.Length, CancellationToken.None).Within("the request to be sent");
    }

    private static async Task<string> ReadToEnd(TcpClient client)
    {
        using var answer = new MemoryStream();
        await client.GetStream().CopyToAsync(answer, 4096, CancellationToken.None).Within("the answer");
        return RawHttp.Latin1.GetString(answer.ToArray());
    }
}
