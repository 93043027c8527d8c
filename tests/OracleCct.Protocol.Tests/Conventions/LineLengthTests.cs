using System;
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
    private static readonly string[] Folders = ["src", "samples", "tests", "bench"];

    [Fact]
    public void No_line_of_code_is_longer_than_editorconfig_allows()
    {
        string settings = File.ReadAllText(Repository.PathOf(".editorconfig"));
        Match setting = Regex.Match(settings, @"^\[\*\.cs\][^[]*^max_line_length = (\d+)", RegexOptions.Multiline);
        int limit = int.Parse(setting.Groups[1].Value, CultureInfo.InvariantCulture);

        string[] tooLong = [.. Folders.SelectMany(SourcesIn).SelectMany(
            file => LongLines(file, limit))];

        Assert.True(tooLong.Length == 0, $"Wrap these lines at {limit} columns:\n{string.Join("\n", tooLong)}");
    }

    private static IEnumerable<string> LongLines(string file, int limit)
    {
        int number = 0;
        bool isText = false;
        foreach (string line in File.ReadLines(Repository.PathOf(file)))
        {
            number++;

            // Lines of a raw string are text, which must stay as it is.
            bool isEdge = line.Split(["\"\"\""], StringSplitOptions.None).Length % 2 == 0;
            if (line.Length > limit && !isText)
            {
                yield return $"{file}:{number} has {line.Length}.";
            }

            isText ^= isEdge;
        }
    }

    private static IEnumerable<string> SourcesIn(string folder) => Directory.GetFiles(Repository.PathOf(folder), "*.cs")
        .Select(file => $"{folder}/{Path.GetFileName(file)}")
        .Concat(Directory.GetDirectories(Repository.PathOf(folder))
            .Select(child => Path.GetFileName(child))
            .Where(child => child is not ("bin" or "obj"))
            .SelectMany(child => SourcesIn($"{folder}/{child}")));
}
