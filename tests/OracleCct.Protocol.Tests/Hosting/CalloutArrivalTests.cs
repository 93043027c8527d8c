using System;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.Hosting;

/// <summary>What the guard decides by, as it comes through the platform's listener.</summary>
public class CalloutArrivalTests
{
    private const string CheckStatus = "/?FunctionName=CheckStatus";

    /// <summary>What Java 7's HttpURLConnection sends in a browser's plug-in.</summary>
    private const string JavaHeaders =
        "User-Agent: Mozilla/4.0 (Windows 10 10.0) Java/1.7.0_80\r\nAccept: text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2\r\nCookie: "
        + "JSESSIONID=0123456789abcdef\r\n";

    [Fact]
    public async Task A_client_like_EBSs_passes()
    {
        await using var softphone = new Softphone("localhost");

        string answer = await RawHttp.SendAsync(softphone.Url, RawHttp.Request("GET", softphone.Url, CheckStatus, JavaHeaders));

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Contains("Cache-Control: no-store\r\n", answer, StringComparison.Ordinal);
        Assert.Equal(1, softphone.Reached);
    }

    [Theory]
    [InlineData("Origin: https://evil.test")]
    [InlineData("origin: null")]
    [InlineData("Referer: https://evil.test/")]
    [InlineData("Referer: https://evil.test/a,b")]
    [InlineData("Sec-Fetch-Mode: no-cors")]
    [InlineData("Sec-Purpose: prefetch")]
    [InlineData("Purpose: prefetch")]
    [InlineData("Upgrade-Insecure-Requests: 1")]
    public async Task What_a_browser_sends_is_refused(string header) => await Refuses("localhost", new(), header + "\r\n", CalloutRefusal.Browser);

    [Fact]
    public async Task A_socket_of_a_browser_is_refused() =>
        await Refuses(
            "localhost", new(), "Upgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n", CalloutRefusal.Browser);

    [Fact]
    public async Task The_peers_address_arrives()
    {
        CalloutObservation observed = await Refuses("localhost", new() { Peers = AddressSet.Parse("10.0.0.0/8") }, "", CalloutRefusal.Peer);

        Assert.Equal(IPAddress.Loopback, observed.RemoteAddress);
    }

    [FactExceptOnWindows("Windows takes + with an administrator's permission only.")]
    public async Task A_name_that_resolves_to_this_machine_is_refused()
    {
        await using var softphone = new Softphone("+");
        Uri rebound = new UriBuilder(softphone.Url) { Host = "rebind.test" }.Uri;

        string answer = await RawHttp.SendAsync(softphone.Url, RawHttp.Get(rebound, CheckStatus));

        AssertRefused(answer, softphone);
        Assert.Equal(1, softphone.Endpoint.RefusedCount);
    }

    [FactExceptOnWindows("Windows' HTTP service compares the port by itself.")]
    public async Task The_listeners_own_port_arrives()
    {
        await using var softphone = new Softphone("+");
        Uri other = new UriBuilder(softphone.Url) { Port = softphone.Url.Port == 65535 ? 1024 : softphone.Url.Port + 1 }.Uri;

        string answer = await RawHttp.SendAsync(softphone.Url, RawHttp.Get(other, CheckStatus));

        AssertRefused(answer, softphone);
    }

