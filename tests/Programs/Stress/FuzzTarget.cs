using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading.Tasks;

namespace OracleCct.Stress;

/// <summary>Represents a target of the fuzzer, with counts of its outcomes.</summary>
/// <param name="name">The name in the table.</param>
/// <param name="batch">How many inputs the target gets in one round.</param>
/// <param name="tryNext">Feeds one input to the target, stores it in <see cref="Input"/>, and returns the outcome in a few words. Throws a
/// <see cref="ViolationException"/> if a guarantee does not hold, and any other exception that the target must not throw.</param>
internal sealed class FuzzTarget(string name, int batch, Func<FuzzTarget, Task<string>> tryNext)
{
    /// <summary>The time limit for an input, on a machine with other load.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly SortedDictionary<string, long> _outcomes = new(StringComparer.Ordinal);

    public string Name => name;

    /// <summary>Gets or sets the current input.</summary>
    public string Input { get; set; } = "";

    public long Tried { get; private set; }

    public TimeSpan Slowest { get; private set; }

    public string Outcomes => string.Join(", ", _outcomes.Select(outcome => FormattableString.Invariant($"{outcome.Key} {outcome.Value:N0}")));

    public async Task RunBatchAsync()
    {
        for (int i = 0; i < batch; i++)
        {
            long started = Stopwatch.GetTimestamp();
            string outcome = await tryNext(this);
            TimeSpan took = Stopwatch.GetElapsedTime(started);
            Slowest = took > Slowest ? took : Slowest;
            Tried++;
            _outcomes[outcome] = _outcomes.GetValueOrDefault(outcome) + 1;
            ViolationException.ThrowUnless(took < Limit, $"it took {took.TotalSeconds:N1} s");
        }
    }

    /// <summary>Returns an input in a form that a terminal can show and a developer can paste.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (char c in text)
        {
            _ = c is >= ' ' and <= '~' and not '\\' ? escaped.Append(c) : escaped.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
        }

        return escaped.ToString();
    }
}

/// <summary>The exception that is thrown when a guarantee does not hold.</summary>
internal sealed class ViolationException(string message) : Exception(message)
{
    public static void ThrowUnless(bool holds, string message)
    {
        if (!holds)
        {
            throw new ViolationException(message);
        }
    }
}
