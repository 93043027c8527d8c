using System;
using System.Threading.Tasks;
using OracleCct.Protocol.Testing;
using OracleCct.Tool.Tests.Support;
using Xunit;

namespace OracleCct.Tool.Tests;

public class TerminalTests
{
    [Fact]
    public async Task Colours_are_for_terminals()
    {
        string[] command = ["lint", "no\u001b[2J[red].xml"];
        using var file = new TemporaryFile("<CCTSDK/>");

        CctRun terminal = await Cct.RunInColoursAsync("lint", file.Path);
        CctRun pipe = await Cct.RunAsync("lint", file.Path);
        CctRun json = await Cct.RunInColoursAsync("lint", file.Path, "--json");
        CctRun hostile = await Cct.RunInColoursAsync(command);

        Assert.Contains("\u001b[32mnothing found\u001b[0m", terminal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", pipe.Output + json.Output + hostile.Errors, StringComparison.Ordinal);
        Assert.Equal("There is no file no?[2J[red].xml.", hostile.Errors.TrimEnd());
    }

    [Fact]
    public async Task A_long_line_is_not_broken_in_a_pipe()
    {
        CctRun run = await Cct.RunWithInputAsync("<CCTSDK><event name=\"" + string.Join(' ', System.Linq.Enumerable.Repeat("name", 200)) + "\"/></CCTSDK>", "lint", "-");

        Assert.Single(run.Output.TrimEnd().Split('\n'));
        Assert.Equal(0, run.ExitCode);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("M\u00fcller \U0001F600", "M\u00fcller \U0001F600")]
    [InlineData("a\u001b[31mb\r\n\tc\u0007\u007f\u009b", "a?[31mb???c???")]
    [InlineData("\u202e\u2066\u200b\u2028\ufeff", "?????")]
    [InlineData(null, "")]
    public void What_is_shown_stands_for_itself(string? text, string shown) => Assert.Equal(shown, Printable.Of(text));

    [Fact]
    public void Half_a_character_is_shown_as_a_replacement() => Assert.Equal("\ufffdx", Printable.Of("\ud800x"));
}
