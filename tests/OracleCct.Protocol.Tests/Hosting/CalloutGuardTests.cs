using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.Hosting;

public class CalloutGuardTests
{
    private const string Page = "https://ebs.example.com:4443";

    private static readonly CalloutGuardOptions WithPage = new() { Origins = [Page] };

    [Fact]
    public async Task What_EBS_sends_passes_with_cookies_and_the_user_agent_of_its_browser() => await Passes(new(), Request());

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.8.9.10", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("10.20.0.7", false)]
    [InlineData("::ffff:10.20.0.7", false)]
    [InlineData("fe80::1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData(null, false)]
    public async Task The_peer_is_this_machine(string? peer, bool passes) =>
        await PassesOrNot(passes, new(), Request() with { RemoteAddress = peer is null ? null : IPAddress.Parse(peer) }, CalloutRefusal.Peer);

    [Fact]
    public async Task The_peers_are_an_option()
    {
        var options = new CalloutGuardOptions { Peers = AddressSet.Parse("10.20.0.0/16") };

        await Passes(options, Request() with { RemoteAddress = IPAddress.Parse("10.20.0.7") });
        await Passes(options, Request() with { RemoteAddress = IPAddress.Parse("::ffff:10.20.0.7") });
        Assert.Equal(
            "The softphone refuses the request: it came from 127.0.0.1, and callouts are accepted from 10.20.0.0/16 (option Peers of CalloutGuardOptions).",
            await Refuses(options, Request(), CalloutRefusal.Peer));
        await Refuses(options, Request() with { RemoteAddress = null }, CalloutRefusal.Peer);
        await Passes(new() { Peers = AddressSet.Any }, Request() with { RemoteAddress = null });
    }

    [Theory]
    [InlineData("localhost:3107", true)]
    [InlineData(" localhost:3107\t", true)]
    [InlineData("LocalHost:3107", true)]
    [InlineData("127.0.0.1:3107", true)]
    [InlineData("127.1.2.3:3107", true)]
    [InlineData("[::1]:3107", true)]
    [InlineData("[0:0:0:0:0:0:0:1]:3107", true)]
    [InlineData("localhost", false)]
    [InlineData("localhost:3108", false)]
    [InlineData("localhost:03107", false)]
    [InlineData("localhost:", false)]
    [InlineData("localhost.:3107", false)]
    [InlineData("localhost.evil.test:3107", false)]
    [InlineData("evil.test:3107", false)]
    [InlineData("evil.test", false)]
    [InlineData("10.20.0.7:3107", false)]
    [InlineData("127.1:3107", false)]
    [InlineData("2130706433:3107", false)]
    [InlineData("0.0.0.0:3107", false)]
    [InlineData("[::]:3107", false)]
    [InlineData("[::ffff:127.0.0.1]:3107", false)] // a browser connects it to this machine, but does not treat it as loopback
    [InlineData("[::ffff:7f00:1]:3107", false)]
    [InlineData("[0:0:0:0:0:ffff:7f00:1]:3107", false)]
    [InlineData("[::FFFF:127.8.9.10]:3107", false)]
    [InlineData("[::127.0.0.1]:3107", false)] // IPv4-compatible
    [InlineData("[::7f00:1]:3107", false)]
    [InlineData("[::ffff:0:127.0.0.1]:3107", false)] // IPv4-translated
    [InlineData("[64:ff9b::127.0.0.1]:3107", false)] // NAT64
    [InlineData("[64:ff9b:1::7f00:1]:3107", false)]
    [InlineData("[2002:7f00:1::]:3107", false)] // 6to4
    [InlineData("[127.0.0.1]:3107", false)]
    [InlineData("::ffff:127.0.0.1:3107", false)]
    [InlineData("[::1%1]:3107", false)]
    [InlineData("[fe80::1]:3107", false)]
    [InlineData("[::1", false)]
    [InlineData("::1:3107", false)]
    [InlineData("[::1]3107", false)]
    [InlineData("user@localhost:3107", false)]
    [InlineData("localhost:3107,localhost:3107", false)]
    [InlineData("localhost:3107:3107", false)]
    [InlineData("", false)]
    [InlineData(":3107", false)]
    public async Task The_host_is_this_machine_with_the_listeners_port(string host, bool passes) =>
        await PassesOrNot(passes, new(), Request(("Host", host)), CalloutRefusal.Host);

    [Theory]
    [InlineData(80, "localhost", true)]
    [InlineData(80, "localhost:80", true)]
    [InlineData(443, "localhost", true)]
    [InlineData(3107, "localhost", false)]
    [InlineData(80, "localhost:3107", false)]
    public async Task The_port_may_be_left_out_where_it_is_the_schemes_own(int port, string host, bool passes) =>
        await PassesOrNot(passes, new(), Request(("Host", host)) with { LocalPort = port }, CalloutRefusal.Host);

    [Fact]
    public async Task A_host_that_has_passed_opens_no_other_port_and_no_other_name()
    {
        var endpoint = new CalloutEndpoint(new ReachedDispatcher());
        (string Host, int Port, int StatusCode)[] requests =
        [
            ("localhost:3107", 3107, 200),
            ("localhost:3107", 3107, 200),
            ("localhost:3107", 3108, 403),
            ("evil.test:3107", 3107, 403),
            ("127.0.0.1:3108", 3108, 200),
            ("localhost:3107", 3107, 200),
            ("LOCALHOST:3107", 3107, 200),
            ("evil.test:3107", 3107, 403),
        ];

        foreach ((string host, int port, int statusCode) in requests)
        {
            CalloutResponse response = await endpoint.HandleAsync(Request(("Host", host)) with { LocalPort = port });
            Assert.Equal((host, port, statusCode), (host, port, response.StatusCode));
        }
    }

    [Fact]
    public async Task There_is_exactly_one_Host()
    {
        CalloutRequest request = Request();

        string none = await Refuses(new(), request with { Headers = [.. request.Headers.Where(header => header.Key != "Host")] }, CalloutRefusal.Host);
        string two = await Refuses(new(), request with { Headers = [.. request.Headers, new("host", "localhost:3107")] }, CalloutRefusal.Host);

        Assert.Contains("it has no Host header", none, StringComparison.Ordinal);
        Assert.Contains("it has several Host headers", two, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("desk-12.example.com:3107", true)]
    [InlineData("DESK-12.example.com:3107", true)]
    [InlineData("desk-12.example.com:3108", false)]
    [InlineData("desk-12.example.com", false)]
    [InlineData("softphone.example.com", true)]
    [InlineData("softphone.example.com:9999", true)]
    [InlineData("softphone.example.com:", false)]
    [InlineData("softphone.example.com:port", false)]
    [InlineData("[fd12::7]:3107", true)]
    [InlineData("[fd12::8]:3107", false)]
    [InlineData("localhost:3107", true)]
    [InlineData("xsoftphone.example.com", false)]
    [InlineData("softphone.example.com.evil.test", false)]
    public async Task Further_hosts_are_an_option(string host, bool passes) =>
        await PassesOrNot(
            passes, new() { Hosts = ["desk-12.example.com:3107", "softphone.example.com", "[fd12::7]"] }, Request(("Host", host)), CalloutRefusal.Host);

    [Fact]
    public async Task The_check_of_the_host_can_be_switched_off() => await Passes(new() { CheckHost = false }, Request(("Host", "evil.test")));

    [Fact]
    public async Task A_strangers_host_is_told_so_that_it_can_do_nothing_in_a_log()
    {
        string message = await Refuses(new(), Request(("Host", "evil<script>\r\n\u001B[31m.test" + new string('x', 500))), CalloutRefusal.Host);

        Assert.StartsWith("The softphone refuses the request: its Host header is evil?script????[31m.testxxx", message, StringComparison.Ordinal);
        Assert.InRange(message.Length, 100, 300);
    }

    [Theory]
    [InlineData("Origin", "https://evil.test")]
    [InlineData("origin", "http://localhost:3107")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "")]
    [InlineData("Referer", "https://evil.test/page?a=b")]
    [InlineData("REFERER", "")]
    [InlineData("Sec-Fetch-Mode", "no-cors")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("sec-fetch-dest", "image")]
    [InlineData("Sec-CH-UA", "\"Chromium\"")]
    [InlineData("Sec-WebSocket-Key", "AAAA")]
    [InlineData("Sec-GPC", "1")]
    [InlineData("Sec-Purpose", "prefetch;prerender")]
    [InlineData("Purpose", "prefetch")]
    [InlineData("X-Purpose", "preview")]
    [InlineData("X-Moz", "prefetch")]
    [InlineData("Access-Control-Request-Method", "GET")]
    [InlineData("Access-Control-Request-Private-Network", "true")]
    [InlineData("Upgrade-Insecure-Requests", "1")]
    [InlineData("Accept-Language", "de")]
    [InlineData("accept-language", "")]
    public async Task A_header_that_only_browsers_send_is_refused(string name, string value)
    {
        string message = await Refuses(new(), Request((name, value)), CalloutRefusal.Browser);

        Assert.Contains(name, message, StringComparison.OrdinalIgnoreCase);
        await Passes(new() { RefuseBrowsers = false }, Request((name, value)));
    }

    [Theory]
    [InlineData("Upgrade", "h2c")]
    [InlineData("HTTP2-Settings", "AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA")]
    [InlineData("Cookie", "a=b")]
    [InlineData("Section", "7")]
    [InlineData("Original", "7")]
    public async Task What_Java_sends_too_decides_nothing(string name, string value) => await Passes(new(), Request((name, value)));

    [Theory]
    [InlineData("Java/1.8.0_202", true)]
    [InlineData("Mozilla/4.0 (Windows 10 10.0) Java/1.7.0_80", true)]
    [InlineData("Java1.6.0_20", true)]
    [InlineData("JNLP/6.0 javaws/1.8.0_202", true)]
    [InlineData("curl/8.5.0", true)]
    [InlineData("", true)]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko", false)] // IE mode
    [InlineData("Mozilla/4.0 (compatible; ms-office; MSOffice 16)", false)] // a link check
    [InlineData("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0", false)]
    [InlineData(" mozilla/5.0 java/1.8", false)] // what a browser would have to forge
    public async Task A_user_agent_that_is_a_browsers_is_refused(string userAgent, bool passes)
    {
        CalloutRequest request = Request();
        request = request with { Headers = [.. request.Headers.Where(header => header.Key != "User-Agent"), new("User-Agent", userAgent)] };

        await PassesOrNot(passes, new(), request, CalloutRefusal.Browser);
        await Passes(new() { RefuseBrowsers = false }, request);
        await Passes(WithPage, request with { Headers = [.. request.Headers, new("Origin", Page)] });
    }

    [Fact]
    public async Task A_second_user_agent_does_not_hide_a_browsers()
    {
        string message = await Refuses(new(), Request(("User-Agent", "Mozilla/5.0 (X11) Firefox/140.0")), CalloutRefusal.Browser);

        Assert.Equal(
            "The softphone refuses the request: its header User-Agent shows that a browser sent it, for an unnamed page (option Origins of "
            + "CalloutGuardOptions allows pages).", message);
    }

    [Theory]
    [InlineData("Origin", Page)]
    [InlineData("Referer", Page)]
    [InlineData("Referer", Page + "/")]
    [InlineData("Referer", Page + "/OA_HTML/page.jsp?a=b#c")]
    [InlineData("Referer", Page + "\\OA_HTML")]
    [InlineData("Referer", "HTTPS://EBS.example.com:4443/")]
    public async Task A_page_that_is_allowed_passes(string name, string value) =>
        await Passes(WithPage, Request((name, value), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "cors")));

    [Theory]
    [InlineData("Origin", "https://ebs.example.com")]
    [InlineData("Origin", "http://ebs.example.com:4443")]
    [InlineData("Origin", "https://ebs.example.com:44433")]
    [InlineData("Origin", "https://xebs.example.com:4443")]
    [InlineData("Origin", "https://ebs.example.com:4443.evil.test")]
    [InlineData("Origin", "https://ebs.example.com:4443, https://evil.test")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "")]
    [InlineData("Origin", "*")]
    [InlineData("Referer", "https://evil.test/?" + Page)]
    [InlineData("Referer", "https://ebs.example.com:4443@evil.test/")]
    [InlineData("Referer", "https://evil.test\\@ebs.example.com:4443/")]
    [InlineData("Referer", "https://ebs.example.com:4443.evil.test/")]
    [InlineData("Referer", "//ebs.example.com:4443/")]
    [InlineData("Referer", "about:blank")]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    public async Task A_page_that_is_not_allowed_does_not(string name, string value) => await Refuses(WithPage, Request((name, value)), CalloutRefusal.Browser);

