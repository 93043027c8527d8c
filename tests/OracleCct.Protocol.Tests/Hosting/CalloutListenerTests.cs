using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.Hosting;

public class CalloutListenerTests
{
    private const string CheckStatus = "/?FunctionName=CheckStatus";
    private const string Dial = "/?FunctionName=MakeCall&telesetNumber=70002&agentID=7001&dialString=";

    [Theory]
    [InlineData("+14155550100", "+14155550100")]
    [InlineData("%2B1+415+555", "+1 415 555")]
    [InlineData("caf%C3%A9", "café")]
    [InlineData("caf%E9", "café")]
    [InlineData("caf\u00C3\u00A9", "café")]
    [InlineData("caf\u00E9", "café")]
    [InlineData("a%26b%3Dc", "a&b=c")]
    public async Task A_value_arrives_whichever_way_the_client_encodes_it(string sent, string received)
    {
        string? dialled = null;
        await using CalloutListener listener = Start(new CalloutHandlers().HandleAsync<MakeCallCallout>((call, _, _) =>
        {
            dialled = call.DialString;
            return new(CalloutReply.Success);
        }));

        string answer = await RawHttp.SendAsync(listener.Url, RawHttp.Get(listener.Url, Dial + sent));

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Length: 0\r\n", answer, StringComparison.Ordinal);
        Assert.Equal(received, dialled);
    }

    [Fact]
    public async Task A_failure_arrives_with_status_200_its_length_and_its_type()
    {
        await using CalloutListener listener = Start(new CalloutHandlers());

        string answer = await RawHttp.SendAsync(listener.Url, RawHttp.Get(listener.Url, Dial + "1"));

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Type: text/xml\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Transfer-Encoding", answer, StringComparison.Ordinal);
        string body = answer.Substring(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4);
        Assert.Contains($"Content-Length: {body.Length}\r\n", answer, StringComparison.Ordinal);
        Assert.Equal("<CCTSDK><event name=\"Error\"><data name=\"occtErrorMsg\" value=\"The softphone does not support MakeCall.\"/></event></CCTSDK>", body);
    }

    [Fact]
    public async Task The_handler_learns_the_peers_address()
    {
        IPAddress? peer = null;
        await using CalloutListener listener = Start(new CalloutHandlers().HandleAsync<CheckStatusCallout>((_, context, _) =>
        {
            peer = context.RemoteAddress;
            return new(CalloutReply.Success);
        }));

        _ = await RawHttp.SendAsync(listener.Url, RawHttp.Get(listener.Url, CheckStatus));

        Assert.Equal(IPAddress.Loopback, peer);
    }

