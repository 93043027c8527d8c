using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using OracleCct.Tool.Tests.Support;
using Xunit;

namespace OracleCct.Tool.Tests;

public class LintTests
{
    private const string GoodPop =
        """
        <CCTSDK>
          <event name="ScreenPop">
            <data name="occtSourceID" value="42"/>
            <data name="occtANI" value="4155550100"/>
            <data name="occtDNIS" value="70002"/>
          </event>
        </CCTSDK>
        """;

    [Theory]
    [InlineData(GoodPop, "ScreenPop")]
    [InlineData("<CCTSDK></CCTSDK>", "an empty document")]
    [InlineData("http://localhost:3107/?FunctionName=Login&telesetNumber=70002&agentID=7001&agentPassword=sesame&agentQueue=7700\n", "Login")]
    [InlineData("FunctionName=Transfer&to=70003", "Transfer")]
    [InlineData("GET /?FunctionName=Ready&telesetNumber=70002&agentID=7001 HTTP/1.1", "Ready")]
    [InlineData("\r\nGET /?FunctionName=Ready&telesetNumber=70002&agentID=7001 HTTP/1.1\r\nHost: localhost:3107\r\nUser-Agent: Java/1.8\r\n\r\n", "Ready")]
    [InlineData("GET http://localhost:3107/?FunctionName=CheckStatus\n", "CheckStatus")]
    [InlineData("\"GET /?FunctionName=Ready&telesetNumber=70002&agentID=7001 HTTP/1.1\"\n", "Ready")]
    [InlineData("127.0.0.1 - - [22/Nov/2026:10:00:00 +0000] \"GET /?FunctionName=CheckStatus HTTP/1.1\" 200 57 \"-\" \"Java/1.8 HTTP/x\"\n\n", "CheckStatus")]
    public async Task A_correct_message_is_0(string text, string message)
    {
        using var file = new TemporaryFile(text);

        CctRun run = await Cct.RunAsync("lint", file.Path);

        Assert.Equal((0, "", $"{file.Path}: {message}, no findings"), (run.ExitCode, run.Errors, run.Output.TrimEnd()));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("utf-32BE")]
    public async Task A_byte_order_mark_selects_the_encoding(string encoding)
    {
        using var callout = new TemporaryFile("FunctionName=CheckStatus\r\n", Encoding.GetEncoding(encoding));
        using var request = new TemporaryFile("GET /?FunctionName=CheckStatus HTTP/1.1\r\n", Encoding.GetEncoding(encoding));
        using var document = new TemporaryFile(GoodPop, Encoding.GetEncoding(encoding));

        CctRun[] runs = [await Cct.RunAsync("lint", callout.Path), await Cct.RunAsync("lint", request.Path), await Cct.RunAsync("lint", document.Path)];

        Assert.Equal(
            ["CheckStatus, no findings", "CheckStatus, no findings", "ScreenPop, no findings"],
            runs.Select(run => run.Output.TrimEnd().Split(": ")[^1]));
        Assert.All(runs, run => Assert.Equal((0, ""), (run.ExitCode, run.Errors)));
    }

    [Fact]
    public async Task A_problem_after_a_byte_order_mark_is_found()
    {
        using var file = new TemporaryFile("FunctionName=Ready&telesetNumber", Encoding.Unicode);

        CctRun run = await Cct.RunAsync("lint", file.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"{file.Path}:1:20: MissingEquals: ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /?FunctionName=CheckStatus HTTP/1.1\nGET /?FunctionName=Ready HTTP/1.1\n", 2)]
    [InlineData("\nGET /?FunctionName=CheckStatus HTTP/1.1\r\nHost: localhost\r\n\r\nGET /?FunctionName=Ready HTTP/1.1\r\n", 5)]
    [InlineData("- \"GET /?FunctionName=CheckStatus HTTP/1.1\" 200\n- \"GET /?FunctionName=Ready HTTP/1.1\" 200\n", 2)]
    public async Task Several_requests_are_not_checked_and_give_2(string text, int line)
    {
        CctRun run = await Cct.RunWithInputAsync(text, "lint", "-");

        string message = $"Line {line} of standard input contains another callout. Check one callout at a time.";
        Assert.Equal((2, "", message), (run.ExitCode, run.Output, run.Errors.TrimEnd()));
    }