    [Fact]
    public async Task What_a_browser_fetches_beforehand_is_refused_to_allowed_pages_too()
    {
        await Refuses(WithPage, Request(("Origin", Page), ("Sec-Purpose", "prefetch")), CalloutRefusal.Browser);
        await Refuses(WithPage, Request(("Referer", Page + "/"), ("Purpose", "prefetch")), CalloutRefusal.Browser);
        await Refuses(WithPage, Request(("Referer", Page + "/"), ("X-Moz", "prefetch")), CalloutRefusal.Browser);
        await Refuses(WithPage, Request(("Referer", Page + "/"), ("Sec-Purpose", "prefetch"), ("Upgrade-Insecure-Requests", "1")), CalloutRefusal.Browser);
    }

    [Fact]
    public async Task Headers_that_name_two_pages_are_refused()
    {
        await Passes(WithPage, Request(("Origin", Page), ("Referer", Page + "/a")));
        await Refuses(WithPage, Request(("Origin", Page), ("Referer", "https://evil.test/")), CalloutRefusal.Browser);
        await Refuses(WithPage, Request(("Origin", Page), ("Referer", "")), CalloutRefusal.Browser);
        await Refuses(WithPage, Request(("Origin", "https://evil.test"), ("Referer", Page + "/")), CalloutRefusal.Browser);
        await Refuses(WithPage, Request(("Origin", Page), ("Origin", Page)), CalloutRefusal.Browser);
        await Refuses(WithPage, Request(("Referer", Page), ("Referer", Page)), CalloutRefusal.Browser);
    }

