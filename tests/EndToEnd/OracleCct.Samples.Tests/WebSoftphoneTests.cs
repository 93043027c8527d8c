using System;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Samples.Tests.Running;
using Xunit;

namespace OracleCct.Samples.Tests;

public class WebSoftphoneTests
{
    private const string Sample = "WebSoftphone";

    private static readonly ReadyCallout Ready = new() { TelesetNumber = "70002", AgentId = "7001" };

    [Theory]
    [InlineData("\"--prot\" is not an option. Use --port N, --answer-after MS or --talk-for MS.", "--prot", "3107")]
    [InlineData("--port requires a port number from 0 to 65535.", "--port", "65536")]
    public async Task An_invalid_option_is_reported_in_one_line(string message, params string[] options)
    {
        await using ChildProcess softphone = SamplePrograms.Start(Sample, Framework.Net, options);

        Assert.Equal(2, await softphone.ExitAsync());
        Assert.Equal((message, ""), (softphone.Errors, softphone.Output));
    }

    [Fact]
    public async Task A_port_in_use_is_reported_in_one_line()
    {
        await using RunningSoftphone first = await StartAsync();
        string port = first.Url.Port.ToString(CultureInfo.InvariantCulture);
        await using ChildProcess second = SamplePrograms.Start(Sample, Framework.Net, "--port", port);

        Assert.Equal(2, await second.ExitAsync());
        Assert.Equal(
            ($"Port {port} is taken by another program (perhaps another softphone). End that program, or choose another port with --port N.", ""),
            (second.Errors, second.Output));
    }

