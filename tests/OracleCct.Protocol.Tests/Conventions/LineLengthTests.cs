using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.Conventions;

/// <summary>No tool checks max_line_length of .editorconfig.</summary>
public class LineLengthTests
{
    private const string StillTooLong = "tests/OracleCct.Protocol.Tests/Conventions/StillTooLong.txt";

    private static readonly string[] Folders = ["src", "samples", "tests", "bench"];

    /// <summary>The names of files whose lines are still too long. The list may only get shorter.</summary>
    private static readonly HashSet<string> Baseline = [.. File.ReadAllLines(Repository.PathOf(StillTooLong))];

    [Fact]
    public void No_line_of_code_is_longer_than_editorconfig_allows()
    {
        string settings = File.ReadAllText(Repository.PathOf(".editorconfig"));
        Match setting = Regex.Match(settings, @"^\[\*\.cs\][^[]*^max_line_length = (\d+)", RegexOptions.Multiline);
        int limit = int.Parse(setting.Groups[1].Value, CultureInfo.InvariantCulture);

        string[] tooLong = [.. Folders.SelectMany(SourcesIn).Where(file => !Baseline.Contains(Path.GetFileName(file))).SelectMany(
            file => LongLines(file, limit))];

        Assert.True(tooLong.Length == 0, $"Wrap these lines at {limit} columns:\n{string.Join("\n", tooLong)}");
    }

    private static IEnumerable<string> LongLines(string file, int limit) => File.ReadLines(Repository.PathOf(file))
        .Select((line, index) => (line.Length, Number: index + 1))
        .Where(line => line.Length > limit)
        .Select(line => $"{file}:{line.Number} has {line.Length}.");

    private static IEnumerable<string> SourcesIn(string folder) => Directory.GetFiles(Repository.PathOf(folder), "*.cs")
        .Select(file => $"{folder}/{Path.GetFileName(file)}")
        .Concat(Directory.GetDirectories(Repository.PathOf(folder))
            .Select(child => Path.GetFileName(child))
            .Where(child => child is not ("bin" or "obj"))
            .SelectMany(child => SourcesIn($"{folder}/{child}")));
}
