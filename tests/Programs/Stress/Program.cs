using System;
using System.Globalization;
using System.Threading.Tasks;

namespace OracleCct.Stress;

/// <summary>What takes too long for a test: run one of them, and read what it prints. Exit code 0: all as it should be; 1: not; 2: wrong words.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            // Each has a class of its own, with a method RunAsync that returns the exit code.
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
                await Console.Error.WriteLineAsync("Say what to run.");
                return 2;
        }
    }
}
