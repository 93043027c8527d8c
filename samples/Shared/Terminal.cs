using System;
using System.Linq;
using System.Threading.Tasks;

namespace OracleCct.Samples;

internal static class Terminal
{
    private const int CannotStart = 2;

    /// <summary>Writes a line. Replaces control characters, so that text from the network cannot control the terminal.</summary>
    public static void Say(string line) => Console.WriteLine(new string([.. line.Select(c => char.IsControl(c) ? '?' : c)]));

    /// <summary>Writes the reason why the program cannot start to standard error.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> FailAsync(string problem)
    {
        await Console.Error.WriteLineAsync(problem);
        return CannotStart;
    }
}
