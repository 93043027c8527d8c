using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Spectre.Console;

namespace OracleCct.Tool;

/// <summary>Where a command reads and writes.</summary>
internal sealed class ToolConsole
{
    private StreamReader? _lines;

    public required Stream Input { get; init; }

    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Whether the output is a terminal that shows colours.</summary>
    public AnsiSupport Colours { get; init; } = AnsiSupport.No;

    /// <summary>Asks a person for a password, unseen. Null where nobody can be asked.</summary>
    public Func<string, CancellationToken, Task<string>>? AskSecret { get; init; }

    public Func<string, string?> EnvironmentVariable { get; init; } = _ => null;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The input as text. It reads ahead: who has taken it must not take <see cref="Input"/>.</summary>
    public TextReader Lines => _lines ??= new StreamReader(Input, leaveOpen: true);

    public static ToolConsole OfThisProcess() => new()
    {
        Input = Console.OpenStandardInput(),
        Output = Console.Out,
        Error = Console.Error,
        Colours = Console.IsOutputRedirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) ? AnsiSupport.No : AnsiSupport.Detect,
        AskSecret = Console.IsInputRedirected || Console.IsErrorRedirected ? null : AskAtTerminalAsync,
        EnvironmentVariable = Environment.GetEnvironmentVariable,
    };

    /// <summary>On standard error, so that the output stays what the command says.</summary>
    private static Task<string> AskAtTerminalAsync(string question, CancellationToken cancellationToken) =>
        new TextPrompt<string>(Markup.Escape(question)).Secret(null).AllowEmpty()
            .ShowAsync(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }), cancellationToken);
}
