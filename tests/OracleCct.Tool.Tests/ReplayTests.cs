using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Tool.Tests.Support;
using Xunit;

namespace OracleCct.Tool.Tests;

public class ReplayTests
{
    [Fact]
    public async Task The_callouts_of_a_transcript_arrive_again_in_their_order()
    {
        using var file = new TemporaryFile(
            Line(3, "FunctionName=MakeCall&telesetNumber=70002&agentID=7001&dialString=+14155550100", "Success")
            + Line(1, "/?FunctionName=Login&telesetNumber=70002&agentID=7001&agentPassword=***&agentQueue=7700", "Success")
            + Line(2, "/?FunctionName=Ready&telesetNumber=70002&agentID=7001", "Success")
            + "{\"time\":\"2026-11-22T10:00:04.000000Z\",\"kind\":\"event\",\"to\":\"127.0.0.1:8888\",\"event\":\"ScreenPop\"}\n\n"
            + Line(5, "***", "Unreadable")
            + Line(6, "FunctionName=CheckStatus", "Refused"));
        await using var softphone = new Softphone();

        CctRun run = await Cct.RunAsync("replay", file.Path, "--to", softphone.Url);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(
            [
                new LoginCallout { TelesetNumber = "70002", AgentId = "7001", AgentPassword = new(Cct.Password), AgentQueue = "7700" },
                new ReadyCallout { TelesetNumber = "70002", AgentId = "7001" },
                new MakeCallCallout { TelesetNumber = "70002", AgentId = "7001", DialString = "+14155550100" },
            ],
            softphone.Callouts);
        Assert.EndsWith("callouts sent: 3, different outcome: 0, omitted: 0; other lines skipped: 3", run.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_different_outcome_is_1()
    {
        using var file = new TemporaryFile(
            Line(1, "FunctionName=MakeCall&telesetNumber=70002&agentID=7001&dialString=0", "Success")
            + Line(2, "FunctionName=Ready&telesetNumber=70002&agentID=7001", "Failed")
            + Line(3, "FunctionName=CheckStatus", "Success"));
        await using var softphone = new Softphone();

        CctRun run = await Cct.RunAsync("replay", file.Path, "--to", softphone.Url, "--json");

        Assert.Equal((1, ""), (run.ExitCode, run.Errors));
        Assert.Equal(
            [(1, "Success", "Error"), (2, "Failed", "Success")],
            Json.Lines(run)
                .Where(line => Json.Kind(line) == "difference")
                .Select(line => (Json.Number(line, "line"), Json.Text(line, "was")!, Json.Text(line, "is")!)));
        JsonElement summary = Json.Single(run, "replay");
        Assert.Equal((3, 2, 0), (Json.Number(summary, "sent"), Json.Number(summary, "differ"), Json.Number(summary, "omitted")));
    }

    [Theory]
    [InlineData("/?FunctionName=Transfer&***=***")]
    [InlineData("/?FunctionName=MakeCall&telesetNumber=70002&agentID=7001&dialString=***")]
    [InlineData("/?FunctionName=Login&telesetNumber=70002&agentID=7001&agentPassword=***&agentQueue=***")]
    [InlineData("/?FunctionName=Trans\\u2026")]
    public async Task A_callout_with_hidden_parts_is_omitted_and_gives_1(string query)
    {
        using var file = new TemporaryFile(Line(1, query, "Success") + Line(2, "/***?FunctionName=CheckStatus", "Success"));
        await using var softphone = new Softphone();

        CctRun run = await Cct.RunAsync("replay", file.Path, "--to", softphone.Url);

        Assert.Equal((1, ""), (run.ExitCode, run.Errors));
        Assert.Contains("Line 1 is omitted", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("callouts sent: 1, different outcome: 0, omitted: 1; other lines skipped: 0", run.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.Empty(softphone.Callouts);
    }

    [Theory]
    [InlineData("FunctionName=Transfer&***=***&agentPassword=hunter2", "FunctionName=Transfer&***=***&agentPassword=***")]
    [InlineData("FunctionName=Ready&telesetNumber=70002&agentID=7001%26agentPassword%3Dhunter2", "agentID=***")]
    public async Task A_password_that_a_foreign_transcript_shows_is_hidden(string query, string shown)
    {
        using var file = new TemporaryFile(Line(1, query, "Success"));
        await using var softphone = new Softphone();

        CctRun run = await Cct.RunAsync("replay", file.Path, "--to", softphone.Url);
        CctRun json = await Cct.RunAsync("replay", file.Path, "--to", softphone.Url, "--json");

        Assert.Contains(shown, Json.Text(Json.Lines(json)[0], "query"), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", run.Output + json.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_password_a_transcript_that_needs_one_is_not_sent()
    {
        using var file = new TemporaryFile(
            Line(1, "FunctionName=Ready&telesetNumber=70002&agentID=7001", "Success")
            + Line(2, "FunctionName=Logout&telesetNumber=70002&agentID=7001&agentPassword=***&agentQueue=7700", "Success"));
        await using var softphone = new Softphone();

        CctRun run = await Cct.RunWithoutPasswordAsync("replay", file.Path, "--to", softphone.Url);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("The transcript has a Login or Logout without its password. ", run.Errors, StringComparison.Ordinal);
        Assert.Empty(softphone.Callouts);
    }

    [Fact]
    public async Task The_pauses_of_the_transcript_are_kept_on_request()
    {
        using var file = new TemporaryFile(Line(0, "FunctionName=CheckStatus", "Success") + Line(30, "FunctionName=CheckStatus", "Success"));
        await using var softphone = new Softphone();
        var clock = Stopwatch.StartNew();

        CctRun run = await Cct.RunAsync("replay", file.Path, "--to", softphone.Url, "--speed", "60");

        Assert.Equal(0, run.ExitCode);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0.45, 30);
    }

    [Fact]
    public async Task The_output_of_listen_can_be_replayed()
    {
        await using Cct listen = Cct.Start("listen", "--port", "0", "--json");
        string url = (await listen.LineAsync("listening")).Split('"').Single(part => part.StartsWith("http", StringComparison.Ordinal));
        Assert.Equal(0, (await Cct.RunAsync("send", "login", "--agent", "7001", "--teleset", "70002", "--queue", "7700", "--to", url)).ExitCode);
        Assert.Equal(0, (await Cct.RunAsync("send", "make-call", "--agent", "7001", "--teleset", "70002", "--dial", "+14155550100", "--to", url)).ExitCode);
        _ = await listen.LineAsync("MakeCall");
        using var file = new TemporaryFile((await listen.InterruptAsync()).Output);
        await using var softphone = new Softphone();

        CctRun run = await Cct.RunAsync("replay", file.Path, "--to", softphone.Url);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(["Login", "MakeCall"], softphone.Callouts.Select(callout => callout.FunctionName));
        Assert.Contains("other lines skipped: 1", run.Output, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task A_pipe_works_like_a_file()
    {
        await using var softphone = new Softphone();
        using var file = new TemporaryFile("");
        File.Delete(file.Path);
        using (var mkfifo = Process.Start("mkfifo", [file.Path]))
        {
            await mkfifo.WaitForExitAsync();
        }

        Task<CctRun> replay = Cct.RunAsync("replay", file.Path, "--to", softphone.Url);
        await using (var pipe = new FileStream(file.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            await pipe.WriteAsync(Encoding.UTF8.GetBytes(Line(1, "FunctionName=Ready&telesetNumber=70002&agentID=7001", "Success")));
        }

        CctRun run = await replay;

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(["Ready"], softphone.Callouts.Select(callout => callout.FunctionName));
    }

    [UnixFact]
    public async Task An_endless_file_is_too_long()
    {
        CctRun run = await Cct.RunAsync("replay", "/dev/zero");

        Assert.Equal((2, "", "The file /dev/zero is larger than 100 MB. Split it."), (run.ExitCode, run.Output, run.Errors.TrimEnd()));
    }

    private static string Line(int second, string query, string outcome) =>
        $$"""{"time":"2026-11-22T10:00:{{second:00}}.000000Z","kind":"callout","from":"127.0.0.1","query":"{{query}}","outcome":"{{outcome}}","status":200}"""
        + "\n";
}