    [Fact]
    public async Task It_prints_the_URL_of_the_page_and_serves_the_page()
    {
        await using RunningSoftphone softphone = await StartAsync();
        using var page = new PhonePage(softphone.Url);

        Assert.Equal($"the agent's page is {page.Url}", await softphone.Process.LineAsync("page"));
        Assert.Equal("localhost", softphone.Url.Host);
        using HttpResponseMessage html = await page.GetAsync("/phone/");
        using HttpResponseMessage script = await page.GetAsync("phone.js");
        using HttpResponseMessage style = await page.GetAsync("phone.css");
        Assert.Equal(
            ["text/html", "text/javascript", "text/css"],
            new[] { html, script, style }.Select(response => response.Content.Headers.ContentType?.MediaType));
        Assert.Contains("frame-ancestors 'none'", html.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("<title>Web softphone</title>", await html.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_that_opens_the_softphone_is_redirected_to_the_page_and_dials_nothing()
    {
        await using RunningSoftphone softphone = await StartAsync();
        using var page = new PhonePage(softphone.Url);
        using HttpRequestMessage root = Navigation(new(softphone.Url, "/"));
        using HttpRequestMessage callout = Navigation(new(softphone.Url, "/?FunctionName=CheckStatus"));

        using HttpResponseMessage redirect = await page.SendAsync(root);
        using HttpResponseMessage refused = await page.SendAsync(callout);

        Assert.Equal((302, "/phone/"), ((int)redirect.StatusCode, redirect.Headers.Location?.OriginalString));
        Assert.Equal(403, (int)refused.StatusCode);

        static HttpRequestMessage Navigation(Uri url) =>
            new(HttpMethod.Get, url) { Headers = { { "Sec-Fetch-Mode", "navigate" }, { "Sec-Fetch-Dest", "document" }, { "Sec-Fetch-Site", "none" } } };
    }

    [Fact]
    public async Task An_incoming_call_goes_from_the_page_to_EBS_and_back_to_the_page()
    {
        await using RunningSoftphone softphone = await StartAsync();
        using var page = new PhonePage(softphone.Url);
        using PhonePage.News news = await page.FollowAsync();
        await softphone.RegisterAsync();
        Assert.Null(await softphone.LogInAsync());
        Assert.Null(await softphone.CallOutAsync(Ready));
        JsonElement ready = await news.NextAsync("state", "Available");
        Assert.Equal(softphone.Url.AbsoluteUri, ready.GetProperty("callouts").GetString());
        Assert.Equal("7001", ready.GetProperty("agents")[0].GetProperty("agentId").GetString());

        Assert.Null(await page.AskAsync("ring", "+1 (415) 555-0199"));
        ScreenPopEvent pop = await softphone.NextEventAsync<ScreenPopEvent>();
        JsonElement rings = await news.NextAsync("state", "Ringing");
        Assert.Null(await page.AskAsync("answer"));
        CallEstablishedEvent established = await softphone.NextEventAsync<CallEstablishedEvent>();
        _ = await news.NextAsync("state", "Talking");
        Assert.Null(await page.AskAsync("hangup"));
        CallReleasedEvent released = await softphone.NextEventAsync<CallReleasedEvent>();
        JsonElement last = await news.NextAsync("wire", "CallReleased");

        Assert.Equal(("14155550199", "70002"), (pop.Ani, pop.Dnis));
        Assert.Equal((pop.SourceId, pop.SourceId), (established.SourceId, released.SourceId));
        JsonElement call = rings.GetProperty("agents")[0].GetProperty("call");
        Assert.Equal((pop.SourceId, "+1 (415) 555-0199"), (call.GetProperty("id").GetString(), call.GetProperty("number").GetString()));
        Assert.False(call.GetProperty("isOutgoing").GetBoolean());
        Assert.Equal("CallSinceReady", rings.GetProperty("agents")[0].GetProperty("availability").GetString());
        Assert.Equal(("Delivered (HTTP 200)", true), (last.GetProperty("outcome").GetString(), last.GetProperty("isGood").GetBoolean()));
        Assert.Contains("agentPassword=***", news.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", news.Text + softphone.Process.Output + softphone.Process.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_outgoing_call_is_dialled_from_the_page_or_from_EBS()
    {
        await using RunningSoftphone softphone = await StartAsync("--answer-after", "1", "--talk-for", "1");
        using var page = new PhonePage(softphone.Url);
        await softphone.RegisterAsync();

        Assert.Null(await page.AskAsync("dial", "4155550100"));
        Assert.Equal("4155550100", (await softphone.NextEventAsync<ScreenPopEvent>()).Ani);
        _ = await softphone.NextEventAsync<CallEstablishedEvent>();
        _ = await softphone.NextEventAsync<CallReleasedEvent>();
        Assert.Null(await softphone.MakeCallAsync("4155550101"));
        Assert.Equal("4155550101", (await softphone.NextEventAsync<ScreenPopEvent>()).Ani);
    }

    [Fact]
    public async Task A_page_that_opens_later_gets_the_earlier_messages()
    {
        await using RunningSoftphone softphone = await StartAsync();
        using var page = new PhonePage(softphone.Url);
        await softphone.RegisterAsync();

        using PhonePage.News news = await page.FollowAsync();

        JsonElement register = await news.NextAsync("wire", "Register");
        Assert.Equal("Success", register.GetProperty("outcome").GetString());
        Assert.Equal("7001", (await news.NextAsync("state", "NeverReady")).GetProperty("agents")[0].GetProperty("agentId").GetString());
    }

    [Fact]
    public async Task A_request_that_cannot_succeed_is_reported_in_one_line()
    {
        await using RunningSoftphone softphone = await StartAsync();
        using var page = new PhonePage(softphone.Url);
        await softphone.RegisterAsync();

        Assert.Equal(
            "EBS has not registered agent 7002 at 70003. Sign the agent in to EBS first.",
            await page.AskAsync("ring", "4155550199", "7002", "70003"));
        Assert.Equal("\"<b>\" is not a telephone number. Use digits and the usual separators.", await page.AskAsync("dial", "<b>"));
        Assert.Equal("No call is ringing.", await page.AskAsync("answer"));
        Assert.Equal("There is no call.", await page.AskAsync("hangup"));
        Assert.Null(await page.AskAsync("ring", "4155550199"));
        Assert.StartsWith("The phone of agent 7001 at 70002 is busy with call ", await page.AskAsync("dial", "4155550100"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"agentId\":")]
    [InlineData("[]")]
    public async Task Invalid_JSON_is_reported_in_one_line(string json)
    {
        await using RunningSoftphone softphone = await StartAsync();
        using var page = new PhonePage(softphone.Url);
        using HttpRequestMessage request = page.Post("dial", "4155550100");
        request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        request.Headers.Add("Origin", page.Origin);

        using HttpResponseMessage response = await page.SendAsync(request);

        Assert.Equal(400, (int)response.StatusCode);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.StartsWith("The request is not valid JSON", problem.RootElement.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Origin", "https://example.com", "The request's Origin is not this page. Use the program's own page.")]
    [InlineData("Origin", "null", "The request's Origin is not this page. Use the program's own page.")]
    [InlineData("Origin", "http://localhost:1", "The request's Origin is not this page. Use the program's own page.")]
    [InlineData("Origin", null, "The request's Origin is not this page. Use the program's own page.")]
    [InlineData("Host", "rebind.example.com:{port}", "The page is not available under this host name. Use http://localhost.")]
    [InlineData("Host", "[::ffff:127.0.0.1]:{port}", "The page is not available under this host name. Use http://localhost.")]
    [InlineData("Host", "[::ffff:7f00:1]:{port}", "The page is not available under this host name. Use http://localhost.")]
    [InlineData("Host", "localhost", "The page is not available under this host name. Use http://localhost.")]
    [InlineData("Sec-Fetch-Site", "cross-site", "The request comes from another page. Use the program's own page.")]
    [InlineData("Sec-Fetch-Site", "same-site", "The request comes from another page. Use the program's own page.")]
    [InlineData("Content-Type", "text/plain", "The request is not a POST of JSON. Use the content type application/json.")]
    public async Task Another_page_cannot_make_a_call(string header, string? value, string reason)
    {
        await using RunningSoftphone softphone = await StartAsync();
        using var page = new PhonePage(softphone.Url);
        await softphone.RegisterAsync();
        using HttpRequestMessage request = page.Post("dial", "4155550100");
        string shown = value?.Replace("{port}", page.Url.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) ?? "";
        string origin = page.Origin;
        if (header == "Origin")
        {
            origin = shown;
        }
        else if (header == "Host")
        {
            request.Headers.Host = shown;
            origin = "http://" + shown;
        }
        else if (header == "Content-Type")
        {
            request.Content = new StringContent(await request.Content!.ReadAsStringAsync(), Encoding.UTF8, shown);
        }
        else
        {
            request.Headers.Add(header, shown);
        }

        if (origin.Length > 0)
        {
            request.Headers.Add("Origin", origin);
        }

        using HttpResponseMessage response = await page.SendAsync(request);

        Assert.Equal(403, (int)response.StatusCode);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(reason, problem.RootElement.GetProperty("text").GetString());
        Assert.DoesNotContain(response.Headers, sent => sent.Key.StartsWith("Access-Control-", StringComparison.Ordinal));
        Assert.Equal("There is no call.", await page.AskAsync("hangup"));
    }

    [Theory]
    [InlineData("cross-site", "cors", "empty", 403)]
    [InlineData("cross-site", "navigate", "iframe", 403)]
    [InlineData("cross-site", "navigate", "document", 200)]
    [InlineData("same-origin", "cors", "empty", 200)]
    public async Task Another_page_can_link_to_the_page_but_not_read_it(string site, string mode, string destination, int status)
    {
        await using RunningSoftphone softphone = await StartAsync();
        using var page = new PhonePage(softphone.Url);
        using var request = new HttpRequestMessage(HttpMethod.Get, page.Url)
        {
            Headers = { { "Sec-Fetch-Site", site }, { "Sec-Fetch-Mode", mode }, { "Sec-Fetch-Dest", destination } },
        };

        using HttpResponseMessage response = await page.SendAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("same-origin", response.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
    }

    [UnixTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_ends_the_calls_the_open_pages_and_the_softphone(string signal)
    {
        await using RunningSoftphone softphone = await StartAsync();
        using var page = new PhonePage(softphone.Url);
        using PhonePage.News news = await page.FollowAsync();
        await softphone.RegisterAsync();
        Assert.Null(await page.AskAsync("ring", "4155550199"));
        _ = await softphone.NextEventAsync<ScreenPopEvent>();

        await using ChildProcess kill = ChildProcess.Start("kill", "-s", signal, softphone.Process.Id.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(0, await kill.ExitAsync());

        await news.EndAsync();
        _ = await softphone.NextEventAsync<CallReleasedEvent>();
        Assert.Equal(0, await softphone.Process.ExitAsync());
        Assert.Equal("", softphone.Process.Errors);
    }

    private static Task<RunningSoftphone> StartAsync(params string[] options) => RunningSoftphone.StartAsync(Sample, Framework.Net, options);
}
