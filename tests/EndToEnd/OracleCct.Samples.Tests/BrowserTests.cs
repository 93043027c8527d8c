using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using OracleCct.Protocol;
using OracleCct.Samples.Tests.Browsers;
using OracleCct.Samples.Tests.Running;
using Xunit;

namespace OracleCct.Samples.Tests;

/// <summary>Tests the softphone's listener against a foreign page in a real browser on the agent's machine.</summary>
public class BrowserTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static readonly CalloutGuardOptions NoGuard =
        new() { Peers = AddressSet.Any, CheckHost = false, RefuseBrowsers = false, RequireGet = false, RefuseBody = false };

    /// <summary>The techniques that reach a listener without a guard, under each of its names. Today's browsers forbid or delay the other techniques.</summary>
    private static readonly string[] Reaching =
    [
        "image", "image.quiet", "image.cors", "script", "script.quiet", "module", "import", "stylesheet", "background",
        "object", "embed", "iframe", "iframe.quiet", "form.get", "form.get.quiet", "form.post", "form.post.text",
        "fetch.post", "fetch.keepalive", "xhr", "beacon", "eventsource", "websocket", "prefetch", "preload", "worker.fetch",
        "frame.refresh", "frame.location", "popup", "popup.quiet", "popup.location", "popup.refresh", "click", "click.quiet",
        "fetch.cors.omit.unsafe-url", "fetch.cors.omit.no-referrer", "fetch.cors.include.unsafe-url", "fetch.cors.include.no-referrer",
        "fetch.no-cors.omit.unsafe-url", "fetch.no-cors.omit.no-referrer", "fetch.no-cors.include.unsafe-url", "fetch.no-cors.include.no-referrer",
    ];

    [ChromiumFact]
    public async Task Without_the_guard_a_foreign_page_dials()
    {
        await using ListeningSoftphone softphone = ListeningSoftphone.OnListener("+", NoGuard);

        await AttackAsync(softphone, "LAR");

        Assert.Empty(Expected("LAR").Except(softphone.Dialled));
        Assert.Empty(softphone.Refused);
    }

    [ChromiumFact]
    public async Task With_the_guard_a_foreign_page_does_not_dial_even_if_the_listener_accepts_any_host_name()
    {
        await using ListeningSoftphone softphone = ListeningSoftphone.OnListener("+", new());

        int calls = await AttackAsync(softphone, "LAR");

        Assert.Equal(Enumerable.Repeat(ListeningSoftphone.ByEbs, calls), softphone.Dialled);
        Assert.Empty(Expected("LAR").Except(softphone.Refused));
        Assert.True(softphone.Endpoint.RefusedCount >= Expected("LAR").Count());
    }

    [ChromiumFact]
    public async Task With_the_defaults_a_foreign_page_does_not_dial()
    {
        await using ListeningSoftphone softphone = ListeningSoftphone.OnListener("localhost", new());

        // The platform's listener itself refuses requests for rebind.test.
        int calls = await AttackAsync(softphone, "LA");

        Assert.Equal(Enumerable.Repeat(ListeningSoftphone.ByEbs, calls), softphone.Dialled);
        Assert.Empty(Expected("LA").Except(softphone.Refused));
    }

    /// <remarks>The platform's listener itself replies to a request for a wrapped address. Kestrel passes the request on.</remarks>
    [ChromiumFact]
    public async Task Without_the_guard_a_foreign_page_dials_on_Kestrel_also_through_an_IPv4_address_inside_an_IPv6_address()
    {
        await using ListeningSoftphone softphone = await ListeningSoftphone.OnKestrelAsync(NoGuard);

        await AttackAsync(softphone, "LARM");

        Assert.Empty(Expected("LARM").Except(softphone.Dialled));
        Assert.Empty(softphone.Refused);
    }

    [ChromiumFact]
    public async Task With_the_guard_a_foreign_page_does_not_dial_on_Kestrel()
    {
        await using ListeningSoftphone softphone = await ListeningSoftphone.OnKestrelAsync(new());

        int calls = await AttackAsync(softphone, "LARM");

        Assert.Equal(Enumerable.Repeat(ListeningSoftphone.ByEbs, calls), softphone.Dialled);
        Assert.Empty(Expected("LARM").Except(softphone.Refused));
    }

    [ChromiumFact]
    public async Task A_browser_is_recognized_by_its_other_headers_when_it_sends_no_fetch_metadata()
    {
        await using ListeningSoftphone softphone = await ListeningSoftphone.OnKestrelAsync(new() { CheckHost = false });

        int calls = await AttackAsync(softphone, "LARM");

        Assert.Equal(Enumerable.Repeat(ListeningSoftphone.ByEbs, calls), softphone.Dialled);
        Assert.Empty(Expected("LARM").Except(softphone.Refused));
    }

    [ChromiumFact]
    public async Task An_allowed_page_dials_and_reads_the_reply_and_a_foreign_page_does_neither()
    {
        using var pages = new PageServer(Pages("read.html"));
        using var others = new PageServer(Pages("read.html"));
        await using ListeningSoftphone softphone = ListeningSoftphone.OnListener("localhost", new() { Origins = [pages.Url("pages.test").AbsoluteUri] });
        string query = "/?url=" + Uri.EscapeDataString(softphone.Url.AbsoluteUri);

        string allowed = await OpenAsync(pages, pages.Url("pages.test", query));
        string[] dialled = [.. softphone.Dialled];
        string other = await OpenAsync(others, others.Url("pages.test", query));

        Assert.Equal("plain: 200 <CCTSDK></CCTSDK>\nasked: 200 <CCTSDK></CCTSDK>\nquiet: 200 <CCTSDK></CCTSDK>", allowed);
        Assert.Equal(["plain", "asked", "quiet"], dialled);
        Assert.Equal("plain: TypeError\nasked: TypeError\nquiet: TypeError", other);
        Assert.Equal(dialled, softphone.Dialled);
    }

    private static IEnumerable<string> Expected(string names) => names.SelectMany(name => Reaching.Select(technique => $"{technique}-{name}"));

    private static Dictionary<string, string> Pages(string first) => new()
    {
        ["/"] = File.ReadAllText(PathOf(first)),
        ["/go"] = File.ReadAllText(PathOf("go.html")),
        ["/empty"] = "",
    };

    private static string PathOf(string page) => Path.Combine(AppContext.BaseDirectory, "Browsers", page);

    private static async Task<string> OpenAsync(PageServer pages, Uri page)
    {
        await using Chromium browser = Chromium.Open(page);
        return await pages.Done.WaitAsync(Deadline);
    }

    /// <summary>Runs all techniques of the page, while EBS keeps dialling.</summary>
    /// <param name="softphone">The target.</param>
    /// <param name="names">The letters of the host names under which the page's requests reach the endpoint.</param>
    /// <returns>The number of calls that EBS has made.</returns>
    private static async Task<int> AttackAsync(ListeningSoftphone softphone, string names)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using var pages = new PageServer(Pages("attack.html"));
        await softphone.CallByEbsAsync(deadline.Token);
        await using Chromium browser = Chromium.Open(pages.Url("evil.test", "/?port=" + softphone.Url.Port));

        int calls = 1;
        while (!pages.Done.IsCompleted || Expected(names).Except(softphone.Dialled).Except(softphone.Refused).Any())
        {
            Assert.False(
                deadline.IsCancellationRequested,
                $"The page has {(pages.Done.IsCompleted ? "" : "not ")}finished. "
                + $"Not arrived: {string.Join(", ", Expected(names).Except(softphone.Dialled).Except(softphone.Refused))}");
            await softphone.CallByEbsAsync(CancellationToken.None);
            calls++;
            await Task.Delay(50, CancellationToken.None);
        }

        await softphone.CallByEbsAsync(deadline.Token);
        return calls + 1;
    }

    /// <summary>Represents a softphone that records the numbers it dialled, and those of the requests that its guard refused.</summary>
    private sealed class ListeningSoftphone : ICctObserver, IAsyncDisposable
    {
        public const string ByEbs = "ebs";

        private readonly HttpClient _ebs = new() { Timeout = TimeSpan.FromSeconds(20) };
        private readonly ObserverHub _observers;
        private IAsyncDisposable? _host;
        private int _calls;

        private ListeningSoftphone(CalloutGuardOptions guard)
        {
            _observers = new(this);
            CalloutHandlers handlers = new CalloutHandlers().HandleAsync<MakeCallCallout>((call, _, _) =>
            {
                Dialled.Enqueue(call.DialString);
                return new(CalloutReply.Success);
            });
            var dispatcher = new CalloutDispatcher(handlers, new InMemoryAgentRegistry());
            Endpoint = new(dispatcher, new() { Guard = guard, SuccessReplyBody = SuccessReplyBody.EmptyDocument }, _observers);
        }

        public CalloutEndpoint Endpoint { get; }

        public Uri Url { get; private set; } = new("http://localhost");

        public ConcurrentQueue<string> Dialled { get; } = new();

        public ConcurrentQueue<string> Refused { get; } = new();

        public static ListeningSoftphone OnListener(string host, CalloutGuardOptions guard)
        {
            var softphone = new ListeningSoftphone(guard);
            var listener = new CalloutListener(softphone.Endpoint, new() { Port = 0, Host = host });
            listener.Start();
            (softphone._host, softphone.Url) = (listener, listener.Url);
            return softphone;
        }

        public static async Task<ListeningSoftphone> OnKestrelAsync(CalloutGuardOptions guard)
        {
            var softphone = new ListeningSoftphone(guard);
            WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
            builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
            builder.Services.AddRoutingCore().AddSingleton(softphone.Endpoint);
            WebApplication app = builder.Build();
            app.MapOracleCct();
            await app.StartAsync();
            (softphone._host, softphone.Url) = (app, new(app.Urls.First()));
            return softphone;
        }

        public void Observe(CctObservation observation)
        {
            if (observation is CalloutObservation { Refusal: not null } refused)
            {
                Refused.Enqueue(Regex.Match(refused.Query, "dialString=(.*)").Groups[1].Value);
            }
        }

        /// <summary>Sends a callout as Java's plug-in does. Each call is of another agent, because a repeated dial of one agent joins the first.</summary>
        public async Task CallByEbsAsync(CancellationToken cancellationToken)
        {
            var url = new Uri(Url, $"/?FunctionName=MakeCall&telesetNumber=70002&agentID={_calls++}&dialString={ByEbs}");
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            _ = request.Headers.TryAddWithoutValidation("User-Agent", "Mozilla/4.0 (Windows 10 10.0) Java/1.7.0_80");
            _ = request.Headers.TryAddWithoutValidation("Accept", "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2");
            _ = request.Headers.TryAddWithoutValidation("Cookie", "JSESSIONID=0123456789abcdef");
            using HttpResponseMessage reply = await _ebs.SendAsync(request, cancellationToken);
            Assert.Equal((200, "<CCTSDK></CCTSDK>"), ((int)reply.StatusCode, await reply.Content.ReadAsStringAsync(cancellationToken)));
        }

        public async ValueTask DisposeAsync()
        {
            await (_host?.DisposeAsync() ?? default);
            await _observers.DisposeAsync();
            _ebs.Dispose();
        }
    }
}
