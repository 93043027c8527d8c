using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.Conventions;

/// <summary>
/// Folders are rooms, and the table of CONTRIBUTING.md says which room may know which. All rooms share one namespace, so these tests read the source.
/// </summary>
public class ArrowTests
{
    /// <summary>Holds what the platform itself has on other targets: every room may use it.</summary>
    private const string StandIns = "Compatibility";

    /// <summary>The room of the files that are in no folder.</summary>
    private const string Root = ".";

    private static readonly Dictionary<string, string[]> MayKnow = ReadTable(File.ReadAllText(Repository.PathOf("CONTRIBUTING.md")));

    private static readonly Dictionary<string, string> Sources = ReadSources();

    private static readonly Dictionary<string, string> RoomOfType = FindTypes(Sources);

    public static TheoryData<string> Rooms => [.. MayKnow.Keys];

    [Fact]
    public void Every_folder_is_a_row() => Assert.Equal(Sources.Keys.OrderBy(room => room), MayKnow.Keys.OrderBy(room => room));

    [Fact]
    public void The_rooms_hold_the_types_that_they_should()
    {
        Assert.Equal("Wire", RoomOfType[nameof(WireFields)]);
        Assert.Equal("Callouts", RoomOfType[nameof(LoginCallout)]);
        Assert.Equal("Events", RoomOfType[nameof(CctXmlFormatter)]);
        Assert.Equal("Numbers", RoomOfType[nameof(CallerNumberPolicy)]);
        Assert.Equal("ScreenPops", RoomOfType[nameof(ScreenPopRules)]);
        Assert.Equal("Agents", RoomOfType[nameof(IAgentRegistry)]);
        Assert.Equal("Dispatch", RoomOfType["CalloutInvoker"]);
        Assert.Equal("Hosting", RoomOfType[nameof(SuccessReplyBody)]);
        Assert.Equal("Delivery", RoomOfType["EventContent"]);
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_knows_only_what_it_may(string room) => Assert.Empty(WrongArrows(room, Sources, MayKnow));

    [Fact]
    public void A_wrong_arrow_is_found()
    {
        Dictionary<string, string[]> table = ReadTable(
            """
            | Folder | Holds | May know |
            |---|---|---|
            | `Compatibility` | stand-ins | nothing |
            | `Low` | what `High` is made of | nothing |
            | `High` | the rest | `Low` |
            | `.` | the door | all above |
            """);
        var sources = new Dictionary<string, string>
        {
            [StandIns] = "internal static class Guard",
            ["Low"] = "public sealed record Field; Guard Of(Value value);",
            ["High"] = "public readonly record struct Value(Field field);",
            [Root] = "public class Door(Value value, Field field)",
        };

        Assert.Equal(["Value of High"], WrongArrows("Low", sources, table));
        Assert.Empty(WrongArrows("High", sources, table));
        Assert.Empty(WrongArrows(Root, sources, table));
    }

    [Theory]
    [InlineData("| `One` | | `Two` |", "`One` may know `Two`, which is in no row above it.")]
    [InlineData("| `One` | | anything |", "The row of `One` says neither `Name`, nothing nor all above.")]
    public void A_row_that_cannot_be_understood_is_an_error(string row, string message) => Assert.Equal(
        message, Assert.Throws<FormatException>(() => ReadTable("| Folder | Holds | May know |\n|---|---|---|\n" + row)).Message);

    [Theory]
    [InlineData("Microsoft.Extensions", "DependencyInjection", Root)]
    [InlineData("System.Net.Http", "Delivery")]
    [InlineData("System.Net.Sockets", "Dispatch", "Hosting")]
    [InlineData("System.Net", "Agents", "Delivery", "Dispatch", "Hosting", Root)]
    public void Only_these_rooms_use_HTTP_and_containers(string space, params string[] rooms) => Assert.All(
        Sources.Where(room => !rooms.Contains(room.Key)),
        room => Assert.DoesNotContain($"using {space}", room.Value, StringComparison.Ordinal));

    private static IEnumerable<string> WrongArrows(string room, Dictionary<string, string> sources, Dictionary<string, string[]> mayKnow)
    {
        Dictionary<string, string> homes = FindTypes(sources);
        string[] allowed = [room, StandIns, .. mayKnow[room]];

        // What follows a dot is a member, not a type.
        return Regex.Matches(sources[room], @"(?<!\.)\b\w+").Cast<Match>()
            .Select(match => match.Value)
            .Distinct()
            .Where(name => homes.TryGetValue(name, out string? home) && !allowed.Contains(home))
            .Select(name => $"{name} of {homes[name]}");
    }

    /// <summary>The rows of the table whose last column is "May know". A room may know only rooms of rows above it, so that arrows make no circle.</summary>
    private static Dictionary<string, string[]> ReadTable(string markdown)
    {
        var rooms = new Dictionary<string, string[]>();
        IEnumerable<string> rows = markdown.Replace("\r", "").Split('\n')
            .SkipWhile(line => !line.EndsWith("| May know |", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.Length > 0 && line[0] == '|');
        foreach (string[] cells in rows.Select(row => row.Trim('|').Split('|')))
        {
            string room = NamesIn(cells[0]).Single();
            string[] known = cells[2].Trim() == "all above" ? [.. rooms.Keys] : NamesIn(cells[2]);
            if (known.Length == 0 && cells[2].Trim() != "nothing")
            {
                throw new FormatException($"The row of `{room}` says neither `Name`, nothing nor all above.");
            }

            if (known.FirstOrDefault(name => !rooms.ContainsKey(name)) is { } stranger)
            {
                throw new FormatException($"`{room}` may know `{stranger}`, which is in no row above it.");
            }

            rooms.Add(room, known);
        }

        return rooms;
    }

    private static string[] NamesIn(string cell) => [.. Regex.Matches(cell, "`([^`]+)`").Cast<Match>().Select(match => match.Groups[1].Value)];

    private static Dictionary<string, string> FindTypes(Dictionary<string, string> sources)
    {
        const string Declaration = @"\b(?:class|struct|interface|enum|record|delegate\s+[\w<>]+)\s+(?!struct\b|class\b)(\w+)";
        return sources
            .SelectMany(room => Regex.Matches(room.Value, Declaration).Cast<Match>().Select(match => (Type: match.Groups[1].Value, Room: room.Key)))
            .GroupBy(declaration => declaration.Type)
            .Where(declarations => declarations.Select(declaration => declaration.Room).Distinct().Count() == 1)
            .ToDictionary(declarations => declarations.Key, declarations => declarations.First().Room);
    }

    private static Dictionary<string, string> ReadSources()
    {
        string source = Repository.PathOf("src/OracleCct.Protocol");
        var rooms = Directory.GetDirectories(source)
            .Where(folder => Path.GetFileName(folder) is not ("bin" or "obj"))
            .ToDictionary(folder => Path.GetFileName(folder), folder => Join(Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)));
        rooms.Add(Root, Join(Directory.GetFiles(source, "*.cs")));
        return rooms;
    }

    private static string Join(string[] files) => string.Join("\n", files.Select(file => WithoutWords(File.ReadAllText(file))));

    /// <summary>Comments and messages may name everything.</summary>
    private static string WithoutWords(string code) => Regex.Replace(code, @"//[^\n]*|""(?:[^""\\\n]|\\.)*""", "");
}
