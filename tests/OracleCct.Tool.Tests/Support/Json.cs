using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace OracleCct.Tool.Tests.Support;

/// <summary>Reads the JSON lines of a command and compares them with the table of docs/tool.md.</summary>
internal static class Json
{
    private static readonly string[] OfTranscripts = ["time", "from", "refusal", "joined"];

    public static IReadOnlyList<JsonElement> Lines(CctRun run)
    {
        JsonElement[] lines = [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
        Assert.All(lines, AssertIsDocumented);
        return lines;
    }

    /// <summary>Returns the only line of a kind.</summary>
    public static JsonElement Single(CctRun run, string kind) => Assert.Single(Lines(run), line => Kind(line) == kind);

    public static string Kind(JsonElement line) => line.GetProperty("kind").GetString()!;

    public static string? Text(JsonElement line, string name) => line.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    public static int Number(JsonElement line, string name) => line.GetProperty(name).GetInt32();

    private static JsonElement Parse(string line)
    {
        Assert.All(line, c => Assert.InRange(c, ' ', '~'));
        return JsonDocument.Parse(line).RootElement;
    }

    private static void AssertIsDocumented(JsonElement line)
    {
        string[] rows = [.. File.ReadLines(Docs.Path).Where(row => row.StartsWith($"| `{Kind(line)}` |", StringComparison.Ordinal))];
        Assert.NotEmpty(rows);
        HashSet<string> fields = [.. rows.SelectMany(row => Regex.Matches(row, "`([A-Za-z]+)`")).Select(match => match.Groups[1].Value), .. OfTranscripts];
        Assert.All(line.EnumerateObject().Where(field => field.Name != "kind"), field =>
        {
            Assert.Contains(field.Name, fields);
            Assert.NotEqual(JsonValueKind.Null, field.Value.ValueKind);
        });
    }
}
