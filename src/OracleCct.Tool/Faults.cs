using System.Collections.Generic;
using System.Linq;
using OracleCct.Protocol.Testing;

namespace OracleCct.Tool;

/// <summary>The faults of an agent's listener, by the names that the command line has for them.</summary>
internal static class Faults
{
    public static IReadOnlyList<(string Name, UwqFault Fault)> All { get; } =
    [
        ("none", UwqFault.None),
        ("down", UwqFault.Down),
        ("slow", UwqFault.Slow),
        ("silent", UwqFault.Silent),
        ("reset", UwqFault.Reset),
        ("500", UwqFault.Status500),
        ("half", UwqFault.HalfAnswer),
    ];

    public static string NameOf(UwqFault fault) => All.Single(one => one.Fault == fault).Name;
}
