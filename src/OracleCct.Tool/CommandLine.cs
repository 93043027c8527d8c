using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Tool.Commands;

namespace OracleCct.Tool;

/// <summary>The whole command line.</summary>
internal static class CommandLine
{
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(15);

    // A word that begins with an at sign is a word, and no name of a file with options.
    private static readonly ParserConfiguration Words = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    /// <summary>Runs a command.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, ToolConsole console, CancellationToken cancellationToken = default)
    {
        ParseResult parsed = Create(console).Parse(args, Words);
        if (parsed.Action is ParseErrorAction)
        {
            return Fail(console, Problem(parsed, args));
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
        catch (UsageException exception)
        {
            return Fail(console, exception.Message);
        }
        catch (ProtocolFormatException exception)
        {
            return Fail(console, exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Fail(console, exception.Message);
        }
        catch (OperationCanceledException)
        {
            return Fail(console, "Cancelled.");
        }
#pragma warning disable CA1031 // A mistake of this program is no reason to print what may hold a password.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Fail(console, $"cct has a mistake: {exception.GetType().Name} at {exception.TargetSite?.DeclaringType?.Name}.{exception.TargetSite?.Name}. Please report it.");
        }
    }

    public static Command Create(ToolConsole console)
    {
        var root = new ToolCommand(
            "cct",
            "Tools for whoever connects a softphone to Oracle E-Business Suite (EBS): its Universal Work Queue asks with callouts, and the softphone tells with events.",
            [
                "cct listen                                        # what does EBS send?",
                "cct send login --agent 7001 --teleset 70002       # what does the softphone answer?",
                "cct simulate --agent 7001 --teleset 70002         # play EBS, and see the screen pops",
                "cct lint pop.xml                                  # will EBS's forms understand it?",
            ])
        {
            new HelpOption(),
            new VersionOption(),
            new Option<bool>("--json") { Recursive = true, Description = "Print one JSON object per line, for programs." },
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

    /// <summary>What is wrong with the command line, without a word of it that may be a password.</summary>
    private static string Problem(ParseResult parsed, IReadOnlyList<string> args)
    {
        Command command = parsed.CommandResult.Command;
        string name = NameOf(command);
        if (parsed.UnmatchedTokens.Count == 0)
        {
            return $"{parsed.Errors[0].Message} (See \"{name} --help\".)";
        }

        int place = args.ToList().IndexOf(parsed.UnmatchedTokens[0]) + 1;
        string known = command.Subcommands.Count > 0 ? $" {name} has the commands {string.Join(", ", command.Subcommands.Select(one => one.Name))}." : "";
        return FormattableString.Invariant($"Word {place} behind \"cct\" is not understood.{known} (See \"{name} --help\".)");
    }

    private static string NameOf(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{NameOf(parent)} {command.Name}" : command.Name;
}
