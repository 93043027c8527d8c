using System;
using System.Globalization;
using System.Threading.Tasks;

namespace OracleCct.Benchmarks;

/// <summary>What the library costs, beside what a user would write instead. Exit code 0: every bar is met; 1: not; 2: wrong words.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
#if DEBUG
        await Console.Error.WriteLineAsync("This build is not optimised, so its figures mean nothing: add -c Release.");
        return 2;
#else
        switch (string.Join(" ", args))
        {
            case "--quick":
                return Quick.Run();
#if NET
            case "":
            case var filter when filter.StartsWith("--filter ", StringComparison.Ordinal):
                return Codecs.Run(args);
#endif
            default:
                await Console.Error.WriteLineAsync("Say --quick, --paths or --scale, or nothing for BenchmarkDotNet, which takes --filter PATTERN.");
                return 2;
        }
#endif
    }
}
