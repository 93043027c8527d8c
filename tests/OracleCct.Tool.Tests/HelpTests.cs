using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Help;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using OracleCct.Tool.Tests.Support;
using Xunit;

namespace OracleCct.Tool.Tests;

public class HelpTests
{
    private static readonly Command Root = CommandLine.Create(new ToolConsole { Input = Stream.Null, Output = TextWriter.Null, Error = TextWriter.Null });

    public static TheoryData<string> Commands => [.. Tree(Root, "").Select(one => one.Words)];

    public static TheoryData<string> TopCommands => [.. Root.Subcommands.Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task The_help_of_a_command_has_its_options_examples_and_the_exit_codes(string words)
    {
        Command command = Tree(Root, "").Single(one => one.Words == words).Command;

        CctRun run = await Cct.RunAsync([.. words.Split(' ', System.StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.All(command.Options, option => Assert.Contains(option.Name, run.Output, System.StringComparison.Ordinal));
        Assert.All(
            command.Options.Where(option => option is not (HelpOption or VersionOption)),
            option => Assert.EndsWith(".", Regex.Replace(option.Description!, " \\[default: .*\\]$", ""), System.StringComparison.Ordinal));
        Assert.Contains("Examples:", run.Output, System.StringComparison.Ordinal);
        Assert.Contains("  2  the command could not run", run.Output, System.StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_command_there_is_help()
    {
        CctRun run = await Cct.RunAsync();

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal((await Cct.RunAsync("--help")).Output, run.Output);
        Assert.All(Root.Subcommands, command => Assert.Contains(command.Name, run.Output, System.StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void An_example_in_the_help_is_a_command_that_can_be_typed(string words)
    {
        var command = (ToolCommand)Tree(Root, "").Single(one => one.Words == words).Command;

        Assert.NotEmpty(command.Examples);
        Assert.All(command.Examples, example => Assert.Empty(Root.Parse(Words(example)).Errors));
    }

    [Theory]
    [MemberData(nameof(TopCommands))]
    public void The_page_about_the_tool_has_the_options_of_each_command(string name)
    {
        Command command = Root.Subcommands.Single(one => one.Name == name);
        string page = File.ReadAllText(Docs.Path);
        string section = Regex.Match(page, $"^## `cct {name}`\n(.*?)(?=^## )", RegexOptions.Singleline | RegexOptions.Multiline).Groups[1].Value;
        IEnumerable<string> options = Tree(command, "").SelectMany(one => one.Command.Options).Select(option => option.Name).Distinct();

        string[] rows = [.. section.Split('\n').Where(line => line.StartsWith("| `", System.StringComparison.Ordinal))];
        IEnumerable<string> listed = rows.SelectMany(row => Regex.Matches(row, "`(--[a-z-]+)`")).Select(match => match.Groups[1].Value).Distinct();
        Assert.Equal(options.Order(), listed.Order());
        Assert.All(command.Subcommands, one => Assert.Contains(rows, row => row.Split('|')[1].Contains($"`{one.Name}`", System.StringComparison.Ordinal)));
    }

    [Fact]
    public void The_page_about_the_tool_has_all_commands_and_exit_codes()
    {
        string page = File.ReadAllText(Docs.Path);

        Assert.Equal(
            Root.Subcommands.Select(command => command.Name),
            Regex.Matches(page, "^\\| `cct ([a-z]+)` \\|", RegexOptions.Multiline).Select(match => match.Groups[1].Value));
        Assert.Equal(["0", "1", "2"], Regex.Matches(page, "^\\| ([0-9]) \\|", RegexOptions.Multiline).Select(match => match.Groups[1].Value));
    }

    private static IEnumerable<(string Words, Command Command)> Tree(Command command, string words) =>
        command.Subcommands.SelectMany(one => Tree(one, $"{words} {one.Name}".Trim())).Prepend((words, command));

    /// <summary>Returns the arguments of an example: after "cct", without comments and redirections.</summary>
    private static string[] Words(string example)
    {
        string command = example[(example.LastIndexOf("cct ", System.StringComparison.Ordinal) + 4)..];
        command = Regex.Replace(command, " +(#|<|>).*$", "");
        return [.. Regex.Matches(command, "'([^']*)'|\"([^\"]*)\"|[^ ]+").Select(match => match.Value.Trim('\'', '"'))];
    }
}
