using System;
using System.Collections.Generic;
using System.Linq;

namespace OracleCct.Benchmarks;

/// <summary>What doing something once takes: the median of its time, and what it allocates.</summary>
internal readonly record struct Cost(double Nanoseconds, double Bytes)
{
    public override string ToString() => $"{Nanoseconds:0} ns, {Bytes:0} B";
}

/// <summary>What is said of many figures.</summary>
internal static class Figures
{
    public static double Median(this IEnumerable<double> figures)
    {
        double[] sorted = [.. figures];
        Array.Sort(sorted);
        return sorted[sorted.Length / 2];
    }
}

/// <summary>The library at a job, and a rival at the same, measured together.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="Rival">The rival's name.</param>
/// <param name="Library">What the library takes.</param>
/// <param name="Other">What the rival takes.</param>
/// <param name="Ratio">The library's time in the rival's.</param>
internal sealed record Measurement(string Job, string Rival, Cost Library, Cost Other, double Ratio)
{
    private string Key => $"{Job}/{Rival}".Replace(' ', '-');

    /// <summary>Says all of it, for machines and as a table.</summary>
    public static void Print(IReadOnlyCollection<Measurement> measurements)
    {
        foreach (Measurement measurement in measurements)
        {
            Console.WriteLine($"ratio {measurement.Key} {measurement.Ratio:0.000}");
            Console.WriteLine($"bytes {measurement.Key} {measurement.Library.Bytes:0} {measurement.Other.Bytes:0}");
        }

        Console.WriteLine();
        Console.WriteLine("| Job | Library | Rival | takes | Time, library / rival |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (Measurement measurement in measurements)
        {
            Console.WriteLine($"| {measurement.Job} | {measurement.Library} | {measurement.Rival} | {measurement.Other} | {measurement.Ratio:0.00} |");
        }
    }

    /// <summary>Names the bars that are missed.</summary>
    /// <returns>The exit code.</returns>
    public static int Judge(IReadOnlyCollection<Measurement> measurements)
    {
        var measured = (from bar in Bar.All from measurement in measurements where bar.IsOf(measurement) select (bar, measurement)).ToList();
        List<string> missed = [.. measured.SelectMany(pair => pair.bar.Missed(pair.measurement))];
        Console.WriteLine();
        missed.ForEach(sentence => Console.WriteLine($"MISSED: {sentence}"));
        Console.WriteLine($"{measured.Count} of {Bar.All.Count} bars measured, {missed.Count} limits missed.");
        return missed.Count == 0 && measured.Count == Bar.All.Count ? 0 : 1;
    }
}