    [Fact]
    public async Task An_allowed_page_gets_its_headers()
    {
        await using var softphone = new Softphone("localhost", new() { Origins = ["https://ebs.example.com"] });
        const string Origin = "Origin: https://ebs.example.com\r\nReferer: https://ebs.example.com/a,b\r\n";

        string asked = await RawHttp.SendAsync(
            softphone.Url,
            RawHttp.Request(
                "OPTIONS", softphone.Url, CheckStatus, Origin + "Access-Control-Request-Method: GET\r\nAccess-Control-Request-Private-Network: true\r\n"));
        int reachedByAsking = softphone.Reached;
        string answer = await RawHttp.SendAsync(softphone.Url, RawHttp.Request("GET", softphone.Url, CheckStatus, Origin));

        Assert.StartsWith("HTTP/1.1 200 ", asked, StringComparison.Ordinal);
        Assert.Contains("Access-Control-Allow-Private-Network: true\r\n", asked, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.All([asked, answer], one => Assert.Contains("Access-Control-Allow-Origin: https://ebs.example.com\r\n", one, StringComparison.Ordinal));
        Assert.All([asked, answer], one => Assert.Contains("Vary: Origin\r\n", one, StringComparison.Ordinal));
        Assert.All([asked, answer], one => Assert.Contains("Cache-Control: no-store\r\n", one, StringComparison.Ordinal));
        Assert.Equal((0, 1), (reachedByAsking, softphone.Reached));
    }

    [Fact]
    public async Task No_answer_is_kept_by_a_cache_while_the_softphone_stops_either()
    {
        await using var softphone = new Softphone("localhost");
        softphone.Hold();
        Task<string> first = RawHttp.SendAsync(softphone.Url, RawHttp.Get(softphone.Url, CheckStatus));
        await softphone.Holding.Within("the handler");
        Task stopping = softphone.StopAsync();

        string meanwhile = await RawHttp.SendAsync(softphone.Url, RawHttp.Get(softphone.Url, CheckStatus));
        softphone.Release();
        string answer = await first.Within("the first answer");
        await stopping.Within("the end");

        Assert.Contains("shutting down", meanwhile, StringComparison.Ordinal);
        Assert.All([meanwhile, answer], one => Assert.Contains("Cache-Control: no-store\r\n", one, StringComparison.Ordinal));
    }

    private static async Task<CalloutObservation> Refuses(string host, CalloutGuardOptions guard, string headers, CalloutRefusal refusal)
    {
        var softphone = new Softphone(host, guard);
        await using (softphone)
        {
            AssertRefused(await RawHttp.SendAsync(softphone.Url, RawHttp.Request("GET", softphone.Url, CheckStatus, JavaHeaders + headers)), softphone);
        }

        CalloutObservation observed = Assert.IsType<CalloutObservation>(Assert.Single(softphone.Observer.Observations));
        Assert.Equal(refusal, observed.Refusal);
        return observed;
    }

    private static void AssertRefused(string answer, Softphone softphone)
    {
        Assert.StartsWith("HTTP/1.1 403 ", answer, StringComparison.Ordinal);
        Assert.Contains("The softphone refuses the request", answer, StringComparison.Ordinal);
        Assert.Contains("Cache-Control: no-store\r\n", answer, StringComparison.Ordinal);
        Assert.Equal(0, softphone.Reached);
    }

    private sealed class Softphone : IAsyncDisposable
    {
        private readonly TaskCompletionSource<bool> _holding = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<bool> _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ObserverHub _observers;
        private readonly CalloutListener _listener;
        private bool _holds;
        private int _reached;

        public Softphone(string host, CalloutGuardOptions? guard = null)
        {
            _observers = new(Observer);
            CalloutHandlers handlers = new CalloutHandlers().HandleAsync<CheckStatusCallout>(async (_, _, _) =>
            {
                _ = Interlocked.Increment(ref _reached);
                _ = _holding.TrySetResult(true);
                _ = _holds && await _released.Task;
                return CalloutReply.Success;
            });
            Endpoint = new(new CalloutDispatcher(handlers, new InMemoryAgentRegistry()), new() { Guard = guard ?? new() }, _observers);
            _listener = new(Endpoint, new() { Port = 0, Host = host });
            _listener.Start();
        }

        public RecordingObserver Observer { get; } = new();

        public CalloutEndpoint Endpoint { get; }

        public Uri Url => _listener.Url;

        public int Reached => Volatile.Read(ref _reached);

        public Task Holding => _holding.Task;

        public void Hold() => _holds = true;

        public void Release() => _released.TrySetResult(true);

        public Task StopAsync() => _listener.StopAsync();

        public async ValueTask DisposeAsync()
        {
            await _listener.DisposeAsync();
            await _observers.DisposeAsync();
        }
    }
}
