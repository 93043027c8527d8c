using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using OracleCct.Protocol.Testing;
using Spectre.Console;

namespace OracleCct.Tool;

/// <summary>Writes the output of a command: text for people, or one line of JSON for each item.</summary>
/// <remarks>Safe to use from several threads.</remarks>
internal sealed class Output
{
    // Programs read these lines, so they must not wrap.
    private const int WidthOfFiles = 100_000;

    private readonly Lock _gate = new();
    private readonly TextWriter _writer;
    private readonly IAnsiConsole _console;

    public Output(ToolConsole console, ParseResult parsed)
    {
        _writer = console.Output;
        IsJson = parsed.GetValue<bool>("--json");
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = console.Colours,
            ColorSystem = console.Colours == AnsiSupport.No ? ColorSystemSupport.NoColors : ColorSystemSupport.Standard,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(_writer),
        });
        if (console.Colours == AnsiSupport.No)
        {
            _console.Profile.Width = WidthOfFiles;
        }
    }

    public bool IsJson { get; }

    /// <summary>Writes one item.</summary>
    /// <param name="json">The item for programs. Fields that are null are omitted.</param>
    /// <param name="line">The item for people, with Spectre.Console's markup. Interpolated values are not markup. They are escaped and made printable.</param>
    public void Show(JsonObject json, FormattableString line)
    {
        if (IsJson)
        {
            foreach (string name in json.Where(field => field.Value is null).Select(field => field.Key).ToArray())
            {
                _ = json.Remove(name);
            }

            lock (_gate)
            {
                _writer.Write(json.ToJsonString() + "\n");
                _writer.Flush();
            }
        }
        else
        {
            lock (_gate)
            {
                _console.MarkupLine(ToMarkup(line));
            }
        }
    }

    /// <summary>Writes a line for people. JSON output omits it.</summary>
    public void Say(FormattableString line)
    {
        if (!IsJson)
        {
            Show([], line);
        }
    }

    /// <summary>Writes a table for people. JSON output omits it. Each cell is plain text.</summary>
    public void Table(params IEnumerable<IReadOnlyList<string>> rows)
    {
        if (IsJson)
        {
            return;
        }

        var grid = new Grid();
        foreach (IReadOnlyList<string> row in rows)
        {
            while (grid.Columns.Count < row.Count)
            {
                _ = grid.AddColumn(new GridColumn { Padding = new Padding(2, 0, 0, 0), NoWrap = grid.Columns.Count < row.Count - 1 });
            }

            _ = grid.AddRow([.. row.Select(cell => new Text(Printable.Of(cell)))]);
        }

        lock (_gate)
        {
            _console.Write(grid);
        }
    }

    private static string ToMarkup(FormattableString line) => string.Format(
        CultureInfo.InvariantCulture,
        line.Format,
        [.. line.GetArguments().Select(argument => Markup.Escape(Printable.Of(Convert.ToString(argument, CultureInfo.InvariantCulture))))]);
}
