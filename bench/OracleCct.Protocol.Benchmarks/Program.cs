using System;
using System.Globalization;
using System.Threading.Tasks;

namespace OracleCct.Benchmarks;

/// <summary>
/// Measures what the library costs, compared with what a user would write instead. Exit codes: 0 if every bar is met, 1 if a bar is missed, 2 if an argument is
/// wrong.
/// </summary>
internal static class Program
{
#if DEBUG
    private const string Usage = "This build is not optimised, so its figures mean nothing. Add -c Release.";
#elif NET
    private const string Usage = "Use --quick, --paths or --scale. Without an argument, or with --filter PATTERN, BenchmarkDotNet runs.";
#else
    private const string Usage = "Use --quick.";
#endif

    private static async Task<int> Main(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        switch (string.Join(" ", args))
        {
#if !DEBUG
            case "--quick":
                return Quick.Run();
#endif
#if NET && !DEBUG
            case "":
            case var filter when filter.StartsWith("--filter ", StringComparison.Ordinal):
                return Codecs.Run(args);
            case "--paths":
                return await Paths.RunAsync();
            case "--scale":
                return await Scale.RunAsync();

            // --paths starts these as second processes.
            case Receiver.Verb:
                await Receiver.RunAsync();
                return 0;
            case var _ when args is [Load.ClientVerb, var url, var function, var seconds]:
                await Load.RunClientAsync(new Uri(url), function, TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)));
                return 0;
#endif
            default:
                await Console.Error.WriteLineAsync(Usage);
                return 2;
        }
    }
}
