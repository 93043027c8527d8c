using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Json;
using System.Text;
using System.Threading.Tasks;
using OracleCct.Samples.Tests.Pages;
using OracleCct.Samples.Tests.Running;
using Xunit;

namespace OracleCct.Samples.Tests;

public class UwqSimulatorStartAndEndTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("\"--prot\" is not an option. Use --port N, --softphone URL or --listener-port N.", "--prot", "8890")]
    [InlineData("--port requires a port number from 0 to 65535.", "--port")]
    [InlineData("--port requires a port number from 0 to 65535.", "--port", "65536")]
    [InlineData("--listener-port requires a port number from 0 to 65535.", "--port", "0", "--listener-port", "-1")]
    [InlineData("--softphone requires the softphone's URL, for example http://localhost:3107/.", "--softphone", "localhost:3107")]
    [InlineData("--softphone requires the softphone's URL, for example http://localhost:3107/.", "--softphone", "http://localhost:3107/?FunctionName=Login")]
    [InlineData("--softphone requires the softphone's URL, for example http://localhost:3107/.", "--softphone", "")]
    public async Task An_invalid_option_is_reported_in_one_line(string message, params string[] options)
    {
        await using ChildProcess simulator = SamplePrograms.Start("UwqSimulator", Framework.Net, options);

        Assert.Equal(2, await simulator.ExitAsync());
        Assert.Equal(message, simulator.Errors);
        Assert.Equal("", simulator.Output);
    }

    [Fact]
    public async Task A_port_in_use_is_reported_in_one_line()
    {
        await using RunningPage first = await RunningPage.StartAsync("UwqSimulator");
        await using ChildProcess second = SamplePrograms.Start("UwqSimulator", Framework.Net, "--port", first.Url.Port.ToString(CultureInfo.InvariantCulture));

        Assert.Equal(2, await second.ExitAsync());
        Assert.StartsWith($"Port {first.Url.Port} is taken by another program", second.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', second.Errors);
        Assert.Equal("", second.Output);
    }

    [UnixTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_signs_the_agents_out_and_ends_the_simulator(string signal)
    {
        await using var softphone = new PlainSoftphone();
        await using RunningPage simulator = await RunningPage.StartAsync("UwqSimulator", "--softphone", softphone.Url.AbsoluteUri);
        using HttpClient http = ClientOf(simulator);
        await SignInAsync(http);

        // An open page must not delay the end.
        using HttpResponseMessage page = await http.GetAsync(new Uri("api/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        await using ChildProcess kill = ChildProcess.Start("kill", "-s", signal, simulator.Process.Id.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(0, await kill.ExitAsync());

        Assert.Equal(0, await simulator.Process.ExitAsync());
        Assert.Equal("", simulator.Process.Errors);
        Assert.Equal(["Login", "Ready", "NotReady", "Logout", "Unregister"], softphone.Callouts);
    }

    [UnixTheory]
    [InlineData("TERM")]
    public async Task A_stopped_softphone_does_not_delay_the_end(string signal)
    {
        await using var softphone = new PlainSoftphone();
        await using RunningPage simulator = await RunningPage.StartAsync("UwqSimulator", "--softphone", softphone.Url.AbsoluteUri);
        using HttpClient http = ClientOf(simulator);
        await SignInAsync(http);
        await softphone.DisposeAsync();

        await using ChildProcess kill = ChildProcess.Start("kill", "-s", signal, simulator.Process.Id.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(0, await kill.ExitAsync());

        Assert.Equal(0, await simulator.Process.ExitAsync());
    }

    [Fact]
    public async Task An_agent_is_removed_within_seconds_when_the_softphone_does_not_reply()
    {
        await using var softphone = new PlainSoftphone();
        await using RunningPage simulator = await RunningPage.StartAsync("UwqSimulator", "--softphone", softphone.Url.AbsoluteUri);
        using HttpClient http = ClientOf(simulator);
        await SignInAsync(http);
        softphone.IsSilent = true;

        // The client's timeout is shorter than three callouts without a reply.
        using HttpResponseMessage removed = await http.PostAsJsonAsync(new Uri("api/agents/1/remove", UriKind.Relative), new { });

        Assert.Equal(204, (int)removed.StatusCode);
        Assert.Equal(["Login", "Ready", "NotReady"], softphone.Callouts);
        using HttpResponseMessage gone = await http.PostAsJsonAsync(new Uri("api/agents/1/sign-in", UriKind.Relative), new { });
        Assert.Equal(400, (int)gone.StatusCode);
    }

    [Theory]
    [InlineData("application/json", "Origin: http://evil.test", "Sec-Fetch-Site: cross-site")] // the script of another page
    [InlineData("application/json", "Origin: http://localhost:1")] // the page of another program on this machine
    [InlineData("application/json", "Origin: null")] // a sandboxed page, or a page from a file
    [InlineData("application/json", "Sec-Fetch-Site: same-site")] // a browser that does not send the origin
    [InlineData("application/json", "Host: rebind.test")] // a foreign host name that resolves to this machine
    [InlineData("text/plain")] // a form
    [InlineData("application/x-www-form-urlencoded")] // a form with fields
    public async Task Only_the_page_can_send_commands(string contentType, params string[] headers)
    {
        await using RunningPage simulator = await RunningPage.StartAsync("UwqSimulator");
        using HttpClient http = ClientOf(simulator);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(simulator.Url, "api/agents"))
        {
            Content = new StringContent("""{"telesetNumber":"70002","agentId":"7001"}""", Encoding.UTF8, contentType),
        };
        foreach (string[] header in headers.Select(header => header.Split(": ")))
        {
            request.Headers.Add(header[0], header[1]);
        }

        using HttpResponseMessage refused = await http.SendAsync(request);

        Assert.Equal(403, (int)refused.StatusCode);
        Assert.DoesNotContain(refused.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        using HttpResponseMessage own = await http.PostAsJsonAsync(new Uri(simulator.Url, "api/agents"), new { telesetNumber = "70002", agentId = "7001" });
        Assert.Equal(200, (int)own.StatusCode);
    }

    [Fact]
    public async Task A_foreign_page_cannot_read()
    {
        await using RunningPage simulator = await RunningPage.StartAsync("UwqSimulator");
        using HttpClient http = ClientOf(simulator);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(simulator.Url, "api/events"));
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using HttpResponseMessage refused = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(403, (int)refused.StatusCode);
    }

    [Theory]
    [InlineData("""{"telesetNumber":"","agentId":"7001"}""", "The extension or the agent ID is missing. Enter both.")]
    [InlineData("""{"agentId":"7001"}""", "The extension or the agent ID is missing. Enter both.")]
    [InlineData("""{"telesetNumber":"70002",""", "The request is not valid JSON, or a field has a wrong type. Reload the page.")]
    [InlineData("""{"telesetNumber":70002}""", "The request is not valid JSON, or a field has a wrong type. Reload the page.")]
    [InlineData(
        """{"telesetNumber":"70002","agentId":"7001","listenerPort":65536}""",
        "The listener port is not valid. Use a number from 0 to 65535; 0 selects a free port.")]
    public async Task An_invalid_agent_is_reported_in_one_line(string json, string message)
    {
        await using RunningPage simulator = await RunningPage.StartAsync("UwqSimulator");
        using HttpClient http = ClientOf(simulator);

        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage reply = await http.PostAsync(new Uri(simulator.Url, "api/agents"), content);

        Assert.Equal(400, (int)reply.StatusCode);
        Assert.Contains(message, (await reply.Content.ReadFromJsonAsync<Dictionary<string, string>>())!["text"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_port_in_use_is_reported_in_one_line()
    {
        await using RunningPage simulator = await RunningPage.StartAsync("UwqSimulator");
        using HttpClient http = ClientOf(simulator);

        using HttpResponseMessage reply = await http.PostAsJsonAsync(
            new Uri(simulator.Url, "api/agents"), new { telesetNumber = "70002", agentId = "7001", listenerPort = simulator.Url.Port });

        Assert.Equal(400, (int)reply.StatusCode);
        string problem = (await reply.Content.ReadFromJsonAsync<Dictionary<string, string>>())!["text"];
        Assert.Contains(simulator.Url.Port.ToString(CultureInfo.InvariantCulture), problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem);
    }

    [Fact]
    public async Task A_query_that_does_not_fit_a_request_line_is_reported_in_one_line()
    {
        await using RunningPage simulator = await RunningPage.StartAsync("UwqSimulator");
        using HttpClient http = ClientOf(simulator);

        using HttpResponseMessage reply = await http.PostAsJsonAsync(new Uri("api/callouts", UriKind.Relative), new { query = "FunctionName=Ready\r\nX: y" });

        Assert.Equal(400, (int)reply.StatusCode);
        string problem = (await reply.Content.ReadFromJsonAsync<Dictionary<string, string>>())!["text"];
        Assert.Equal("The query contains a line break, or more than 1,000,000 characters. Use a shorter query on one line.", problem);
        Assert.Equal("", simulator.Process.Errors);
    }

    [Fact]
    public async Task A_line_end_after_a_query_is_not_sent()
    {
        await using RunningPage simulator = await RunningPage.StartAsync("UwqSimulator");
        using HttpClient http = ClientOf(simulator);

        using HttpResponseMessage reply = await http.PostAsJsonAsync(new Uri("api/callouts", UriKind.Relative), new { query = "FunctionName=CheckStatus\r\n" });

        Assert.Equal(200, (int)reply.StatusCode);
    }

    /// <summary>Creates a client that sends the Origin header of the page.</summary>
    private static HttpClient ClientOf(RunningPage simulator)
    {
        var http = new HttpClient { BaseAddress = simulator.Url, Timeout = Deadline };
        http.DefaultRequestHeaders.Add("Origin", simulator.Url.GetLeftPart(UriPartial.Authority));
        return http;
    }

    private static async Task SignInAsync(HttpClient http)
    {
        using HttpResponseMessage added = await http.PostAsJsonAsync(
            new Uri("api/agents", UriKind.Relative), new { telesetNumber = "70002", agentId = "7001", password = "1234", queue = "7700" });
        Assert.Equal(200, (int)added.StatusCode);
        using HttpResponseMessage signedIn = await http.PostAsJsonAsync(new Uri("api/agents/1/sign-in", UriKind.Relative), new { });
        Assert.Contains("\"Success\"", await signedIn.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
