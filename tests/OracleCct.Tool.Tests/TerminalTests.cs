using System;
using System.Threading.Tasks;
using OracleCct.Protocol.Testing;
using OracleCct.Tool.Tests.Support;
using Xunit;

namespace OracleCct.Tool.Tests;

public class TerminalTests
{
    [Fact]
    public async Task Only_a_terminal_gets_colours()
    {
        string[] command = ["lint", "no\u001b[2J[red].xml"];
        using var file = new TemporaryFile("<CCTSDK/>");

        CctRun terminal = await Cct.RunInColoursAsync("lint", file.Path);
        CctRun pipe = await Cct.RunAsync("lint", file.Path);
        CctRun json = await Cct.RunInColoursAsync("lint", file.Path, "--json");
        CctRun hostile = await Cct.RunInColoursAsync(command);

        Assert.Contains("\u001b[32mno findings\u001b[0m", terminal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", pipe.Output + json.Output + hostile.Errors, StringComparison.Ordinal);
        Assert.Equal("The file no?[2J[red].xml does not exist. Check the path.", hostile.Errors.TrimEnd());
    }

    [Fact]
    public async Task A_long_line_does_not_wrap_in_a_pipe()
    {
        string name = string.Join(' ', System.Linq.Enumerable.Repeat("name", 200));

        CctRun run = await Cct.RunWithInputAsync($"<CCTSDK><event name=\"{name}\"/></CCTSDK>", "lint", "-");

        Assert.Single(run.Output.TrimEnd().Split('\n'));
        Assert.Equal(0, run.ExitCode);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("M\u00fcller \U0001F600", "M\u00fcller \U0001F600")]
    [InlineData("a\u001b[31mb\r\n\tc\u0007\u007f\u009b", "a?[31mb???c???")]
    [InlineData("\u202e\u2066\u200b\u2028\ufeff", "?????")]
    [InlineData(null, "")]
    public void Text_is_made_printable(string? text, string shown) => Assert.Equal(shown, Printable.Of(text));

    [Fact]
    public void Half_a_surrogate_pair_is_replaced() => Assert.Equal("\ufffdx", Printable.Of("\ud800x"));
}
