using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.Conventions;

/// <summary>Folders are rooms, and not every room may know every other. The source is read, since all of it is one namespace.</summary>
public class ArrowTests
{
    /// <summary>No room: what the platform itself has on other targets.</summary>
    private const string StandIns = "Compatibility";

    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["Wire"] = [],
        ["Callouts"] = ["Wire"],
        ["Events"] = ["Wire"],
        ["Observing"] = ["Wire"],
        ["Numbers"] = ["Wire"],
        ["ScreenPops"] = ["Wire", "Events", "Numbers"],
        ["Agents"] = ["Wire", "Callouts"],
        ["Dispatch"] = ["Wire", "Callouts", "Agents"],
        ["Hosting"] = ["Wire", "Observing", "Callouts", "Events", "Agents", "Dispatch"],
        ["Delivery"] = ["Wire", "Observing", "Callouts", "Events", "Agents", "Dispatch", "Numbers", "ScreenPops"],
        ["DependencyInjection"] = ["Wire", "Observing", "Callouts", "Events", "Agents", "Dispatch", "Hosting", "Delivery"],
    };

    private static readonly Dictionary<string, string> Sources = ReadSources();

    private static readonly Dictionary<string, string> RoomOfType = Sources
        .SelectMany(room => Regex.Matches(room.Value, @"\b(?:class|struct|interface|enum|record|delegate\s+[\w<>]+)\s+(?!struct\b|class\b)(\w+)").Cast<Match>()
            .Select(match => (Type: match.Groups[1].Value, Room: room.Key)))
        .GroupBy(declaration => declaration.Type)
        .Where(declarations => declarations.Select(declaration => declaration.Room).Distinct().Count() == 1)
        .ToDictionary(declarations => declarations.Key, declarations => declarations.First().Room);

    public static TheoryData<string> Rooms => [.. MayKnow.Keys];

    [Fact]
    public void Every_folder_is_a_room() => Assert.Equal(MayKnow.Keys.OrderBy(room => room), Sources.Keys.OrderBy(room => room));

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
    public void A_room_knows_only_what_it_may(string room)
    {
        IEnumerable<string> forbidden = Regex.Matches(Sources[room], @"\w+").Cast<Match>()
            .Select(match => match.Value)
            .Distinct()
            .Where(name => RoomOfType.TryGetValue(name, out string? home) && home != room && !MayKnow[room].Contains(home))
            .Select(name => $"{name} of {RoomOfType[name]}");

        Assert.Empty(forbidden);
    }

    [Theory]
    [InlineData("Wire", "System.Net", "Microsoft.Extensions")]
    [InlineData("Callouts", "System.Net", "Microsoft.Extensions")]
    [InlineData("Events", "System.Net", "Microsoft.Extensions")]
    [InlineData("Observing", "System.Net", "Microsoft.Extensions")]
    [InlineData("Numbers", "System.Net", "Microsoft.Extensions")]
    [InlineData("ScreenPops", "System.Net", "Microsoft.Extensions")]
    [InlineData("Agents", "System.Net.Http", "Microsoft.Extensions")]
    [InlineData("Dispatch", "System.Net.Http", "Microsoft.Extensions")]
    [InlineData("Hosting", "System.Net.Http", "Microsoft.Extensions")]
    [InlineData("Delivery", "System.Net.Sockets", "Microsoft.Extensions")]
    public void A_room_knows_neither_HTTP_nor_containers_unless_that_is_its_business(string room, params string[] forbidden) =>
        Assert.All(forbidden, name => Assert.DoesNotContain($"using {name}", Sources[room], StringComparison.Ordinal));

    private static Dictionary<string, string> ReadSources()
    {
        string source = Repository.PathOf("src/OracleCct.Protocol");
        return Directory.GetDirectories(source)
            .Where(folder => Path.GetFileName(folder) is not ("bin" or "obj" or StandIns))
            .ToDictionary(
                folder => Path.GetFileName(folder),
                folder => string.Join("\n", Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories).Select(file => WithoutWords(File.ReadAllText(file)))));
    }

    /// <summary>Comments may speak of everything, and so may messages.</summary>
    private static string WithoutWords(string code) => Regex.Replace(code, @"//[^\n]*|""(?:[^""\\\n]|\\.)*""", "");
}
