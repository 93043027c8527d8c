using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Protocol.Testing;
using OracleCct.Tool.Commands;

namespace OracleCct.Tool;

/// <summary>Defines the command line and runs it.</summary>
internal static class CommandLine
{
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(15);

    // An argument that begins with an at sign is a value, not the name of a response file.
    private static readonly ParserConfiguration Words = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    /// <summary>Runs a command.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, ToolConsole console, CancellationToken cancellationToken = default)
    {
        ParseResult parsed = Create(console).Parse(args, Words);
        if ((FlagWithValue(parsed, args) ?? (parsed.Action is ParseErrorAction ? Problem(parsed, args) : null)) is { } problem)
        {
            return Fail(console, problem);
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = console.Output,
                Error = console.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = EndsWithin,
            };
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (Exception exception) when (exception is UsageException or ProtocolFormatException or IOException or UnauthorizedAccessException)
        {
            return Fail(console, exception.Message);
        }
        catch (OperationCanceledException)
        {
            return Fail(console, "The command was cancelled.");
        }
#pragma warning disable CA1031 // The text of an unexpected exception may contain a password, so it is not printed.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            string place = $"{exception.TargetSite?.DeclaringType?.Name}.{exception.TargetSite?.Name}";
            return Fail(console, $"cct failed because of a bug: {exception.GetType().Name} at {place}. Please report it.");
        }
    }

    public static Command Create(ToolConsole console)
    {
        var root = new ToolCommand(
            "cct",
            "Tools for connecting a softphone to Oracle E-Business Suite (EBS). EBS's Universal Work Queue sends callouts, and the softphone sends events.",
            [
                "cct listen                                        # show what EBS sends",
                "cct send login --agent 7001 --teleset 70002       # show what the softphone answers",
                "cct simulate --agent 7001 --teleset 70002         # play EBS, and show the screen pops",
                "cct lint pop.xml                                  # check what EBS's forms do with a screen pop",
            ])
        {
            new HelpOption(),
            new VersionOption(),
            new Option<bool>("--json") { Recursive = true, Description = "Prints one JSON object per line, for programs." },
            ListenCommand.Create(console),
            SendCommand.Create(console),
            PopCommand.Create(console),
            EventCommand.Create(console),
            LintCommand.Create(console),
            ReplayCommand.Create(console),
            SimulateCommand.Create(console),
        };
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        root.SetAction(parsed => help.Action is SynchronousCommandLineAction action ? action.Invoke(parsed) : ExitCode.CannotRun);
        return root;
    }

    private static int Fail(ToolConsole console, string problem)
    {
        console.Error.WriteLine(Printable.Of(problem));
        return ExitCode.CannotRun;
    }

    /// <summary>Returns the problem of a flag that has a value, which the parser would treat as a separate argument.</summary>
    private static string? FlagWithValue(ParseResult parsed, IReadOnlyList<string> args)
    {
        string[] flags = [.. OptionsOf(parsed).OfType<Option<bool>>().Select(option => option.Name)];
        string? word = args.TakeWhile(word => word != "--").FirstOrDefault(word =>
            word.Split('=', ':') is [var name, var value, ..] && flags.Contains(name) && !bool.TryParse(value, out _));
        return word is null ? null : $"{word.Split('=', ':')[0]} does not take a value. (See \"{NameOf(parsed.CommandResult.Command)} --help\".)";
    }

    /// <summary>Returns what is wrong with the command line. The text repeats no argument, because an argument may be a password.</summary>
    private static string Problem(ParseResult parsed, IReadOnlyList<string> args)
    {
        Command command = parsed.CommandResult.Command;
        string name = NameOf(command);
        string? option = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value)
            .Concat(parsed.UnmatchedTokens)
            .FirstOrDefault(word => word.Length > 1 && word[0] == '-');
        string? near = option is null ? null : NearestOption(OptionsOf(parsed), option.Split('=')[0]);
        if (option is not null && (near is not null || command.Subcommands.Count == 0))
        {
            string suggestion = near is null ? "" : $" Did you mean {near}?";
            return FormattableString.Invariant(
                $"Argument {PlaceOf(option, args)} after \"cct\" is not an option of \"{name}\".{suggestion} (See \"{name} --help\".)");
        }

        if (parsed.UnmatchedTokens.Count == 0)
        {
            return $"{parsed.Errors[0].Message} (See \"{name} --help\".)";
        }

        string known = command.Subcommands.Count > 0 ? $" Use one of the commands {string.Join(", ", command.Subcommands.Select(one => one.Name))}." : "";
        return FormattableString.Invariant(
            $"Argument {PlaceOf(parsed.UnmatchedTokens[0], args)} after \"cct\" is not valid.{known} (See \"{name} --help\".)");
    }

    private static IEnumerable<Option> OptionsOf(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.Union(parsed.RootCommandResult.Command.Options.Where(option => option.Recursive));

    private static int PlaceOf(string word, IReadOnlyList<string> args) => args.ToList().IndexOf(word) + 1;

    /// <summary>Returns the option that a mistyped one most resembles, or null if none is similar.</summary>
    private static string? NearestOption(IEnumerable<Option> options, string word) => options
        .Select(option => (option.Name, Slips: Slips(option.Name, word)))
        .Where(near => near.Slips <= word.Length / 3)
        .OrderBy(near => near.Slips)
        .FirstOrDefault().Name;

    /// <summary>Returns how many letters must be added, removed or replaced.</summary>
    private static int Slips(string name, string word)
    {
        int[] row = [.. Enumerable.Range(0, word.Length + 1)];
        for (int i = 0; i < name.Length; i++)
        {
            int diagonal = row[0]++;
            for (int j = 0; j < word.Length; j++)
            {
                (diagonal, row[j + 1]) = (row[j + 1], Math.Min(diagonal + (name[i] == word[j] ? 0 : 1), 1 + Math.Min(row[j], row[j + 1])));
            }
        }

        return row[word.Length];
    }

    private static string NameOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{NameOf(parent)} {command.Name}" : command.Name;
}
