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
    [InlineData("There is no option \"--prot\": the options are --port N, --softphone URL and --listener-port N.", "--prot", "8890")]
    [InlineData("--port needs a port: a number from 0 to 65535.", "--port")]
    [InlineData("--port needs a port: a number from 0 to 65535.", "--port", "65536")]
    [InlineData("--listener-port needs a port: a number from 0 to 65535.", "--port", "0", "--listener-port", "-1")]
    [InlineData("--softphone needs the softphone's address, as in http://localhost:3107/.", "--softphone", "localhost:3107")]
    [InlineData("--softphone needs the softphone's address, as in http://localhost:3107/.", "--softphone", "http://localhost:3107/?FunctionName=Login")]
    [InlineData("--softphone needs the softphone's address, as in http://localhost:3107/.", "--softphone", "")]
    public async Task A_bad_option_is_said_in_one_sentence(string sentence, params string[] options)
    {
        await using ChildProcess simulator = SamplePrograms.Start("UwqSimulator", Framework.Net, options);

        Assert.Equal(2, await simulator.ExitAsync());
        Assert.Equal(sentence, simulator.Errors);
        Assert.Equal("", simulator.Output);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_in_one_sentence()
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
    public async Task A_signal_signs_the_agents_out_and_ends_it(string signal)
    {
        await using var softphone = new PlainSoftphone();
        await using RunningPage simulator = await RunningPage.StartAsync("UwqSimulator", "--softphone", softphone.Url.AbsoluteUri);
        using HttpClient http = ClientOf(simulator);
        await SignInAsync(http);

        // A page that is still open must not hold up the end.
        using HttpResponseMessage page = await http.GetAsync(new Uri("api/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        await using ChildProcess kill = ChildProcess.Start("kill", "-s", signal, simulator.Process.Id.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(0, await kill.ExitAsync());

        Assert.Equal(0, await simulator.Process.ExitAsync());
        Assert.Equal("", simulator.Process.Errors);
        Assert.Equal(["Login", "Ready", "NotReady", "Logout", "Unregister"], softphone.Callouts);
    }

    [UnixTheory]
    [InlineData("TERM")]
    public async Task A_softphone_that_is_gone_does_not_hold_up_the_end(string signal)
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
    public async Task An_agent_leaves_within_seconds_from_a_softphone_that_does_not_answer()
    {
        await using var softphone = new PlainSoftphone();
        await using RunningPage simulator = await RunningPage.StartAsync("UwqSimulator", "--softphone", softphone.Url.AbsoluteUri);
        using HttpClient http = ClientOf(simulator);
        await SignInAsync(http);
        softphone.IsSilent = true;

        // The client waits for less time than three callouts without an answer take.
        using HttpResponseMessage removed = await http.PostAsJsonAsync(new Uri("api/agents/1/remove", UriKind.Relative), new { });

        Assert.Equal(204, (int)removed.StatusCode);
        Assert.Equal(["Login", "Ready", "NotReady"], softphone.Callouts);
        using HttpResponseMessage gone = await http.PostAsJsonAsync(new Uri("api/agents/1/sign-in", UriKind.Relative), new { });
        Assert.Equal(400, (int)gone.StatusCode);
    }

    [Theory]
    [InlineData("application/json", "Origin: http://evil.test", "Sec-Fetch-Site: cross-site")] // another page's script
    [InlineData("application/json", "Origin: http://localhost:1")] // another program's page on this machine
    [InlineData("application/json", "Origin: null")] // a page in a sandbox, or of a file
    [InlineData("application/json", "Sec-Fetch-Site: same-site")] // a browser that keeps the origin to itself
    [InlineData("application/json", "Host: rebind.test")] // a name of somebody else's that leads here
    [InlineData("text/plain")] // a form
    [InlineData("application/x-www-form-urlencoded")] // a form that sends fields
    public async Task Nobody_but_the_page_commands(string contentType, params string[] headers)
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
    public async Task Another_page_reads_nothing_either()
    {
        await using RunningPage simulator = await RunningPage.StartAsync("UwqSimulator");
        using HttpClient http = ClientOf(simulator);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(simulator.Url, "api/events"));
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using HttpResponseMessage refused = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(403, (int)refused.StatusCode);
    }

    [Theory]
    [InlineData("""{"telesetNumber":"","agentId":"7001"}""", "An agent has an extension and an agent id.")]
    [InlineData("""{"agentId":"7001"}""", "An agent has an extension and an agent id.")]
    [InlineData("""{"telesetNumber":"70002",""", "What the page says does not read")]
    [InlineData("""{"telesetNumber":70002}""", "What the page says does not read")]
    [InlineData("""{"telesetNumber":"70002","agentId":"7001","listenerPort":65536}""", "A listener's port is a number from 0 to 65535, where 0 is any free one.")]
    public async Task An_agent_that_cannot_be_is_said_in_one_sentence(string json, string sentence)
    {
        await using RunningPage simulator = await RunningPage.StartAsync("UwqSimulator");
        using HttpClient http = ClientOf(simulator);

        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage reply = await http.PostAsync(new Uri(simulator.Url, "api/agents"), content);

        Assert.Equal(400, (int)reply.StatusCode);
        Assert.Contains(sentence, (await reply.Content.ReadFromJsonAsync<Dictionary<string, string>>())!["text"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listeners_port_that_is_taken_is_said_in_one_sentence()
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
    public async Task A_query_that_no_request_line_can_hold_is_said_in_one_sentence()
    {
        await using RunningPage simulator = await RunningPage.StartAsync("UwqSimulator");
        using HttpClient http = ClientOf(simulator);

        using HttpResponseMessage reply = await http.PostAsJsonAsync(new Uri("api/callouts", UriKind.Relative), new { query = "FunctionName=Ready\r\nX: y" });

        Assert.Equal(400, (int)reply.StatusCode);
        Assert.Equal("A query has no line ends, and at most 1,000,000 characters.", (await reply.Content.ReadFromJsonAsync<Dictionary<string, string>>())!["text"]);
        Assert.Equal("", simulator.Process.Errors);
    }

    [Fact]
    public async Task A_line_end_behind_a_query_is_none_of_it()
    {
        await using RunningPage simulator = await RunningPage.StartAsync("UwqSimulator");
        using HttpClient http = ClientOf(simulator);

        using HttpResponseMessage reply = await http.PostAsJsonAsync(new Uri("api/callouts", UriKind.Relative), new { query = "FunctionName=CheckStatus\r\n" });

        Assert.Equal(200, (int)reply.StatusCode);
    }

    /// <summary>Sends what the page itself would.</summary>
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
