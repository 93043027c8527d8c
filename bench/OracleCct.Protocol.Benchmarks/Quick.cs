using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
#if NET
using System.Runtime;
#endif

namespace OracleCct.Benchmarks;

/// <summary>
/// Runs all jobs in half a minute in this process. On a machine with other load, only times that are taken side by side are comparable. The contenders of a job
/// therefore take short turns, and the result is the median of their ratios.
/// </summary>
internal static class Quick
{
    private const int Rounds = 301;
    private const int MostWarmUps = 40;

    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(100);

    public static int Run()
    {
        IReadOnlyList<Measurement> measurements =
            [.. Job.Checked().GroupBy(comparison => comparison.Job).SelectMany(comparisons => Measure(comparisons.Key))];
        Measurement.Print(measurements);
#if NET
        return Measurement.Judge(measurements);
#else
        Console.WriteLine();
        Console.WriteLine("OMITTED: the bars, which apply to net10.0, and ParseQuery and QueryStringEnumerable, which .NET Framework does not have.");
        return 0;
#endif
    }

    private static IEnumerable<Measurement> Measure(Job job)
    {
        Runner[] runners = [.. job.Rivals.Prepend(job.Library).Select(contender => new Runner(contender.Run))];
        Runner[] inReverse = [.. Enumerable.Reverse(runners)];
        Settle(runners);
        Array.ForEach(runners, runner => runner.Calibrate(Turn));

        for (int round = 0; round < Rounds; round++)
        {
            // The first contender of a round uses the caches that the last one left.
            Array.ForEach(round % 2 == 0 ? runners : inReverse, runner => runner.TakeTurn());
        }

        Runner library = runners[0];
        return job.Rivals.Zip(
            runners.Skip(1), (rival, runner) => new Measurement(job.Name, rival.Name, library.Cost, runner.Cost, library.RatioTo(runner)));
    }

    /// <summary>Warms up until the runtime recompiles no more methods.</summary>
    private static void Settle(Runner[] runners)
    {
        long compiled = -1;
        for (int i = 0; i < MostWarmUps && Compiled() != compiled; i++)
        {
            compiled = Compiled();
            Array.ForEach(runners, runner => runner.Calibrate(WarmUp));
        }
    }

#if NET
    private static long Compiled() => JitInfo.GetCompiledMethodCount();
#else
    private static long Compiled() => 0;
#endif

    private sealed class Runner(Func<object> run)
    {
        private readonly List<double> _turns = [];
        private int _runs = 1;

        public Cost Cost => new(_turns.Median(), Bytes());

        public double RatioTo(Runner other) => _turns.Zip(other._turns, (own, others) => own / others).Median();

        /// <summary>Counts how many runs fit into a turn.</summary>
        public void Calibrate(TimeSpan turn)
        {
            var watch = Stopwatch.StartNew();
            int runs = 0;
            do
            {
                _ = run();
                runs++;
            }
            while (watch.Elapsed < turn);
            _runs = runs;
        }

        public void TakeTurn()
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < _runs; i++)
            {
                _ = run();
            }

            _turns.Add((Stopwatch.GetTimestamp() - start) * (1e9 / Stopwatch.Frequency) / _runs);
        }

        /// <summary>Returns the median of the allocated bytes, because some contenders occasionally fill a cache or start a new chunk.</summary>
        private double Bytes() => Enumerable.Range(0, Rounds).Select(round =>
        {
            double before = Allocated();
            _ = run();
            return Allocated() - before;
        }).Median();

#if NET
        private static double Allocated() => GC.GetAllocatedBytesForCurrentThread();
#else
        // The reference assemblies do not have this method. .NET Framework 4.8 and Mono do.
        private static readonly Func<long>? AllocatedHere =
            (Func<long>?)typeof(GC).GetMethod("GetAllocatedBytesForCurrentThread")?.CreateDelegate(typeof(Func<long>));

        private static double Allocated() => AllocatedHere?.Invoke() ?? double.NaN;
#endif
    }
}
