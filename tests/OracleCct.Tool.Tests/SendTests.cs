using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Protocol.Testing;
using OracleCct.Tool.Tests.Support;
using Xunit;

namespace OracleCct.Tool.Tests;

public class SendTests
{
    private static readonly string[] Agent = ["--agent", "7001", "--teleset", "70002"];

    public static TheoryData<string, Callout> Callouts => new()
    {
        { "login --queue 7700 SiteCode=DUB", new LoginCallout("70002", "7001", new(Cct.Password), "7700") { ExtraFields = [new("SiteCode", "DUB")] } },
        { "logout", new LogoutCallout("70002", "7001", new(Cct.Password), "") },
        { "ready", new ReadyCallout { TelesetNumber = "70002", AgentId = "7001" } },
        { "not-ready", new NotReadyCallout { TelesetNumber = "70002", AgentId = "7001" } },
        { "make-call --dial +14155550100", new MakeCallCallout { TelesetNumber = "70002", AgentId = "7001", DialString = "+14155550100" } },
        { "make-call --dial +14155550101 --encoding none", new MakeCallCallout { TelesetNumber = "70002", AgentId = "7001", DialString = "+14155550101" } },
        { "make-call --dial +14155550102 --encoding percent", new MakeCallCallout { TelesetNumber = "70002", AgentId = "7001", DialString = "+14155550102" } },
        { "dial-canonical --dial +14155550100", new DialCanonicalCallout { TelesetNumber = "70002", AgentId = "7001", DialString = "+14155550100" } },
    };

