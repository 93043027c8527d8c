using System;
using System.Collections.Generic;
using System.Linq;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace OracleCct.Benchmarks;

/// <summary>Runs the same jobs with BenchmarkDotNet.</summary>
[MemoryDiagnoser]
public class Codecs
{
    private Comparison? _comparison;

    public static IEnumerable<string> Names => Job.Checked().Select(comparison => comparison.ToString());

    /// <summary>Gets or sets the job and the rival.</summary>
    [ParamsSource(nameof(Names))]
    public string Comparison { get; set; } = "";

    [GlobalSetup]
    public void Find() => _comparison = Job.Checked().Single(comparison => comparison.ToString() == Comparison);

    [Benchmark(Baseline = true)]
    public object Rival() => _comparison!.Rival.Run();

    [Benchmark]
    public object Library() => _comparison!.Job.Library.Run();

    internal static int Run(params string[] args)
    {
        Summary summary = BenchmarkRunner.Run<Codecs>(DefaultConfig.Instance.WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(50)), args);
        var reports = summary.Reports.Where(report => report.Success).ToLookup(report => (string)report.BenchmarkCase.Parameters[nameof(Comparison)]);
        IReadOnlyList<Measurement> measurements = [.. Job.Checked().Where(comparison => reports[comparison.ToString()].Count() == 2).Select(comparison =>
        {
            Cost library = CostOf(nameof(Library));
            Cost rival = CostOf(nameof(Rival));
            return new Measurement(comparison.Job.Name, comparison.Rival.Name, library, rival, library.Nanoseconds / rival.Nanoseconds);

            Cost CostOf(string method)
            {
                BenchmarkReport report = reports[comparison.ToString()].Single(report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name == method);
                return new(report.ResultStatistics!.Median, report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0);
            }
        })];
        Measurement.Print(measurements);
        return Measurement.Judge(measurements);
    }
}