    [Fact]
    public async Task A_refusal_names_the_pages_origin_and_nothing_else_of_its_address()
    {
        string message = await Refuses(new(), Request(("Referer", "https://evil.test/?agentPassword=s3cret")), CalloutRefusal.Browser);

        Assert.Equal(
            "The softphone refuses the request: its header Referer shows that a browser sent it, for a page of https://evil.test (option Origins of "
            + "CalloutGuardOptions allows pages).", message);
    }

    [Theory]
    [InlineData("https://ebs.example.com", "https://ebs.example.com")]
    [InlineData("HTTPS://EBS.Example.com:443/", "https://ebs.example.com")]
    [InlineData("http://ebs:80", "http://ebs")]
    [InlineData("http://ebs:443", "http://ebs:443")]
    [InlineData("http://10.20.0.7:8000/", "http://10.20.0.7:8000")]
    [InlineData("http://[FD12:0::7]:8000", "http://[fd12::7]:8000")]
    public void An_origin_is_kept_as_browsers_send_it(string given, string origin) =>
        Assert.Equal([origin], new CalloutGuardOptions { Origins = [given] }.Origins);

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("null")]
    [InlineData("ebs.example.com")]
    [InlineData("https://")]
    [InlineData("https:///")]
    [InlineData("https://*.example.com")]
    [InlineData("https://ebs.example.com/OA_HTML")]
    [InlineData("https://ebs.example.com//")]
    [InlineData("https://ebs.example.com?a=b")]
    [InlineData("https://ebs.example.com#a")]
    [InlineData("https://user@ebs.example.com")]
    [InlineData("https://ebs.example.com:0")]
    [InlineData("https://ebs.example.com:65536")]
    [InlineData("https://ebs.example.com:")]
    [InlineData("https://\u00E9bs.example.com")]
    [InlineData(" https://ebs.example.com")]
    [InlineData("ftp://ebs.example.com")]
    [InlineData(null)]
    public void What_is_no_origin_is_an_error_that_names_it(string? text) =>
        Assert.StartsWith(
            $"\"{text}\" is not a valid origin", Assert.Throws<ArgumentException>(() => new CalloutGuardOptions { Origins = [text!] }).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("GET", 0, 200)]
    [InlineData("POST", 0, 405)]
    [InlineData("HEAD", 0, 405)]
    [InlineData("OPTIONS", 0, 405)]
    [InlineData("POST", 3, 405)]
    [InlineData("GET", 1, 403)]
    [InlineData("GET", -1, 403)]
    public async Task A_callout_is_a_GET_without_a_body(string method, long length, int status)
    {
        (CalloutResponse response, long refused, bool reached) = await Ask(new(), Request() with { Method = method, ContentLength = length });

        Assert.Equal((status, status == 200 ? 0 : 1, status == 200), (response.StatusCode, refused, reached));
        Assert.Equal(status == 405 ? "GET" : null, Header(response, "Allow"));
    }

    [Theory]
    [InlineData("POST", 3, 200)]
    [InlineData("GET", 8192, 200)]
    [InlineData("GET", 8193, 413)]
    [InlineData("GET", -1, 413)]
    public async Task Both_can_be_switched_off(string method, long length, int status) =>
        Assert.Equal(
            status,
            (await Ask(new() { RequireGet = false, RefuseBody = false }, Request() with { Method = method, ContentLength = length })).Response.StatusCode);

    [Fact]
    public async Task The_checks_come_in_order()
    {
        CalloutRequest request = Request(
            ("Host", "evil.test"), ("Origin", "https://evil.test")) with
        { RemoteAddress = null, Method = "POST", ContentLength = 3 };

        await Refuses(new(), request, CalloutRefusal.Peer);
        await Refuses(new() { Peers = AddressSet.Any }, request, CalloutRefusal.Host);
        await Refuses(new() { Peers = AddressSet.Any, CheckHost = false }, request, CalloutRefusal.Browser);
        await Refuses(new() { Peers = AddressSet.Any, CheckHost = false, RefuseBrowsers = false }, request, CalloutRefusal.Method);
        await Refuses(new() { Peers = AddressSet.Any, CheckHost = false, RefuseBrowsers = false, RequireGet = false }, request, CalloutRefusal.Body);
        await Passes(new() { Peers = AddressSet.Any, CheckHost = false, RefuseBrowsers = false, RequireGet = false, RefuseBody = false }, request);
    }

    [Theory]
    [InlineData("GET", "", 200)]
    [InlineData("GET", "nonsense", 200)]
    [InlineData("POST", "", 405)]
    [InlineData("OPTIONS", "", 405)]
    public async Task A_page_that_is_allowed_may_read_every_answer(string method, string query, int status)
    {
        CalloutRequest request = Request(("Origin", Page)) with { Method = method };

        CalloutResponse response = (await Ask(WithPage, query.Length == 0 ? request : request with { Query = query })).Response;

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(Page, Header(response, "Access-Control-Allow-Origin"));
        Assert.Equal("Origin", Header(response, "Vary"));
        Assert.Equal("no-store", Header(response, "Cache-Control"));
        Assert.Null(Header(response, "Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task An_allowed_page_may_read_why_it_was_refused_and_what_failed()
    {
        Assert.Equal(Page, Header((await Ask(WithPage, Request(("Origin", Page)) with { ContentLength = 1 })).Response, "Access-Control-Allow-Origin"));
        Assert.Equal(
            Page, Header((await Ask(WithPage, Request(("Origin", Page)) with { Query = "?FunctionName=Login" })).Response, "Access-Control-Allow-Origin"));
        Assert.Equal(
            Page, Header((await Ask(WithPage, Request(("Origin", Page)) with { Query = new string('x', 9000) })).Response, "Access-Control-Allow-Origin"));
        var endpoint = new CalloutEndpoint(new CalloutDispatcher(new CalloutHandlers(), new InMemoryAgentRegistry()), new() { Guard = WithPage });
        Assert.Equal(Page, Header(await endpoint.HandleAsync(Request(("Origin", Page)) with { Query = "?FunctionName=Hold" }), "Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Other_pages_may_read_nothing()
    {
        CalloutResponse refused = (await Ask(WithPage, Request(("Origin", "https://evil.test")))).Response;
        CalloutResponse toEbs = (await Ask(WithPage, Request())).Response;
        CalloutResponse byDefault = (await Ask(new(), Request())).Response;

        Assert.All([refused, toEbs, byDefault], response => Assert.Null(Header(response, "Access-Control-Allow-Origin")));
        Assert.Equal(["Origin", "Origin", null], new[] { refused, toEbs, byDefault }.Select(response => Header(response, "Vary")));
    }

    [Theory]
    [InlineData(true, 403)]
    [InlineData(false, 200)]
    public async Task Who_names_several_origins_may_read_nothing(bool refuseBrowsers, int status)
    {
        CalloutResponse response = (await Ask(WithPage with { RefuseBrowsers = refuseBrowsers }, Request(("Origin", Page), ("Origin", Page)))).Response;

        Assert.Equal((status, null, "Origin"), (response.StatusCode, Header(response, "Access-Control-Allow-Origin"), Header(response, "Vary")));
    }

    [Fact]
    public async Task The_question_beforehand_of_an_allowed_page_is_answered_and_reaches_nobody()
    {
        CalloutRequest request = Request(
            ("Origin", Page),
            ("Access-Control-Request-Method", "GET"),
            ("Access-Control-Request-Headers", "x-one, X-Two"),
            ("Access-Control-Request-Headers", "x_three"),
            ("Access-Control-Request-Private-Network", "true"),
            ("Sec-Fetch-Mode", "cors"));

        (CalloutResponse response, long refused, bool reached) = await Ask(WithPage, request with { Method = "OPTIONS" });

        Assert.Equal((200, 0, false, true, null), (response.StatusCode, refused, reached, response.Body.IsEmpty, response.ContentType));
        Assert.Equal(
            [
                "Cache-Control: no-store", "Access-Control-Allow-Methods: GET", "Access-Control-Allow-Headers: x-one, X-Two, x_three",
                "Access-Control-Allow-Private-Network: true", $"Access-Control-Allow-Origin: {Page}", "Vary: Origin",
            ],
            response.Headers.Select(header => $"{header.Key}: {header.Value}"));
    }

    [Fact]
    public async Task The_answer_grants_what_was_asked_for_and_no_more()
    {
        CalloutRequest request = Request(("Origin", Page), ("Access-Control-Request-Method", "DELETE")) with { Method = "OPTIONS" };

        CalloutResponse response = (await Ask(WithPage, request)).Response;

        Assert.Equal("GET", Header(response, "Access-Control-Allow-Methods"));
        Assert.Null(Header(response, "Access-Control-Allow-Headers"));
        Assert.Null(Header(response, "Access-Control-Allow-Private-Network"));
    }

    [Theory]
    [InlineData("x-one\r\nSet-Cookie: a=b")]
    [InlineData("x one")]
    [InlineData("x-\u00E9")]
    [InlineData("*")]
    public async Task Names_that_are_none_are_not_repeated(string names)
    {
        CalloutResponse response = (await Ask(WithPage, AskingFor(names))).Response;

        Assert.Equal((200, null), (response.StatusCode, Header(response, "Access-Control-Allow-Headers")));
    }

    [Fact]
    public async Task Names_without_end_are_not_repeated()
    {
        Assert.Null(Header((await Ask(WithPage, AskingFor(string.Join(",", Enumerable.Repeat("x", 33))))).Response, "Access-Control-Allow-Headers"));
        Assert.Null(Header((await Ask(WithPage, AskingFor(new string('x', 65)))).Response, "Access-Control-Allow-Headers"));
        Assert.NotNull(Header((await Ask(WithPage, AskingFor(string.Join(",", Enumerable.Repeat("x", 32))))).Response, "Access-Control-Allow-Headers"));
        Assert.NotNull(Header((await Ask(WithPage, AskingFor(new string('x', 64)))).Response, "Access-Control-Allow-Headers"));
    }

    [Fact]
    public async Task The_question_beforehand_of_another_page_is_refused()
    {
        CalloutRequest request = Request(
            ("Origin", "https://evil.test"), ("Access-Control-Request-Method", "GET"),
            ("Access-Control-Request-Private-Network", "true")) with
        { Method = "OPTIONS" };

        CalloutResponse response = (await Ask(WithPage, request)).Response;

        Assert.Equal(403, response.StatusCode);
        Assert.DoesNotContain(response.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        await Refuses(new(), request, CalloutRefusal.Browser);
        await Refuses(WithPage, request with { RemoteAddress = IPAddress.Parse("10.20.0.7") }, CalloutRefusal.Peer);
    }

    [Fact]
    public async Task The_operator_learns_why_and_how_often()
    {
        var observer = new RecordingObserver();
        CalloutEndpoint endpoint;
        await using (var observers = new ObserverHub(observer))
        {
            endpoint = new CalloutEndpoint(new ReachedDispatcher(), observers: observers);
            _ = await endpoint.HandleAsync(Request(("Origin", "https://evil.test")));
            _ = await endpoint.HandleAsync(Request() with { Method = "POST" });
            _ = await endpoint.HandleAsync(Request());
        }

        Assert.Equal(2, endpoint.RefusedCount);
        CalloutObservation[] observed = [.. observer.Observations.Cast<CalloutObservation>()];
        Assert.Equal([CalloutOutcome.Refused, CalloutOutcome.Refused, CalloutOutcome.Success], observed.Select(one => one.Outcome));
        Assert.Equal([CalloutRefusal.Browser, CalloutRefusal.Method, null], observed.Select(one => one.Refusal));
        Assert.Contains("https://evil.test", observed[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_whose_headers_fail_is_answered_for()
    {
        (CalloutResponse response, _, bool reached) = await Ask(new(), Request() with { Headers = Failing() });

        Assert.Equal((200, false), (response.StatusCode, reached));
        Assert.Equal("no-store", Header(response, "Cache-Control"));

        static IEnumerable<KeyValuePair<string, string>> Failing()
        {
            yield return new("Host", "localhost:3107");
            throw new InvalidOperationException();
        }
    }

    [Fact]
    public void Options_with_the_same_values_are_equal_and_keep_a_copy()
    {
        string[] hosts = ["a"];
        var options = new CalloutGuardOptions { Hosts = hosts, Origins = ["http://a"] };
        hosts[0] = "b";

        Assert.Equal(["a"], options.Hosts);
        Assert.Equal(new CalloutGuardOptions { Hosts = ["a"], Origins = ["HTTP://A:80/"] }, options);
        Assert.NotEqual(new CalloutGuardOptions { Hosts = ["a"] }, options);
    }

    [Fact]
    public void Mistakes_of_the_programmer_are_exceptions()
    {
        Assert.Throws<ArgumentNullException>(() => new CalloutGuardOptions { Peers = null! });
        Assert.Throws<ArgumentNullException>(() => new CalloutGuardOptions { Hosts = null! });
        Assert.Throws<ArgumentNullException>(() => new CalloutGuardOptions { Origins = null! });
        Assert.All(
            ["", "*", "*.example.com", "a b", "a:", "a:0", "a:65536", "a:b", "a/b", "http://a", "::1", null!],
            host => Assert.StartsWith(
                $"\"{host}\" is not a valid host.", Assert.Throws<ArgumentException>(() => new CalloutGuardOptions { Hosts = [host] }).Message,
                StringComparison.Ordinal));
    }

    /// <summary>A request as EBS sends it, with more headers; a Host among them takes the place of EBS's.</summary>
    private static CalloutRequest Request(params (string Name, string Value)[] headers)
    {
        CalloutRequest request = Requests.Get("?FunctionName=CheckStatus");
        return request with
        {
            Headers =
            [
                .. request.Headers.Where(header => header.Key != "Host" || headers.All(other => other.Name != "Host")),
                .. headers.Select(header => new KeyValuePair<string, string>(header.Name, header.Value)),
            ],
        };
    }

    private static CalloutRequest AskingFor(string names) =>
        Request(("Origin", Page), ("Access-Control-Request-Method", "GET"), ("Access-Control-Request-Headers", names)) with { Method = "OPTIONS" };

    private static Task PassesOrNot(bool passes, CalloutGuardOptions options, CalloutRequest request, CalloutRefusal refusal) =>
        passes ? Passes(options, request) : Refuses(options, request, refusal);

    private static async Task Passes(CalloutGuardOptions options, CalloutRequest request)
    {
        (CalloutResponse response, long refused, bool reached) = await Ask(options, request);

        Assert.Equal((200, 0, true), (response.StatusCode, refused, reached));
    }

    /// <returns>What the sender is told.</returns>
    private static async Task<string> Refuses(CalloutGuardOptions options, CalloutRequest request, CalloutRefusal refusal)
    {
        var observer = new RecordingObserver();
        CalloutResponse response;
        long refused;
        bool reached;
        await using (var observers = new ObserverHub(observer))
        {
            (response, refused, reached) = await Ask(options, request, observers);
        }

        Assert.Equal((refusal == CalloutRefusal.Method ? 405 : 403, 1, false), (response.StatusCode, refused, reached));
        Assert.Equal("no-store", Header(response, "Cache-Control"));
        CalloutObservation observed = Assert.IsType<CalloutObservation>(Assert.Single(observer.Observations));
        Assert.Equal((CalloutOutcome.Refused, refusal), (observed.Outcome, observed.Refusal));
        string told = Assert.IsType<ErrorEvent>(Assert.Single(CctXmlFormatter.Default.Read(Encoding.ASCII.GetString(response.Body.ToArray())))).Message!;
        Assert.Equal(observed.Message, told);
        return told;
    }

    private static async Task<(CalloutResponse Response, long Refused, bool Reached)> Ask(
        CalloutGuardOptions options, CalloutRequest request, ObserverHub? observers = null)
    {
        var dispatcher = new ReachedDispatcher();
        var endpoint = new CalloutEndpoint(dispatcher, new() { Guard = options }, observers);
        CalloutResponse response = await endpoint.HandleAsync(request);
        return (response, endpoint.RefusedCount, dispatcher.Reached);
    }

    private static string? Header(CalloutResponse response, string name) => response.Headers.SingleOrDefault(header => header.Key == name).Value;

    private sealed class ReachedDispatcher : ICalloutDispatcher
    {
        public bool Reached { get; private set; }

        public ValueTask<CalloutReply> DispatchAsync(Callout callout, CalloutContext context, CancellationToken cancellationToken = default)
        {
            Reached = true;
            return new(CalloutReply.Success);
        }
    }
}