    [Fact]
    public async Task An_unreadable_text_is_never_0()
    {
        byte[][] marks = [[], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF], [0xFF, 0xFE, 0, 0], [0, 0, 0xFE, 0xFF]];
        string[] texts =
        [
            "", "x", "\uFEFF", "\uFEFFFunctionName=CheckStatus", "GET ", "\"GET ", "\"GET \"", "\"", "\0", "FunctionName", "FunctionName=\u00e9", "<",
            "<?xml version=\"1.0\" encoding=\"windows-1252\"?>", GoodPop,
        ];
        Encoding[] encodings = [Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32, Encoding.Latin1];
        foreach (byte[] bytes in from mark in marks from text in texts from encoding in encodings select mark.Concat(encoding.GetBytes(text)).ToArray())
        {
            using var file = new TemporaryFile(bytes);

            CctRun run = await Cct.RunAsync("lint", file.Path);

            Assert.True(run.ExitCode == (run.Output.Contains("no findings", StringComparison.Ordinal) ? 0 : 1), $"{Convert.ToHexString(bytes)}: {run}");
            Assert.False(run.ExitCode == 0 && run.Output.Contains("no readable message", StringComparison.Ordinal), $"{Convert.ToHexString(bytes)}: {run}");
        }
    }

    [Fact]
    public async Task A_finding_has_the_place_of_its_pair()
    {
        CctRun run = await Cct.RunWithInputAsync(GoodPop.Replace("4155550100", "+1 415", StringComparison.Ordinal), "lint", "-");

        Assert.Equal((1, ""), (run.ExitCode, run.Errors));
        Assert.StartsWith("standard input:4:5: CCT106 error: ", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("standard input: ScreenPop, findings: 1", run.Output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finding_in_the_second_event_has_its_place_there()
    {
        string second = "<event name=\"ScreenPop\">\n<data name=\"occtSourceID\" value=\"\"/></event></CCTSDK>";

        CctRun run = await Cct.RunWithInputAsync(GoodPop.Replace("</CCTSDK>", second, StringComparison.Ordinal), "lint", "-", "--json");

        JsonElement finding = Json.Single(run, "finding");
        Assert.Equal(("CCT110", 8, 1), (Json.Text(finding, "code"), Json.Number(finding, "line"), Json.Number(finding, "column")));
        JsonElement summary = Json.Single(run, "lint");
        Assert.Equal(("ScreenPop, ScreenPop", 1), (Json.Text(summary, "message"), Json.Number(summary, "findings")));
    }

    [Fact]
    public async Task Forms_and_codes_limit_the_checks()
    {
        string pop = GoodPop.Replace("4155550100", "+1 415", StringComparison.Ordinal);

        Assert.Equal(0, (await Cct.RunWithInputAsync(pop, "lint", "-", "--forms", "cc,ebc")).ExitCode);
        Assert.Equal(0, (await Cct.RunWithInputAsync(pop, "lint", "-", "--switch-off", "CCT106")).ExitCode);
        Assert.Equal(1, (await Cct.RunWithInputAsync(pop, "lint", "-", "--switch-off", "CCT126")).ExitCode);
    }

    [Fact]
    public async Task A_warning_is_1_too()
    {
        CctRun run = await Cct.RunWithInputAsync(GoodPop.Replace("4155550100", "70003", StringComparison.Ordinal), "lint", "-");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(":4:5: CCT126 warning: ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unreadable_text_gets_a_diagnosis_with_its_place()
    {
        CctRun text = await Cct.RunWithInputAsync(GoodPop.Replace("\"70002\"", "\u201c70002\u201d", StringComparison.Ordinal), "lint", "-");
        CctRun json = await Cct.RunWithInputAsync("FunctionName=Login&agentPassword=sesame&telesetNumber", "lint", "-", "--json");

        Assert.Equal((1, 1), (text.ExitCode, json.ExitCode));
        Assert.StartsWith("standard input:5:33: TypographicQuotes: ", text.Output, StringComparison.Ordinal);
        JsonElement diagnosis = Json.Single(json, "diagnosis");
        Assert.Equal(("MissingEquals", 1, 41), (Json.Text(diagnosis, "diagnosis"), Json.Number(diagnosis, "line"), Json.Number(diagnosis, "column")));
        Assert.DoesNotContain("sesame", json.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_diagnosis_in_a_request_line_has_the_place_in_that_line()
    {
        CctRun run = await Cct.RunWithInputAsync("GET /?FunctionName=Ready&telesetNumber HTTP/1.1\r\nHost: localhost\r\n", "lint", "-");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("standard input:1:26: MissingEquals: ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Empty")]
    [InlineData("<html>a page</html>", "Html")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"b\">]><CCTSDK/>", "DocumentType")]
    public async Task A_text_that_is_not_a_message_is_1(string text, string diagnosis)
    {
        CctRun run = await Cct.RunWithInputAsync(text, "lint", "-");

        Assert.Equal((1, ""), (run.ExitCode, run.Errors));
        Assert.Contains($": {diagnosis}: ", run.Output, StringComparison.Ordinal);
        Assert.Contains(": no readable message, ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endless_text_is_reported_as_too_long()
    {
        CctRun run = await Cct.RunWithInputAsync(new string('x', 2_000_000), "lint", "-");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("TooLong", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_bytes_get_an_answer_without_control_characters()
    {
        var random = new Random(1);
        for (int i = 0; i < 200; i++)
        {
            byte[] bytes = new byte[random.Next(60)];
            random.NextBytes(bytes);
            string text = (i % 2 == 0 ? "<CCTSDK><event name=\"" : "FunctionName=") + Encoding.Latin1.GetString(bytes);

            CctRun run = await Cct.RunWithInputAsync(text, "lint", "-");

            Assert.InRange(run.ExitCode, 0, 1);
            Assert.Equal("", run.Errors);
            Assert.DoesNotContain(run.Output, c => char.IsControl(c) && c is not ('\n' or '\r'));
        }
    }

    [Theory]
    [InlineData("windows-1252", "latin1")]
    [InlineData("utf-16", "latin1")] // declares another encoding than it has
    [InlineData("utf-16", "utf-16LE")]
    public async Task A_finding_has_its_place_in_an_encoding_without_a_mark(string declared, string encoding)
    {
        string ani = "+1 415" + (declared == "windows-1252" ? "\u00e9" : "");
        string document = $"<?xml version=\"1.0\" encoding=\"{declared}\"?>" + GoodPop.Replace("4155550100", ani, StringComparison.Ordinal);
        using var file = new TemporaryFile(Encoding.GetEncoding(encoding).GetBytes(document));

        CctRun run = await Cct.RunAsync("lint", file.Path, "--forms", "SR");

        Assert.Equal((1, ""), (run.ExitCode, run.Errors));
        Assert.StartsWith($"{file.Path}:4:5: CCT106 error: ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_encoding_that_the_document_declares_is_used()
    {
        string document = "<?xml version=\"1.0\" encoding=\"utf-16\"?>" + GoodPop;
        using var file = new TemporaryFile(document.Replace("4155550100", "M\u00fcller", StringComparison.Ordinal), Encoding.Unicode);

        CctRun run = await Cct.RunAsync("lint", file.Path, "--forms", "SR");

        Assert.StartsWith($"{file.Path}:4:5: CCT106 error: ", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, run.Output.Split('\n').Count(line => line.Contains("CCT", StringComparison.Ordinal)));
    }
}
