using System;
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
            default:
                await Console.Error.WriteLineAsync("Say what to run.");
                return 2;
        }
    }
}