    [Fact]
    public async Task Another_method_is_405_and_the_answer_says_which_is_right()
    {
        await using CalloutListener listener = Start(new CalloutHandlers());

        string answer = await RawHttp.SendAsync(listener.Url, RawHttp.Request("POST", listener.Url, CheckStatus, "Content-Length: 3\r\n", "a=b"));

        Assert.StartsWith("HTTP/1.1 405 ", answer, StringComparison.Ordinal);
        Assert.Contains("Allow: GET\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_that_is_too_long_is_414()
    {
        await using CalloutListener listener = Start(new CalloutHandlers());

        string answer = await RawHttp.SendAsync(listener.Url, RawHttp.Get(listener.Url, Dial + new string('1', 8192)));

        Assert.StartsWith("HTTP/1.1 414 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_of_unknown_length_is_refused()
    {
        await using CalloutListener listener = Start(new CalloutHandlers());

        string answer = await RawHttp.SendAsync(
            listener.Url, RawHttp.Request("GET", listener.Url, CheckStatus, "Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n0\r\n\r\n"));

        Assert.StartsWith("HTTP/1.1 403 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_may_name_the_machine() => await Answers("localhost");

    [FactExceptOnWindows("Windows' HTTP service answers to localhost alone where that is the prefix.")]
    public async Task A_client_may_name_the_machines_address() => await Answers("127.0.0.1");

    [Fact]
    public async Task Callouts_are_taken_below_the_path_prefix_only()
    {
        await using CalloutListener listener = Start(new CalloutHandlers(), new() { Port = 0, PathPrefix = "cct" });

        Assert.EndsWith("/cct/", listener.Url.AbsoluteUri, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 ", await RawHttp.SendAsync(listener.Url, RawHttp.Get(listener.Url, "/cct" + CheckStatus)), StringComparison.Ordinal);

        // The platform's own answer: 404 on .NET, 400 on Mono.
        Assert.StartsWith("HTTP/1.1 40", await RawHttp.SendAsync(listener.Url, RawHttp.Get(listener.Url, CheckStatus)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_that_blocks_its_thread_does_not_hold_up_other_callouts()
    {
        using var release = new ManualResetEventSlim();
        var started = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CalloutListener listener = Start(new CalloutHandlers().HandleAsync<MakeCallCallout>((_, _, token) =>
        {
            _ = started.TrySetResult(true);
            Assert.True(release.Wait(Deadline.Limit, token));
            return new(CalloutReply.Success);
        }));

        Task<string> blocked = RawHttp.SendAsync(listener.Url, RawHttp.Get(listener.Url, Dial + "1"));
        _ = await started.Task.Within("the handler to begin");
        string other = await RawHttp.SendAsync(listener.Url, RawHttp.Get(listener.Url, CheckStatus));
        release.Set();

        Assert.StartsWith("HTTP/1.1 200 ", other, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 ", await blocked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_lets_a_callout_finish_and_answers_those_that_come_meanwhile()
    {
        var release = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        CalloutListener listener = Start(new CalloutHandlers().HandleAsync<MakeCallCallout>(async (_, _, _) =>
        {
            _ = started.TrySetResult(true);
            _ = await release.Task;
            return CalloutReply.Error("finished");
        }));
        Task<string> running = RawHttp.SendAsync(listener.Url, RawHttp.Get(listener.Url, Dial + "1"));
        _ = await started.Task.Within("the handler to begin");

        Task stopped = listener.StopAsync();
        string late = await RawHttp.SendAsync(listener.Url, RawHttp.Get(listener.Url, CheckStatus));
        Assert.False(stopped.IsCompleted);
        _ = release.TrySetResult(true);
        string finished = await running;
        await stopped.Within("the end");

        Assert.Contains("The softphone is shutting down.", late, StringComparison.Ordinal);
        Assert.Contains("\"finished\"", finished, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<Exception>(() => RawHttp.SendAsync(listener.Url, RawHttp.Get(listener.Url, CheckStatus)));
    }

    [Fact]
    public async Task A_handler_that_outlasts_the_shutdown_is_cancelled_and_still_answers()
    {
        var started = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        CalloutListener listener = Start(
            new CalloutHandlers().HandleAsync<MakeCallCallout>(async (_, _, token) =>
            {
                _ = started.TrySetResult(true);
                await Task.Delay(Timeout.Infinite, token);
                return CalloutReply.Success;
            }),
            new() { Port = 0, ShutdownTimeout = TimeSpan.FromMilliseconds(50) });
        Task<string> running = RawHttp.SendAsync(listener.Url, RawHttp.Get(listener.Url, Dial + "1"));
        _ = await started.Task.Within("the handler to begin");

        await listener.StopAsync().Within("the end");

        Assert.Contains("could not carry out MakeCall", await running, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_that_never_ends_does_not_keep_the_listener_from_ending()
    {
        var started = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        CalloutListener listener = Start(
            new CalloutHandlers().HandleAsync<MakeCallCallout>(async (_, _, _) =>
            {
                _ = started.TrySetResult(true);
                await Task.Delay(Timeout.Infinite, CancellationToken.None);
                return CalloutReply.Success;
            }),
            new() { Port = 0, ShutdownTimeout = TimeSpan.FromDays(1) });
        using TcpClient client = await RawHttp.ConnectAsync(listener.Url);
        byte[] request = RawHttp.Latin1.GetBytes(RawHttp.Get(listener.Url, Dial + "1"));
        await client.GetStream().WriteAsync(request, 0, request.Length);
        _ = await started.Task.Within("the handler to begin");
        using var impatience = new CancellationTokenSource();
        impatience.Cancel();

        Task stopped = listener.StopAsync();
        await listener.StopAsync(impatience.Token).Within("the end, which the second call hurries");
        await stopped;

        // An empty 200 would say that the call was made.
        using var answer = new MemoryStream();
        await client.GetStream().CopyToAsync(answer, 4096, Deadline.Token()).Within("the answer");
        Assert.Contains("The softphone could not carry out the callout.", RawHttp.Latin1.GetString(answer.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Callouts_that_come_while_it_stops_get_an_answer()
    {
        var release = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        CalloutListener listener = Start(new CalloutHandlers().HandleAsync<MakeCallCallout>(async (_, _, _) =>
        {
            _ = started.TrySetResult(true);
            _ = await release.Task;
            return CalloutReply.Success;
        }));
        Task<string> running = RawHttp.SendAsync(listener.Url, RawHttp.Get(listener.Url, Dial + "1"));
        _ = await started.Task.Within("the handler to begin");

        Task stopped = listener.StopAsync();
        string[] late = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => RawHttp.SendAsync(listener.Url, RawHttp.Get(listener.Url, CheckStatus))));
        _ = release.TrySetResult(true);
        _ = await running;
        await stopped.Within("the end");

        Assert.All(late, answer => Assert.Contains("The softphone is shutting down.", answer, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_head_of_an_answer_is_no_callout_and_has_no_body()
    {
        await using CalloutListener listener = Start(new CalloutHandlers());

        string answer = await RawHttp.SendAsync(listener.Url, RawHttp.Request("HEAD", listener.Url, CheckStatus));

        Assert.StartsWith("HTTP/1.1 405 ", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_left_of_a_body_is_not_taken_for_the_next_callout()
    {
        await using CalloutListener listener = Start(new CalloutHandlers());
        string withBody = $"GET {CheckStatus} HTTP/1.1\r\nHost: {listener.Url.Authority}\r\nContent-Length: 3\r\n\r\nabc";

        string answer = await RawHttp.SendAsync(listener.Url, withBody);

        Assert.StartsWith("HTTP/1.1 403 ", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close\r\n", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Clients_that_go_away_or_send_nonsense_cost_the_others_nothing()
    {
        var dialled = new ConcurrentBag<string>();
        await using CalloutListener listener = Start(new CalloutHandlers().HandleAsync<MakeCallCallout>((call, _, _) =>
        {
            dialled.Add(call.DialString);
            return new(CalloutReply.Success);
        }));
        string[] nonsense =
        [
            "",
            "\r\n\r\n",
            "GET",
            "GET /?FunctionName=MakeCall HTTP/1.1\r\nHost: ",
            "GET / HTTP/9.9\r\n\r\n",
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00FC\u0003\u0003",
            $"GET {Dial}9 HTTP/1.1\r\nHost: {listener.Url.Authority}\r\nContent-Length: 99999\r\n\r\nabc",
            new string('x', 40000),
        ];
        foreach (string request in nonsense)
        {
            using TcpClient client = await RawHttp.ConnectAsync(listener.Url);
            byte[] bytes = RawHttp.Latin1.GetBytes(request);
            try
            {
                await client.GetStream().WriteAsync(bytes, 0, bytes.Length);
            }
            catch (IOException)
            {
                // The server had enough of it.
            }

            client.LingerState = new LingerOption(true, 0);
        }

        string[] answers = await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(i => RawHttp.SendAsync(listener.Url, RawHttp.Get(listener.Url, FormattableString.Invariant($"{Dial}{1000 + i}")))));

        Assert.All(answers, answer => Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal));
        Assert.Equal(20, dialled.Count(number => number.Length == 4));
    }

    [Fact]
    public async Task Several_callouts_may_share_one_connection()
    {
        await using CalloutListener listener = Start(new CalloutHandlers());
        using TcpClient client = await RawHttp.ConnectAsync(listener.Url);
        NetworkStream stream = client.GetStream();
        byte[] request = RawHttp.Latin1.GetBytes($"GET {CheckStatus} HTTP/1.1\r\nHost: {listener.Url.Authority}\r\n\r\n");
        byte[] answer = new byte[4096];

        for (int i = 0; i < 3; i++)
        {
            await stream.WriteAsync(request, 0, request.Length);
            int count = await stream.ReadAsync(answer, 0, answer.Length).Within("the answer");
            Assert.StartsWith("HTTP/1.1 200 ", RawHttp.Latin1.GetString(answer, 0, count), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nothing_of_a_callout_is_kept_when_it_is_answered()
    {
        await using CalloutListener listener = Start(new CalloutHandlers());
        foreach (
            string request in new[] { RawHttp.Get(listener.Url, CheckStatus), RawHttp.Get(listener.Url, Dial + "1"),
                RawHttp.Request("POST", listener.Url, CheckStatus) })
        {
            Assert.StartsWith("HTTP/1.1 ", await RawHttp.SendAsync(listener.Url, request), StringComparison.Ordinal);
        }

        // The client may be quicker than the end.
        CancellationToken limit = Deadline.Token();
        while (listener.ExchangeCount != 0 && !limit.IsCancellationRequested)
        {
            await Task.Yield();
        }

        Assert.Equal(0, listener.ExchangeCount);
    }

    [Fact]
    public async Task A_port_that_another_listener_has_is_said_in_one_sentence_with_what_to_do()
    {
        await using CalloutListener other = Start(new CalloutHandlers());

        AssertTaken(other.Url.Port);
    }

    [Fact]
    public void A_port_that_another_program_has_is_said_in_one_sentence_with_what_to_do()
    {
        var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        try
        {
            AssertTaken(((IPEndPoint)other.LocalEndpoint).Port);
        }
        finally
        {
            other.Stop();
        }
    }

    [FactForPlainUsers]
    public void A_port_that_is_not_allowed_is_said_in_one_sentence_with_what_to_do()
    {
        using CalloutListener listener = New(new CalloutHandlers(), new() { Port = FactForPlainUsersAttribute.ForbiddenPort });

        IOException error = Assert.Throws<IOException>(listener.Start);

        Assert.StartsWith("This user may not listen on port 1. Set a Port of 1024 or above", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_failed_start_the_listener_can_be_started_again()
    {
        CalloutListener first = Start(new CalloutHandlers());
        await using CalloutListener second = New(new CalloutHandlers(), new() { Port = first.Url.Port });
        Assert.Throws<IOException>(second.Start);
        await first.StopAsync().Within("the end");

        second.Start();

        Assert.StartsWith("HTTP/1.1 200 ", await RawHttp.SendAsync(second.Url, RawHttp.Get(second.Url, CheckStatus)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_that_is_none_of_this_machine_is_said_in_one_sentence()
    {
        using CalloutListener listener = New(new CalloutHandlers(), new() { Port = 0, Host = "no-such-host.invalid" });

        IOException error = Assert.Throws<IOException>(listener.Start);

        Assert.Contains("Host", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task It_starts_once_and_stops_as_often_as_one_likes()
    {
        CalloutListener listener = New(new CalloutHandlers(), new() { Port = 0 });
        Assert.Throws<InvalidOperationException>(() => listener.Url);
        listener.Start();
        Assert.Throws<InvalidOperationException>(listener.Start);

        await Task.WhenAll(listener.StopAsync(), listener.StopAsync(), listener.DisposeAsync().AsTask()).Within("the end");
        listener.Dispose();

        Assert.Throws<ObjectDisposedException>(listener.Start);
    }

    [Fact]
    public async Task It_stops_before_it_was_started() => await New(new CalloutHandlers(), new() { Port = 0 }).StopAsync().Within("the end");

    [Fact]
    public async Task Who_came_first_takes_the_first_place_in_line()
    {
        var clock = new HesitatingClock();
        var endpoint = new CalloutEndpoint(new CalloutDispatcher(new CalloutHandlers(), new InMemoryAgentRegistry()), timeProvider: clock);
        await using var listener = new CalloutListener(endpoint, new() { Port = 0 });
        listener.Start();

        Task<string> first = RawHttp.SendAsync(listener.Url, RawHttp.Get(listener.Url, CheckStatus));
        await clock.Hesitating.Within("the first callout");
        Task<string> second = RawHttp.SendAsync(listener.Url, RawHttp.Get(listener.Url, CheckStatus));

        _ = await Task.WhenAll(first, second).Within("the answers");
        Assert.False(clock.WasOvertaken);
    }

    private static void AssertTaken(int port)
    {
        using CalloutListener listener = New(new CalloutHandlers(), new() { Port = port });

        IOException error = Assert.Throws<IOException>(listener.Start);

        Assert.StartsWith(FormattableString.Invariant($"Port {port} is taken by another program"), error.Message, StringComparison.Ordinal);
        Assert.Contains("CCT: Basic Telephony: Third Party URL", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static async Task Answers(string host)
    {
        await using CalloutListener listener = Start(new CalloutHandlers());
        Uri url = new UriBuilder(listener.Url) { Host = host }.Uri;

        Assert.StartsWith("HTTP/1.1 200 ", await RawHttp.SendAsync(url, RawHttp.Get(url, CheckStatus)), StringComparison.Ordinal);
    }

    private static CalloutListener New(CalloutHandlers handlers, CalloutListenerOptions options) =>
        new(new CalloutEndpoint(new CalloutDispatcher(handlers, new InMemoryAgentRegistry())), options);

    private static CalloutListener Start(CalloutHandlers handlers, CalloutListenerOptions? options = null)
    {
        CalloutListener listener = New(handlers, options ?? new() { Port = 0 });
        listener.Start();
        return listener;
    }

    /// <summary>Keeps the first callout at its arrival for a while, or until another one arrives.</summary>
    private sealed class HesitatingClock : TimeProvider
    {
        private readonly TaskCompletionSource<bool> _hesitating = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<bool> _overtaken = new();
        private int _calls;

        public Task Hesitating => _hesitating.Task;

        public bool WasOvertaken { get; private set; }

        public override long GetTimestamp()
        {
            if (Interlocked.Increment(ref _calls) > 1)
            {
                _ = _overtaken.TrySetResult(true);
                return base.GetTimestamp();
            }

            _ = _hesitating.TrySetResult(true);
            WasOvertaken = _overtaken.Task.Wait(TimeSpan.FromSeconds(1));
            return base.GetTimestamp();
        }
    }
}
