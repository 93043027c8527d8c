using System.Collections.Generic;
using System.Linq;

namespace OracleCct.Benchmarks;

/// <summary>Represents the limits of the library's cost for a job, measured against a rival in the same run. A limit that is null does not apply.</summary>
/// <param name="Job">The name of the job.</param>
/// <param name="Rival">The name of the rival.</param>
internal sealed record Bar(string Job, string Rival)
{
    /// <summary>Gets the limit of the library's time divided by the rival's time.</summary>
    public double? Ratio { get; init; }

    /// <summary>Gets the limit of the bytes that the library allocates.</summary>
    public double? Bytes { get; init; }

    /// <summary>Gets the limit of the library's time minus the rival's time.</summary>
    public double? ExtraNanoseconds { get; init; }

    /// <summary>Gets the limit of the library's bytes minus the rival's bytes.</summary>
    public double? ExtraBytes { get; init; }

    public static IReadOnlyList<Bar> All { get; } =
    [
        new("read Login", "ParseQueryString") { Ratio = 0.30, Bytes = 400 },
        new("read Login", "span scan") { Ratio = 1.5 },
        new("read CheckStatus", "ParseQueryString") { Ratio = 0.10, Bytes = 0 },

        // 1.2 times the size of 94 characters.
        new("write Login", "interpolation") { Ratio = 1.0, Bytes = 1.2 * 94 * sizeof(char) },
        new("read ScreenPop", "XmlReader on bytes") { Ratio = 0.30, Bytes = 1.2 * 1024 },
        new("read CallReleased", "XmlReader on bytes") { Ratio = 0.25, Bytes = 300 },
        new("write ScreenPop", "XmlWriter") { Ratio = 0.12, Bytes = 0 },
        new("write ScreenPop", "StringBuilder") { Ratio = 1.0 },
        new("dispatch Ready", "handler alone") { ExtraNanoseconds = 200, ExtraBytes = 200 },
    ];

    public bool IsOf(Measurement measurement) => measurement.Job == Job && measurement.Rival == Rival;

    /// <summary>Returns one sentence for each limit that a measurement misses.</summary>
    public IEnumerable<string> Missed(Measurement measured) => new[]
    {
        Above(measured.Ratio, Ratio, $"times the time of {Rival}"),
        Above(measured.Library.Bytes, Bytes, "bytes"),
        Above(measured.Library.Nanoseconds - measured.Other.Nanoseconds, ExtraNanoseconds, $"ns above {Rival}"),
        Above(measured.Library.Bytes - measured.Other.Bytes, ExtraBytes, $"bytes above {Rival}"),
    }.OfType<string>();

    private string? Above(double measured, double? bar, string unit) =>
        measured > bar ? $"{Job} takes {measured:0.###} {unit}. The bar is {bar:0.###}." : null;
}