    [Theory]
    [MemberData(nameof(Callouts))]
    public async Task A_callout_arrives_as_requested(string words, Callout callout)
    {
        await using var softphone = new Softphone();

        CctRun run = await Cct.RunAsync(["send", .. words.Split(' '), .. Agent, "--to", softphone.Url]);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(callout, Assert.Single(softphone.Callouts));
        Assert.Contains($"{callout.FunctionName} of agent 7001 at 70002 -> Success (HTTP 200, ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check-status")]
    [InlineData("register --agent 7001 --teleset 70002 --port 8888")]
    [InlineData("unregister --agent 7001 --teleset 70002")]
    [InlineData("other Transfer to=70003")]
    [InlineData("raw FunctionName=CheckStatus")]
    [InlineData("raw ?functionname=checkstatus&a")]
    public async Task A_success_is_0(string words)
    {
        await using var softphone = new Softphone();

        CctRun run = await Cct.RunAsync(["send", .. words.Split(' '), "--to", softphone.Url]);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Contains("-> Success", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_is_1_and_is_shown_without_control_characters()
    {
        await using var softphone = new Softphone();

        CctRun run = await Cct.RunAsync(["send", "make-call", .. Agent, "--dial", "0", "--to", softphone.Url]);

        Assert.Equal((1, ""), (run.ExitCode, run.Errors));
        Assert.Contains("Error (HTTP 200, ", run.Output, StringComparison.Ordinal);
        Assert.Contains("[red]or[/] hostile.", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("raw nonsense", "Error (HTTP 200")]
    [InlineData("raw FunctionName=Login&telesetNumber=7", "Error (HTTP 200")]
    public async Task A_callout_that_the_softphone_cannot_read_is_1(string words, string outcome)
    {
        await using var softphone = new Softphone();

        CctRun run = await Cct.RunAsync(["send", .. words.Split(' '), "--to", softphone.Url]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(outcome, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("raw FunctionName=Login%26agentID%3D7001%26agentPassword%3Dhunter2", "Login\u2026")]
    [InlineData("other Login&agentPassword=hunter2", "Login\u2026")]
    [InlineData("raw FunctionName=Ready&telesetNumber=70002&agentID=7001%26agentPassword%3Dhunter2", "Ready of agent *** at 70002")]
    [InlineData("ready --teleset 70002 --agent 7001&agentPassword=hunter2", "Ready of agent *** at 70002")]
    [InlineData("make-call --teleset 70002 --agent 7001 --dial 0&agentPassword=hunter2", "MakeCall of agent 7001 at 70002")]
    public async Task A_possible_password_in_a_function_or_an_id_is_not_shown(string words, string shown)
    {
        await using var softphone = new Softphone();

        CctRun run = await Cct.RunAsync(["send", .. words.Split(' '), "--to", softphone.Url]);
        CctRun json = await Cct.RunAsync(["send", .. words.Split(' '), "--to", softphone.Url, "--json"]);

        Assert.Contains($" {shown} -> ", run.Output, StringComparison.Ordinal);
        Assert.Equal(shown.Split(' ')[0], Json.Text(Json.Lines(json)[0], "function"));
        Assert.DoesNotContain("hunter2", run.Output + json.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_without_a_listener_is_1()
    {
        string url;
        await using (var softphone = new Softphone())
        {
            url = softphone.Url;
        }

        CctRun run = await Cct.RunAsync("send", "check-status", "--to", url);

        Assert.Equal((1, ""), (run.ExitCode, run.Errors));
        Assert.Contains("CheckStatus -> NoAnswer", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_password_comes_from_standard_input_or_from_an_option()
    {
        await using var softphone = new Softphone();

        CctRun input = await Cct.RunWithInputAsync(Cct.Password + "\nmore", ["send", "login", .. Agent, "--password", "-", "--to", softphone.Url]);
        CctRun option = await Cct.RunAsync(["send", "login", .. Agent, "--password", "another sesame", "--to", softphone.Url]);

        Assert.Equal((0, 1), (input.ExitCode, option.ExitCode));
        Assert.Equal([Cct.Password, "another sesame"], softphone.Callouts.Cast<LoginCallout>().Select(login => login.AgentPassword.Reveal()));
        Assert.DoesNotContain("sesame", input.Output + option.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("send", "check-status")]
    [InlineData("replay", "{\"kind\":\"callout\",\"outcome\":\"Success\",\"query\":\"FunctionName=CheckStatus\",\"time\":\"2026-01-01T00:00:00Z\"}")]
    [InlineData("simulate", "--agent 7001 --teleset 70002")]
    public async Task A_problem_with_an_answer_is_a_documented_line_of_JSON(string command, string words)
    {
        using var file = new TemporaryFile(words);
        await using UwqSimulator server = UwqSimulator.Start(new("http://localhost:1/"));
        UwqAgent softphone = server.AddAgent("70002", "7001");
        softphone.Fault = UwqFault.Status500;

        CctRun run = await Cct.RunAsync([command, .. command == "replay" ? [file.Path] : words.Split(' '), "--to", $"http://{softphone.EbsAddress}", "--json"]);

        Assert.Equal("UWQ201", Json.Text(Json.Lines(run).First(line => Json.Kind(line) == "problem"), "code"));
        string row = System.IO.File.ReadLines(Docs.Path).Single(line => line.StartsWith("| `problem` |", System.StringComparison.Ordinal));
        Assert.Contains($"`{command}`", row.Split('|')[2], System.StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_JSON_has_the_fields_of_a_transcript()
    {
        await using var softphone = new Softphone();

        CctRun run = await Cct.RunAsync(["send", "make-call", .. Agent, "--dial", "0", "--to", softphone.Url, "--json"]);

        JsonElement line = Assert.Single(Json.Lines(run));
        Assert.Equal(
            ("callout", "MakeCall", "70002", "7001", "Error", 200),
            (
                Json.Kind(line),
                Json.Text(line, "function"),
                Json.Text(line, "telesetNumber"),
                Json.Text(line, "agentID"),
                Json.Text(line, "outcome"),
                Json.Number(line, "status")));
        Assert.Contains("[red]or[/] hostile.", Json.Text(line, "message"), StringComparison.Ordinal);
        Assert.Equal(1, run.ExitCode);
    }
}
