using System;
using System.Collections.Generic;
using System.Linq;

namespace OracleCct.Benchmarks;

/// <summary>Represents the cost of running something once: the median of its time, and the bytes that it allocates.</summary>
internal readonly record struct Cost(double Nanoseconds, double Bytes)
{
    public override string ToString() => $"{Nanoseconds:0} ns, {Bytes:0} B";
}

/// <summary>Provides statistics of many figures.</summary>
internal static class Figures
{
    public static double Median(this IEnumerable<double> figures)
    {
        double[] sorted = [.. figures];
        Array.Sort(sorted);
        return sorted[sorted.Length / 2];
    }
}

/// <summary>Represents a job, done by the library and by a rival, and measured together.</summary>
/// <param name="Job">The name of the job.</param>
/// <param name="Rival">The name of the rival.</param>
/// <param name="Library">The cost of the library.</param>
/// <param name="Other">The cost of the rival.</param>
/// <param name="Ratio">The library's time divided by the rival's time.</param>
internal sealed record Measurement(string Job, string Rival, Cost Library, Cost Other, double Ratio)
{
    private string Key => $"{Job}/{Rival}".Replace(' ', '-');

    /// <summary>Prints all measurements, for programs and as a table.</summary>
    public static void Print(IReadOnlyCollection<Measurement> measurements)
    {
        foreach (Measurement measurement in measurements)
        {
            Console.WriteLine($"ratio {measurement.Key} {measurement.Ratio:0.000}");
            Console.WriteLine($"bytes {measurement.Key} {measurement.Library.Bytes:0} {measurement.Other.Bytes:0}");
        }

        Console.WriteLine();
        Console.WriteLine("| Job | Library | Rival | Rival's cost | Time, library / rival |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (Measurement measurement in measurements)
        {
            Console.WriteLine($"| {measurement.Job} | {measurement.Library} | {measurement.Rival} | {measurement.Other} | {measurement.Ratio:0.00} |");
        }
    }

    /// <summary>Prints the bars that are missed.</summary>
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
