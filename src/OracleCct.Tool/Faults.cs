using System.Collections.Generic;
using System.Linq;
using OracleCct.Protocol.Testing;

namespace OracleCct.Tool;

/// <summary>Maps the faults of EBS's listener to their names on the command line.</summary>
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

    public static bool TryFind(string name, out UwqFault fault)
    {
        (string? found, fault) = All.SingleOrDefault(one => one.Name == name);
        return found is not null;
    }

    public static string NameOf(UwqFault fault) => All.Single(one => one.Fault == fault).Name;
}
