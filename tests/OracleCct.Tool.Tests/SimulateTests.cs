using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Tool.Tests.Support;
using Xunit;

namespace OracleCct.Tool.Tests;

public class SimulateTests
{
    private static readonly string[] Agent = ["--agent", "7001", "--teleset", "70002", "--queue", "7700"];

    [Fact]
    public async Task An_agent_signs_in_dials_sees_the_call_and_signs_out()
    {
        await using var softphone = new Softphone((id, number) => new() { SourceId = id, Ani = number, Dnis = "70002", ExtraFields = [new(ScreenPopKeys.AccountCode, "5005")] });

        CctRun run = await Cct.RunWithInputAsync(
            "call 4155550100\nexpect pop\nexpect established\nexpect released\nnotready\nready\ncanonical 4155550101\nquit\n", ["simulate", .. Agent, "--to", softphone.Url]);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(
            ["Login", "Ready", "MakeCall", "NotReady", "Ready", "DialCanonical", "NotReady", "Logout"],
            softphone.Callouts.Select(callout => callout.FunctionName));
        Assert.Contains("ScreenPop of call call-1 for agent 7001 at 70002", run.Output, StringComparison.Ordinal);
        Assert.Matches("occtANI +4155550100", run.Output);
        Assert.Matches("CC goes by +AccountCode 5005", run.Output);
        Assert.Contains("CallReleased of call call-1", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("callouts: 10, without success: 0; events: 3; problems: 0", run.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_JSON_says_by_what_each_form_goes()
    {
        await using var softphone = new Softphone();

        CctRun run = await Cct.RunWithInputAsync("call 4155550100\nexpect pop\nexpect established\nexpect released\n", ["simulate", .. Agent, "--to", softphone.Url, "--json", "--forms", "CC,SR"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        IReadOnlyList<JsonElement> lines = Json.Lines(run);
        JsonElement pop = lines.Single(line => Json.Text(line, "event") == "ScreenPop");
        Assert.Equal("call-1", Json.Text(pop, "call"));
        Assert.Equal(["CC occtANI", "SR occtANI"], pop.GetProperty("uses").EnumerateObject().Select(use => $"{use.Name} {use.Value}"));
        Assert.Equal(["Register", "Login", "Ready", "MakeCall", "NotReady", "Logout", "Unregister"], lines.Where(line => Json.Kind(line) == "callout").Select(line => Json.Text(line, "function")));
        JsonElement summary = Json.Single(run, "simulate");
        Assert.Equal((7, 0, 3, 0), (summary.GetProperty("callouts").GetInt32(), summary.GetProperty("failures").GetInt32(), summary.GetProperty("events").GetInt32(), summary.GetProperty("problems").GetInt32()));
    }

    [Theory]
    [InlineData("IEX", "customernum", "1608")]
    [InlineData("CC", "occtANI", "4155550100")]
    public async Task A_form_goes_by_a_pair_that_stands_in_the_pop(string form, string key, string value)
    {
        await using var softphone = new Softphone((id, number) => new() { SourceId = id, Ani = number, Dnis = "70002", ExtraFields = [new("customernum", "1608")] });
        string[] command = ["simulate", .. Agent, "--to", softphone.Url, "--forms", form];

        CctRun words = await Cct.RunWithInputAsync("call 4155550100\nexpect pop\nexpect established\nexpect released\n", command);
        CctRun json = await Cct.RunWithInputAsync("call 4155550101\nexpect pop\nexpect established\nexpect released\n", [.. command, "--json"]);

        Assert.Matches($"{form} goes by +{key} {value}\n", words.Output.ReplaceLineEndings("\n"));
        Assert.Equal(key, Json.Text(Json.Lines(json).Single(line => Json.Text(line, "event") == "ScreenPop").GetProperty("uses"), form));
    }

    [Fact]
    public async Task A_pop_that_a_form_fails_on_is_1_unless_its_check_is_switched_off()
    {
        const string Typed = "call +14155550100\nexpect pop\nexpect established\nexpect released\n";
        await using var softphone = new Softphone();

        CctRun plain = await Cct.RunWithInputAsync(Typed, ["simulate", .. Agent, "--to", softphone.Url]);
        CctRun off = await Cct.RunWithInputAsync(Typed.Replace("100", "101", StringComparison.Ordinal), ["simulate", .. Agent, "--to", softphone.Url, "--switch-off", "CCT106"]);

        Assert.Equal((1, 0), (plain.ExitCode, off.ExitCode));
        Assert.Contains("CCT106 error: ", plain.Output, StringComparison.Ordinal);
        Assert.EndsWith("problems: 1", plain.Output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_softphone_that_does_not_log_the_agent_in_is_1()
    {
        await using var softphone = new Softphone();

        CctRun run = await Cct.RunWithInputAsync("wrong\n", ["simulate", .. Agent, "--to", softphone.Url, "--password", "-"]);

        Assert.Equal((1, ""), (run.ExitCode, run.Errors));
        Assert.Contains("Wrong password.", run.Output, StringComparison.Ordinal);
        Assert.Contains("The softphone did not sign the agent in.", run.Output, StringComparison.Ordinal);
        Assert.Contains("Unregister of agent 7001 at 70002 -> Success", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_softphone_that_is_not_there_is_1()
    {
        string url;
        await using (var softphone = new Softphone())
        {
            url = softphone.Url;
        }

        CctRun run = await Cct.RunAsync(["simulate", .. Agent, "--to", url]);

        Assert.Equal((1, ""), (run.ExitCode, run.Errors));
        Assert.Contains("Register of agent 7001 at 70002 -> NoAnswer", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dance", "\"dance\" is no command: there are ready, ")]
    [InlineData("call", "\"call\" is no command: there are ready, ")]
    [InlineData("fault fire", "There is no such fault: there are none, down, slow, silent, reset, 500, half.")]
    [InlineData("wait long", "\"wait\" takes a number of seconds, up to 3600.")]
    [InlineData("wait -1", "\"wait\" takes a number of seconds, up to 3600.")]
    [InlineData("wait NaN", "\"wait\" takes a number of seconds, up to 3600.")]
    [InlineData("wait Infinity", "\"wait\" takes a number of seconds, up to 3600.")]
    [InlineData("wait -Infinity", "\"wait\" takes a number of seconds, up to 3600.")]
    [InlineData("expect rain", "What can be expected is pop, established or released.")]
    [InlineData("expect pop", "")]
    public async Task What_cannot_be_done_is_told_in_a_sentence_and_1(string typed, string sentence)
    {
        await using var softphone = new Softphone();

        CctRun run = await Cct.RunWithInputAsync(typed + "\n", ["simulate", .. Agent, "--to", softphone.Url, "--json", "--expect-timeout", "0.1"]);

        Assert.Equal((1, ""), (run.ExitCode, run.Errors));
        Assert.StartsWith(sentence, Json.Text(Json.Single(run, "failed"), "message"), StringComparison.Ordinal);
        Assert.Equal("Unregister", Json.Text(Json.Lines(run)[^2], "function"));
    }

    [Fact]
    public async Task An_agent_is_signed_out_whatever_ended_it()
    {
        await using var softphone = new Softphone();
        await using Cct simulate = Cct.Start(["simulate", .. Agent, "--to", softphone.Url]);
        _ = await simulate.LineAsync("Ready");

        CctRun run = await simulate.BreakInputAsync(new IOException("The disk is gone."));

        Assert.Equal((2, "The disk is gone."), (run.ExitCode, run.Errors.TrimEnd()));
        Assert.Equal(["Login", "Ready", "NotReady", "Logout"], softphone.Callouts.Select(callout => callout.FunctionName));
    }

    [Fact]
    public async Task A_fault_can_be_made_and_mended()
    {
        await using var softphone = new Softphone();
        await using Cct simulate = Cct.Start(["simulate", .. Agent, "--to", softphone.Url, "--fault", "500"]);

        _ = await simulate.LineAsync("Ready");
        await simulate.TypeAsync("call 4155550100");
        Assert.Contains("(met the fault 500)", await simulate.LineAsync("ScreenPop"), StringComparison.Ordinal);
        await simulate.TypeAsync("fault none");
        await simulate.TypeAsync("call 4155550101");
        Assert.DoesNotContain("fault", await simulate.LineAsync("ScreenPop of call call-2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_signs_the_agent_out()
    {
        await using var softphone = new Softphone();
        await using Cct simulate = Cct.Start(["simulate", .. Agent, "--to", softphone.Url]);

        _ = await simulate.LineAsync("Ready");
        CctRun run = await simulate.InterruptAsync();

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(["Login", "Ready", "NotReady", "Logout"], softphone.Callouts.Select(callout => callout.FunctionName));
    }
}
