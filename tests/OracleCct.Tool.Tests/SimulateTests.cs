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
    private const string OneCall = "call 4155550100\nexpect pop\nexpect established\nexpect released\n";

    private static readonly string[] Agent = ["--agent", "7001", "--teleset", "70002", "--queue", "7700"];

    [Fact]
    public async Task An_agent_signs_in_dials_sees_the_call_and_signs_out()
    {
        await using var softphone = new Softphone((id, number) => new(id, number, "70002") { ExtraFields = [new(ScreenPopKeys.AccountCode, "5005")] });

        CctRun run = await Cct.RunWithInputAsync(
            OneCall + "notready\nready\ncanonical 4155550101\nquit\n", ["simulate", .. Agent, "--to", softphone.Url]);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(
            ["Login", "Ready", "MakeCall", "NotReady", "Ready", "DialCanonical", "NotReady", "Logout"],
            softphone.Callouts.Select(callout => callout.FunctionName));
        Assert.Contains("ScreenPop of call call-1 for agent 7001 at 70002", run.Output, StringComparison.Ordinal);
        Assert.Matches("occtANI +4155550100", run.Output);
        Assert.Matches("CC uses +AccountCode 5005", run.Output);
        Assert.Contains("CallReleased of call call-1", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("callouts: 10, failed: 0; events: 3; problems: 0", run.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_JSON_names_the_key_that_each_form_uses()
    {
        await using var softphone = new Softphone();

        CctRun run = await Cct.RunWithInputAsync(OneCall, ["simulate", .. Agent, "--to", softphone.Url, "--json", "--forms", "CC,SR"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        IReadOnlyList<JsonElement> lines = Json.Lines(run);
        JsonElement pop = lines.Single(line => Json.Text(line, "event") == "ScreenPop");
        Assert.Equal("call-1", Json.Text(pop, "call"));
        Assert.Equal(["CC occtANI", "SR occtANI"], pop.GetProperty("uses").EnumerateObject().Select(use => $"{use.Name} {use.Value}"));
        Assert.Equal(
            ["Register", "Login", "Ready", "MakeCall", "NotReady", "Logout", "Unregister"],
            lines.Where(line => Json.Kind(line) == "callout").Select(line => Json.Text(line, "function")));
        JsonElement summary = Json.Single(run, "simulate");
        Assert.Equal(
            (7, 0, 3, 0),
            (Json.Number(summary, "callouts"), Json.Number(summary, "failures"), Json.Number(summary, "events"), Json.Number(summary, "problems")));
    }

    [Theory]
    [InlineData("IEX", "customernum", "1608")]
    [InlineData("CC", "occtANI", "4155550100")]
    public async Task A_form_uses_a_pair_of_the_pop(string form, string key, string value)
    {
        await using var softphone = new Softphone((id, number) => new(id, number, "70002") { ExtraFields = [new("customernum", "1608")] });
        string[] command = ["simulate", .. Agent, "--to", softphone.Url, "--forms", form];

        CctRun words = await Cct.RunWithInputAsync(OneCall, command);
        CctRun json = await Cct.RunWithInputAsync(OneCall.Replace("100", "101", StringComparison.Ordinal), [.. command, "--json"]);

        Assert.Matches($"{form} uses +{key} {value}\n", words.Output.ReplaceLineEndings("\n"));
        Assert.Equal(key, Json.Text(Json.Lines(json).Single(line => Json.Text(line, "event") == "ScreenPop").GetProperty("uses"), form));
    }

    [Fact]
    public async Task A_pop_on_which_a_form_fails_is_1_unless_the_check_is_off()
    {
        string typed = OneCall.Replace("call ", "call +1", StringComparison.Ordinal);
        await using var softphone = new Softphone();
        string[] command = ["simulate", .. Agent, "--to", softphone.Url, "--forms", "SR"];

        CctRun plain = await Cct.RunWithInputAsync(typed, command);
        CctRun off = await Cct.RunWithInputAsync(typed.Replace("100", "101", StringComparison.Ordinal), [.. command, "--switch-off", "CCT106"]);

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
        Assert.Contains("The softphone did not sign in the agent.", run.Output, StringComparison.Ordinal);
        Assert.Contains("Unregister of agent 7001 at 70002 -> Success", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_softphone_that_does_not_run_is_1()
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
    [InlineData("dance", "\"dance\" is not a valid command. Use one of ready, ")]
    [InlineData("call", "\"call\" is not a valid command. Use one of ready, ")]
    [InlineData("fault fire", "The fault is not valid. Use one of none, down, slow, silent, reset, 500, half.")]
    [InlineData("wait long", "The time to wait is not valid. Use a number of seconds up to 3600.")]
    [InlineData("wait -1", "The time to wait is not valid. Use a number of seconds up to 3600.")]
    [InlineData("wait NaN", "The time to wait is not valid. Use a number of seconds up to 3600.")]
    [InlineData("wait Infinity", "The time to wait is not valid. Use a number of seconds up to 3600.")]
    [InlineData("wait -Infinity", "The time to wait is not valid. Use a number of seconds up to 3600.")]
    [InlineData("expect rain", "The event to expect is not valid. Use pop, established or released.")]
    [InlineData("expect pop", "")]
    public async Task A_command_that_is_not_valid_gets_one_line_and_1(string typed, string message)
    {
        await using var softphone = new Softphone();

        CctRun run = await Cct.RunWithInputAsync(typed + "\n", ["simulate", .. Agent, "--to", softphone.Url, "--json", "--expect-timeout", "0.1"]);

        Assert.Equal((1, ""), (run.ExitCode, run.Errors));
        Assert.StartsWith(message, Json.Text(Json.Single(run, "failed"), "message"), StringComparison.Ordinal);
        Assert.Equal("Unregister", Json.Text(Json.Lines(run)[^2], "function"));
    }

    [Fact]
    public async Task The_agent_is_signed_out_whatever_ended_the_command()
    {
        await using var softphone = new Softphone();
        await using Cct simulate = Cct.Start(["simulate", .. Agent, "--to", softphone.Url]);
        _ = await simulate.LineAsync("Ready");

        CctRun run = await simulate.BreakInputAsync(new IOException("The disk is gone."));

        Assert.Equal((2, "The disk is gone."), (run.ExitCode, run.Errors.TrimEnd()));
        Assert.Equal(["Login", "Ready", "NotReady", "Logout"], softphone.Callouts.Select(callout => callout.FunctionName));
    }

    [Fact]
    public async Task A_fault_can_be_set_and_removed()
    {
        await using var softphone = new Softphone();
        await using Cct simulate = Cct.Start(["simulate", .. Agent, "--to", softphone.Url, "--fault", "500"]);

        _ = await simulate.LineAsync("Ready");
        await simulate.TypeAsync("call 4155550100");
        Assert.Contains("(fault: 500)", await simulate.LineAsync("ScreenPop"), StringComparison.Ordinal);
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
