using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
#if NET
using System.Runtime;
#endif

namespace OracleCct.Benchmarks;

/// <summary>
/// All jobs in half a minute, in this process. On a machine that does other things, too, only times taken side by side can be compared: so the contenders of a job take short turns, and what counts is the
/// median of their ratios.
/// </summary>
internal static class Quick
{
    private const int Rounds = 301;
    private const int MostWarmUps = 40;

    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(100);

    public static int Run()
    {
        IReadOnlyList<Measurement> measurements = [.. Job.Checked().GroupBy(comparison => comparison.Job).SelectMany(comparisons => Measure(comparisons.Key))];
        Measurement.Print(measurements);
#if NET
        return Measurement.Judge(measurements);
#else
        Console.WriteLine();
        Console.WriteLine("LEFT OUT: the bars, which are of net10.0; ParseQuery and QueryStringEnumerable, which .NET Framework lacks.");
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
            // Whoever comes first finds the caches as the last job left them.
            Array.ForEach(round % 2 == 0 ? runners : inReverse, runner => runner.TakeTurn());
        }

        Runner library = runners[0];
        return job.Rivals.Zip(runners.Skip(1), (rival, runner) => new Measurement(job.Name, rival.Name, library.Cost, runner.Cost, library.RatioTo(runner)));
    }

    /// <summary>Until the runtime has compiled everything anew that it means to.</summary>
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

        /// <summary>Finds out how many runs make a turn, by running so long.</summary>
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

        /// <summary>The median, since some contenders fill a cache or begin a new chunk now and then.</summary>
        private double Bytes() => Enumerable.Range(0, Rounds).Select(round =>
        {
            double before = Allocated();
            _ = run();
            return Allocated() - before;
        }).Median();

#if NET
        private static double Allocated() => GC.GetAllocatedBytesForCurrentThread();
#else
        // Newer than the reference assemblies: .NET Framework 4.8 and Mono have it.
        private static readonly Func<long>? AllocatedHere =
            (Func<long>?)typeof(GC).GetMethod("GetAllocatedBytesForCurrentThread")?.CreateDelegate(typeof(Func<long>));

        private static double Allocated() => AllocatedHere?.Invoke() ?? double.NaN;
#endif
    }
}
