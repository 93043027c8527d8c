using System;
using System.Globalization;
using System.Threading.Tasks;

namespace OracleCct.Stress;

/// <summary>Runs checks that take too long for a test. Exit codes: 0 if everything holds, 1 if something does not hold, 2 if an argument is wrong.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            // Each check has its own class with a method RunAsync that returns the exit code.
            case ["fuzz", .. var rest]:
                return await FuzzCommand.RunAsync(rest);
            case ["soak", .. var rest]:
                return await SoakCommand.RunAsync(rest);
            case ["kill"]:
                return await Kill.RunAsync(rounds: 100);
            case ["kill", "--rounds", var rounds]:
                return await Kill.RunAsync(int.Parse(rounds, CultureInfo.InvariantCulture));
            case ["kill-child", var path]:
                return await Kill.ChildAsync(path);
            case ["faults", .. var options]:
                return await FaultsCommand.RunAsync(options);
            default:
                await Console.Error.WriteLineAsync("Use one of fuzz, soak, kill and faults.");
                return 2;
        }
    }
}
