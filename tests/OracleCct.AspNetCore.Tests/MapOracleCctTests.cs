using System;
using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using OracleCct.AspNetCore.Tests.Support;
using OracleCct.Protocol;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.AspNetCore.Tests;

public class MapOracleCctTests
{
    private const string Ready = "/?FunctionName=Ready&telesetNumber=70002&agentID=7001";

    [Fact]
    public async Task A_callout_is_carried_out_and_answered()
    {
        var ready = new ReadyCounter();
        await using WebSoftphone softphone = await WebSoftphone.StartAsync(ready.AddTo);

        string answer = await softphone.GetAsync(Ready);

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Length: 0\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nCache-Control: no-store\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Content-Type", answer, StringComparison.Ordinal);
        Assert.Equal(["7001"], ready.Agents);
    }

    [Fact]
    public async Task A_failure_is_an_Error_on_status_200_with_its_length()
    {
        await using WebSoftphone softphone = await WebSoftphone.StartAsync(cct => cct.Handle<ReadyCallout>(_ => CalloutReply.Error("No queue.")));

        string answer = await softphone.GetAsync(Ready);

        const string Body = "<CCTSDK><event name=\"Error\"><data name=\"occtErrorMsg\" value=\"No queue.\"/></event></CCTSDK>";
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: text/xml\r\n", answer, StringComparison.Ordinal);
        Assert.Contains($"\r\nContent-Length: {Body.Length.ToString(CultureInfo.InvariantCulture)}\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n" + Body, answer, StringComparison.Ordinal);
        Assert.DoesNotContain("chunked", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_query_arrives_as_it_was_sent()
    {
        string dialled = "";
        await using WebSoftphone softphone = await WebSoftphone.StartAsync(cct => cct.HandleAsync<MakeCallCallout>((call, _, _) =>
        {
            dialled = call.DialString;
            return new(CalloutReply.Success);
        }));

        _ = await softphone.GetAsync("/?FunctionName=MakeCall&telesetNumber=70002&agentID=7001&dialString=+1%20415%2B5%C3%A9");

        Assert.Equal("+1 415+5é", dialled);
    }

    [Theory]
    [InlineData("GET", "Origin: https://example.com\r\n", "", "HTTP/1.1 403 Forbidden\r\n", "Origins")]
    [InlineData("GET", "Sec-Fetch-Site: cross-site\r\n", "", "HTTP/1.1 403 Forbidden\r\n", "Origins")]
    [InlineData("GET", "Content-Length: 1\r\n", "x", "HTTP/1.1 403 Forbidden\r\n", "RefuseBody")]
    [InlineData("GET", "Transfer-Encoding: chunked\r\n", "1\r\nx\r\n0\r\n\r\n", "HTTP/1.1 403 Forbidden\r\n", "RefuseBody")]
    [InlineData("POST", "Content-Length: 0\r\n", "", "HTTP/1.1 405 Method Not Allowed\r\n", "HTTP GET")]
    [InlineData("DELETE", "", "", "HTTP/1.1 405 Method Not Allowed\r\n", "HTTP GET")]
    [InlineData("OPTIONS", "", "", "HTTP/1.1 405 Method Not Allowed\r\n", "HTTP GET")]
    public async Task The_guard_holds(string method, string headers, string body, string status, string reason)
    {
        var ready = new ReadyCounter();
        await using WebSoftphone softphone = await WebSoftphone.StartAsync(ready.AddTo);

        string answer = await softphone.SendAsync(method, Ready, headers, body);

        Assert.StartsWith(status, answer, StringComparison.Ordinal);
        Assert.Matches(reason, answer);
        Assert.Contains("occtErrorMsg", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nCache-Control: no-store\r\n", answer, StringComparison.Ordinal);
        Assert.Empty(ready.Agents);
        Assert.Equal(1, softphone.Services.GetRequiredService<CalloutEndpoint>().RefusedCount);
    }

    [Fact]
    public async Task Another_name_of_the_machine_is_refused()
    {
        await using WebSoftphone softphone = await WebSoftphone.StartAsync(new ReadyCounter().AddTo);

        string answer = await RawHttp.SendAsync(
            softphone.Url, $"GET {Ready} HTTP/1.1\r\nHost: rebind.example.com:{softphone.Url.Port}\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 403 Forbidden\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("option Hosts", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_port_in_Host_is_refused()
    {
        await using WebSoftphone softphone = await WebSoftphone.StartAsync(new ReadyCounter().AddTo);

        string answer = await RawHttp.SendAsync(softphone.Url, $"GET {Ready} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 403 Forbidden\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_line_of_a_repeated_header_reaches_the_guard()
    {
        await using WebSoftphone softphone = await WebSoftphone.StartAsync(new ReadyCounter().AddTo);

        string answer = await softphone.SendAsync("GET", Ready, "Origin: https://a.example\r\nOrigin: https://b.example\r\n");

        Assert.Contains("it has several Origin headers", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HEAD_gets_no_body()
    {
        await using WebSoftphone softphone = await WebSoftphone.StartAsync(new ReadyCounter().AddTo);

        string answer = await softphone.SendAsync("HEAD", Ready);

        Assert.StartsWith("HTTP/1.1 405 Method Not Allowed\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nAllow: GET\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HEAD_gets_no_body_where_every_method_is_allowed()
    {
        await using WebSoftphone softphone = await WebSoftphone.StartAsync(
            cct => cct.Configure<CalloutGuardOptions>(guard => guard with { RequireGet = false }));

        string answer = await softphone.SendAsync("HEAD", Ready);

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_of_unknown_length_is_too_long()
    {
        await using WebSoftphone softphone = await WebSoftphone.StartAsync(
            cct => cct.Configure<CalloutGuardOptions>(guard => guard with { RefuseBody = false }));

        string answer = await softphone.SendAsync("GET", Ready, "Transfer-Encoding: chunked\r\n", "1\r\nx\r\n0\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, 200)]
    [InlineData(true, 403)]
    public async Task A_body_that_HTTP_2_does_not_announce_is_refused(bool withBody, int status)
    {
        await using WebSoftphone softphone = await WebSoftphone.StartAsync(new ReadyCounter().AddTo, protocols: HttpProtocols.Http2);
        using var client = new HttpClient { Timeout = Deadline.Limit };
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(softphone.Url, Ready))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = withBody ? new PushedContent() : null,
        };

        using HttpResponseMessage answer = await client.SendAsync(request);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_client_that_offers_HTTP_2_is_served()
    {
        await using WebSoftphone softphone = await WebSoftphone.StartAsync(new ReadyCounter().AddTo, protocols: HttpProtocols.Http1AndHttp2);

        // Java's newer client asks for this upgrade.
        string request = RawHttp.Get(softphone.Url, Ready)
            .Replace("Connection: close", "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAA", StringComparison.Ordinal);
        using TcpClient client = await RawHttp.ConnectAsync(softphone.Url);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), Deadline.Token());
        var start = new byte[15];
        await client.GetStream().ReadExactlyAsync(start, Deadline.Token());

        Assert.Equal("HTTP/1.1 200 OK", Encoding.ASCII.GetString(start));
    }

    [Fact]
    public async Task A_listed_page_may_ask_and_read_and_another_may_not()
    {
        await using WebSoftphone softphone = await WebSoftphone.StartAsync(cct => AllowPages(cct));

        string question = await softphone.SendAsync(
            "OPTIONS",
            Ready,
            "Origin: https://ebs.example.com\r\nAccess-Control-Request-Method: GET\r\nAccess-Control-Request-Private-Network: true\r\n");
        string answer = await softphone.SendAsync("GET", Ready, "Origin: https://ebs.example.com\r\n");
        string other = await softphone.SendAsync("OPTIONS", Ready, "Origin: https://other.example.com\r\nAccess-Control-Request-Method: GET\r\n");

        AssertMayRead(question);
        Assert.Contains("\r\nAccess-Control-Allow-Methods: GET\r\n", question, StringComparison.Ordinal);
        Assert.Contains("\r\nAccess-Control-Allow-Private-Network: true\r\n", question, StringComparison.Ordinal);
        AssertMayRead(answer);
        Assert.StartsWith("HTTP/1.1 403 Forbidden\r\n", other, StringComparison.Ordinal);
        Assert.DoesNotContain("Access-Control-Allow-Origin", other, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_ShortCircuit_the_guard_answers_pages_and_not_the_applications_own_CORS_policy()
    {
        await using WebSoftphone softphone = await WebSoftphone.StartAsync(
            cct => AllowPages(cct),
            builder => builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy => policy.AllowAnyOrigin())),
            app =>
            {
                _ = app.UseCors();
                _ = app.MapOracleCct().ShortCircuit();
            });
        const string Question = "Access-Control-Request-Method: GET\r\nAccess-Control-Request-Private-Network: true\r\n";

        string listed = await softphone.SendAsync("OPTIONS", Ready, "Origin: https://ebs.example.com\r\n" + Question);
        string other = await softphone.SendAsync("OPTIONS", Ready, "Origin: https://other.example.com\r\n" + Question);

        AssertMayRead(listed);
        Assert.StartsWith("HTTP/1.1 403 Forbidden\r\n", other, StringComparison.Ordinal);
        Assert.DoesNotContain("Access-Control-Allow-Origin", other, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_output_cache_answers_in_place_of_a_handler()
    {
        var ready = new ReadyCounter();
        await using WebSoftphone softphone = await WebSoftphone.StartAsync(
            ready.AddTo,
            builder => builder.Services.AddOutputCache(cache => cache.AddBasePolicy(policy => policy.Expire(TimeSpan.FromHours(1)))),
            app =>
            {
                _ = app.UseOutputCache();
                _ = app.MapOracleCct();
            });

        _ = await softphone.GetAsync(Ready);
        _ = await softphone.GetAsync(Ready);

        Assert.Equal(["7001", "7001"], ready.Agents);
    }

    [Fact]
    public async Task Earlier_middleware_cannot_make_an_answer_cacheable()
    {
        await using WebSoftphone softphone = await WebSoftphone.StartAsync(map: app =>
        {
            _ = app.Use((context, next) =>
            {
                context.Response.Headers.CacheControl = "public, max-age=60";
                return next(context);
            });
            _ = app.MapOracleCct();
        });

        string answer = await softphone.GetAsync("/?FunctionName=CheckStatus");

        Assert.Contains("\r\nCache-Control: no-store\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("public", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/callouts", "/callouts?")]
    [InlineData("cct/{site}", "/cct/north?")]
    [InlineData("/callouts", "/callouts/?")]
    public async Task The_path_can_be_another(string pattern, string target)
    {
        var ready = new ReadyCounter();
        await using WebSoftphone softphone = await WebSoftphone.StartAsync(ready.AddTo, map: app => app.MapOracleCct(pattern));

        string answer = await softphone.GetAsync(target + Ready[2..]);
        string elsewhere = await softphone.GetAsync(Ready);

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 404 Not Found\r\n", elsewhere, StringComparison.Ordinal);
        Assert.Equal(["7001"], ready.Agents);
    }

    [Fact]
    public async Task It_works_in_a_group_and_under_a_path_base()
    {
        var ready = new ReadyCounter();
        await using WebSoftphone softphone = await WebSoftphone.StartAsync(ready.AddTo, map: app =>
        {
            _ = app.UsePathBase("/softphone");
            _ = app.UseRouting();
            _ = app.MapGroup("/ebs").MapOracleCct();
        });

        string answer = await softphone.GetAsync("/softphone/ebs/" + Ready[1..]);

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.Equal(["7001"], ready.Agents);
    }

    [Fact]
    public async Task A_callout_that_runs_when_the_application_stops_is_answered()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using WebSoftphone softphone = await WebSoftphone.StartAsync(cct => cct.HandleAsync<ReadyCallout>(async (_, _, token) =>
        {
            started.SetResult();
            await Task.Delay(Timeout.Infinite, token);
            return CalloutReply.Success;
        }));
        Task<string> answer = softphone.GetAsync(Ready);
        await started.Task.Within("the handler");

        await softphone.StopAsync().Within("the stop");

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", await answer, StringComparison.Ordinal);
        Assert.Contains("occtErrorMsg", await answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_goes_away_cancels_nothing()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using WebSoftphone softphone = await WebSoftphone.StartAsync(
            cct => cct.HandleAsync<ReadyCallout>(async (_, _, token) =>
            {
                started.SetResult();
                await gone.Task;
                ended.SetResult(token.IsCancellationRequested);
                return CalloutReply.Success;
            }),
            map: app =>
            {
                _ = app.Use((context, next) =>
                {
                    _ = context.RequestAborted.Register(gone.SetResult);
                    return next(context);
                });
                _ = app.UseRouting();
                _ = app.MapOracleCct();
            });

        using (TcpClient client = await RawHttp.ConnectAsync(softphone.Url))
        {
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(RawHttp.Get(softphone.Url, Ready)), Deadline.Token());
            await started.Task.Within("the handler");
            client.LingerState = new(enable: true, seconds: 0);
        }

        Assert.False(await ended.Task.Within("the end of the handler"));
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", await softphone.GetAsync("/?FunctionName=CheckStatus"), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_AddOracleCct_mapping_throws_with_the_missing_call()
    {
        WebApplication app = WebSoftphone.NewBuilder(new()).Build();

        Assert.Contains("services.AddOracleCct", Assert.Throws<InvalidOperationException>(() => app.MapOracleCct()).Message, StringComparison.Ordinal);
        Assert.Equal("endpoints", Assert.Throws<ArgumentNullException>(() => ((WebApplication)null!).MapOracleCct()).ParamName);
        Assert.Equal("pattern", Assert.Throws<ArgumentNullException>(() => app.MapOracleCct(null!)).ParamName);
    }

    private static void AllowPages(TelephonyAdapterBuilder cct) =>
        cct.HandleAsync<ReadyCallout>((_, _, _) => new(CalloutReply.Success))
            .Configure<CalloutGuardOptions>(guard => guard with { Origins = ["https://ebs.example.com"] });

    private static void AssertMayRead(string answer)
    {
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nAccess-Control-Allow-Origin: https://ebs.example.com\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nVary: Origin\r\n", answer, StringComparison.Ordinal);
    }

    /// <summary>A body of unknown length.</summary>
    private sealed class PushedContent : HttpContent
    {
        protected override Task SerializeToStreamAsync(System.IO.Stream stream, TransportContext? context) => stream.WriteAsync("x"u8.ToArray()).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
