using System;
using System.Linq;

namespace OracleCct.Samples;

internal static class Terminal
{
    /// <summary>Writes a line. What comes over the network must not be able to steer the terminal.</summary>
    public static void Say(string line) => Console.WriteLine(new string([.. line.Select(c => char.IsControl(c) ? '?' : c)]));
}
