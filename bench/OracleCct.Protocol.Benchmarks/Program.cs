using System;
using System.Globalization;
using System.Threading.Tasks;

namespace OracleCct.Benchmarks;

/// <summary>What the library costs, beside what a user would write instead. Exit code 0: every bar is met; 1: not; 2: wrong words.</summary>
internal static class Program
{
#if DEBUG
    private const string Words = "This build is not optimised, so its figures mean nothing: add -c Release.";
#elif NET
    private const string Words = "Say --quick, --paths or --scale, or nothing for BenchmarkDotNet, which takes --filter PATTERN.";
#else
    private const string Words = "Say --quick.";
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

            // Second processes of --paths.
            case Receiver.Verb:
                await Receiver.RunAsync();
                return 0;
            case var _ when args is [Load.ClientVerb, var url, var function, var seconds]:
                await Load.RunClientAsync(new Uri(url), function, TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)));
                return 0;
#endif
            default:
                await Console.Error.WriteLineAsync(Words);
                return 2;
        }
    }
}
