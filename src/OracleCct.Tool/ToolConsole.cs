using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Spectre.Console;

namespace OracleCct.Tool;

/// <summary>Represents the environment of a command: its input, output, clock and environment variables.</summary>
internal sealed class ToolConsole
{
    private StreamReader? _lines;

    public required Stream Input { get; init; }

    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Gets whether the output shows colours.</summary>
    public AnsiSupport Colours { get; init; } = AnsiSupport.No;

    /// <summary>Gets the function that prompts for a password without showing it. It is null if there is no terminal.</summary>
    public Func<string, CancellationToken, Task<string>>? AskSecret { get; init; }

    public Func<string, string?> EnvironmentVariable { get; init; } = _ => null;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Gets the input as text. It reads ahead, so do not use <see cref="Input"/> after it.</summary>
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

    /// <summary>Prompts on standard error, so that the output holds only the result of the command.</summary>
    private static Task<string> AskAtTerminalAsync(string question, CancellationToken cancellationToken) =>
        new TextPrompt<string>(Markup.Escape(question)).Secret(null).AllowEmpty()
            .ShowAsync(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }), cancellationToken);
}
