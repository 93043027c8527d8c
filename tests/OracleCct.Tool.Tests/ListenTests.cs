using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Tool.Tests.Support;
using Xunit;

namespace OracleCct.Tool.Tests;

public class ListenTests
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(30) };

    [Fact]
    public async Task Callouts_are_answered_with_success_and_shown_without_passwords()
    {
        await using Cct listen = Cct.Start("listen", "--port", "0");
        Uri url = await UrlAsync(listen);

        Assert.Equal("", await AskAsync(url, "FunctionName=Login&telesetNumber=70002&agentID=7001&agentPassword=open+sesame&agentQueue=7700"));
        Assert.EndsWith("Login of agent 7001 at 70002, password ***, queue 7700 -> Success", await listen.LineAsync("Login"), StringComparison.Ordinal);
        Assert.Equal("", await AskAsync(url, "FunctionName=MakeCall&telesetNumber=70002&agentID=7001&dialString=%2B1+415+555+0100"));
        Assert.EndsWith("MakeCall of agent 7001 at 70002, to +1 415 555 0100 -> Success", await listen.LineAsync("MakeCall"), StringComparison.Ordinal);
        Assert.Equal("", await AskAsync(url, "FunctionName=NotReady&telesetNumber=70002&agentID=7001%26agentPassword%3Dsesame"));
        Assert.EndsWith("NotReady of agent *** at 70002 -> Success", await listen.LineAsync("NotReady"), StringComparison.Ordinal);
        Assert.Equal("", await AskAsync(url, "FunctionName=Logout&telesetNumber=70002&agentID=7001&agentPassword=&agentQueue=7700%26agentPassword%3Dsesame"));
        Assert.EndsWith("Logout of agent 7001 at 70002, password ***, queue *** -> Success", await listen.LineAsync("Logout"), StringComparison.Ordinal);
        Assert.Equal("", await AskAsync(url, "FunctionName=Register&telesetNumber=70002&agentID=7001&ipAddress=127.0.0.1&port=8888"));
        Assert.EndsWith("events to 127.0.0.1 port 8888 -> Success", await listen.LineAsync("Register"), StringComparison.Ordinal);

        CctRun run = await listen.InterruptAsync();
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.DoesNotContain("sesame", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_callout_gets_the_chosen_error()
    {
        await using Cct listen = Cct.Start("listen", "--port", "0", "--error", "The phone is unplugged.");
        Uri url = await UrlAsync(listen);

        string answer = await AskAsync(url, "FunctionName=CheckStatus");

        Assert.Equal("The phone is unplugged.", Assert.IsType<ErrorEvent>(Assert.Single(CctXmlFormatter.Default.Read(answer))).Message);
        Assert.EndsWith("CheckStatus  -> Error", await listen.LineAsync("CheckStatus"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_parameters_are_shown_on_request()
    {
        const string Query = "FunctionName=Transfer&to=70003&pin=sesame";
        await using Cct plain = Cct.Start("listen", "--port", "0");
        await using Cct open = Cct.Start("listen", "--port", "0", "--show-unknown");

        _ = await AskAsync(await UrlAsync(plain), Query);
        _ = await AskAsync(await UrlAsync(open), Query);

        Assert.EndsWith("unknown parameters: 2 (use --show-unknown to show them)", await plain.LineAsync("unknown parameters"), StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", plain.Output, StringComparison.Ordinal);
        Assert.EndsWith("to=70003", await open.LineAsync("to="), StringComparison.Ordinal);
        Assert.EndsWith("pin=sesame", await open.LineAsync("pin="), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unreadable_callout_is_shown_with_the_reason()
    {
        await using Cct listen = Cct.Start("listen", "--port", "0");

        _ = await AskAsync(await UrlAsync(listen), "FunctionName=Login&telesetNumber=70002&agentPassword=sesame");

        Assert.Contains("agentID", await listen.LineAsync("Unreadable"), StringComparison.Ordinal);
        Assert.Contains("agentPassword=***", await listen.LineAsync("FunctionName"), StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", listen.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_from_the_network_controls_neither_terminal_nor_markup()
    {
        await using Cct listen = Cct.Start("listen", "--port", "0", "--show-unknown");

        const string Query = "FunctionName=MakeCall&telesetNumber=7%1B%5B2J&agentID=%5Bred%5D&dialString=%5B%2F%5D%0D%0Afake"
            + "&%C2%9B1=%E2%80%AE%7B0%7D&2%1B=%5Bred%5D%0D%0Afake";
        _ = await AskAsync(await UrlAsync(listen), Query);

        Assert.EndsWith("MakeCall of agent *** at ***, to *** -> Success", await listen.LineAsync("MakeCall"), StringComparison.Ordinal);
        Assert.EndsWith("?1=?{0}", await listen.LineAsync("?1="), StringComparison.Ordinal);
        Assert.EndsWith("2?=[red]??fake", await listen.LineAsync("2?="), StringComparison.Ordinal);
        Assert.DoesNotContain(listen.Output, c => char.IsControl(c) && c is not ('\n' or '\r'));
    }

    [Fact]
    public async Task Its_JSON_is_a_transcript()
    {
        await using Cct listen = Cct.Start("listen", "--port", "0", "--json", "--show-unknown");
        Uri url = await UrlAsync(listen);

        _ = await AskAsync(url, "FunctionName=Login&telesetNumber=70002&agentID=7001&agentPassword=sesame&agentQueue=7700");
        _ = await AskAsync(url, "FunctionName=Transfer&to=70003");
        _ = await AskAsync(url, "nothing");
        _ = await listen.LineAsync("Unreadable");
        CctRun run = await listen.InterruptAsync();

        Assert.Equal(0, run.ExitCode);
        IReadOnlyList<JsonElement> lines = Json.Lines(run);
        Assert.Equal(["Login", "Transfer", null], lines.Where(line => Json.Kind(line) == "callout").Select(line => Json.Text(line, "function")));
        Assert.Equal(["Success", "Success", "Unreadable"], lines.Where(line => Json.Kind(line) == "callout").Select(line => Json.Text(line, "outcome")));
        JsonElement unknown = Json.Single(run, "unknown");
        Assert.Equal(("Transfer", "to", "70003"), (Json.Text(unknown, "function"), Json.Text(unknown, "name"), Json.Text(unknown, "value")));
        Assert.DoesNotContain("sesame", run.Output, StringComparison.Ordinal);
    }

    private static async Task<Uri> UrlAsync(Cct listen)
    {
        string line = await listen.LineAsync("istening");
        string url = line[line.IndexOf("http", StringComparison.Ordinal)..];
        return new(url[..(url.IndexOfAny([' ', '"']) is > 0 and var end ? end : url.Length)]);
    }

    private static Task<string> AskAsync(Uri url, string query) => Http.GetStringAsync(new Uri(url, "?" + query));
}
