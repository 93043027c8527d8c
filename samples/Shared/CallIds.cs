using System;
using System.Globalization;
using System.Threading;

namespace OracleCct.Samples;

/// <summary>
/// Ids of calls, at most 30 characters, since some forms of EBS fail above. None comes twice, also not after a restart or from a second softphone: start time, chance, and a count.
/// </summary>
internal sealed class CallIds
{
    private readonly string _start = DateTime.UtcNow.ToString("yyMMddHHmmss", CultureInfo.InvariantCulture);
    private readonly string _chance = Guid.NewGuid().ToString("N").Substring(0, 8);

    private int _count;

    public string Next() => FormattableString.Invariant($"{_start}-{_chance}-{Interlocked.Increment(ref _count)}");
}
