using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace OracleCct.Samples;

/// <summary>Represents a command that the user can type.</summary>
/// <param name="usage">The name and the arguments.</param>
/// <param name="summary">What the command does.</param>
/// <param name="runAsync">Runs the command. The argument is the rest of the line.</param>
internal sealed class Command(string usage, string summary, Func<string, Task> runAsync)
{
    public Command(string usage, string summary, Action<string> run)
        : this(usage, summary, arguments =>
        {
            run(arguments);
            return Task.CompletedTask;
        })
    {
    }

    public string Name { get; } = CommandTable.SplitFirstWord(usage).First;

    public string Usage { get; } = usage;

    public string Summary { get; } = summary;

    public Task RunAsync(string arguments) => runAsync(arguments);
}

/// <summary>Runs the commands that the user types, and <c>help</c>, which lists them.</summary>
internal sealed class CommandTable
{
    private static readonly char[] Blanks = [' ', '\t'];

    private readonly Action<string> _say;
    private readonly List<Command> _commands;

    /// <param name="say">Writes a line for the user.</param>
    /// <param name="commands">All commands but <c>help</c>.</param>
    public CommandTable(Action<string> say, params IEnumerable<Command> commands)
    {
        _say = say;
        _commands = [.. commands, new("help", "shows this list", _ => ShowHelp())];
    }

    /// <summary>Separates the first word of a text from the rest. Either can be empty.</summary>
    public static (string First, string Remainder) SplitFirstWord(string text)
    {
        string[] words = text.Split(Blanks, 2, StringSplitOptions.RemoveEmptyEntries);
        return (words.ElementAtOrDefault(0) ?? "", words.ElementAtOrDefault(1)?.Trim() ?? "");
    }

    /// <summary>Runs the commands of standard input until it ends. The program keeps running after that, because it can run without a terminal.</summary>
    public async Task ReadAsync()
    {
        while (Console.ReadLine() is { } line)
        {
            (string name, string arguments) = SplitFirstWord(line);
            if (_commands.Find(command => command.Name == name) is { } command)
            {
                await command.RunAsync(arguments);
            }
            else if (name.Length > 0)
            {
                string[] names = [.. _commands.Select(command => command.Name)];
                _say($"\"{name}\" is not a command. Use {string.Join(", ", names.Take(names.Length - 1))} or {names[names.Length - 1]}.");
            }
        }
    }

    private void ShowHelp()
    {
        int width = _commands.Max(command => command.Usage.Length);
        _commands.ForEach(command => _say($"{command.Usage.PadRight(width)}  {command.Summary}"));
    }
}
