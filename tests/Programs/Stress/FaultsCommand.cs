using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

namespace OracleCct.Stress;

/// <summary>Runs <c>faults [--agents N] [--calls N] [--retry-unknown]</c>: real clients and queues against an EBS that fails one request in ten.</summary>
internal static class FaultsCommand
{
    public static async Task<int> RunAsync(string[] options)
    {
        int agents = 1000;
        int calls = 20;
        bool retryUnknown = false;
        for (int i = 0; i < options.Length; i++)
        {
            switch (options[i])
            {
                case "--agents" when TryRead(++i, out agents):
                case "--calls" when TryRead(++i, out calls):
                    break;
                case "--retry-unknown":
                    retryUnknown = true;
                    break;
                default:
                    await Console.Error.WriteLineAsync("An option is not valid. Use --agents N, --calls N and --retry-unknown.");
                    return 2;
            }
        }

        IReadOnlyList<string> violations = await new FaultRun(agents, calls, retryUnknown, Console.Out).RunAsync();
        foreach (string violation in violations.Take(20))
        {
            Console.WriteLine($"VIOLATION: {violation}");
        }

        return violations.Count == 0 ? 0 : 1;

        bool TryRead(int index, out int number)
        {
            number = 0;
            return index < options.Length && int.TryParse(options[index], NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;
        }
    }
}
