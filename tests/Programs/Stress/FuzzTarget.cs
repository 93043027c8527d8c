using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading.Tasks;

namespace OracleCct.Stress;

/// <summary>Something that is fed, with a count of what came out.</summary>
/// <param name="name">Its name in the table.</param>
/// <param name="batch">How many inputs it gets in one round.</param>
/// <param name="tryNext">Feeds it one input. Gives the input, so that it can be shown, and what came out in a few words. Throws a <see cref="ViolationException"/>, or whatever else must not be thrown.</param>
internal sealed class FuzzTarget(string name, int batch, Func<FuzzTarget, Task<string>> tryNext)
{
    /// <summary>More than any input may take, on a machine that has other things to do.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly SortedDictionary<string, long> _outcomes = new(StringComparer.Ordinal);

    public string Name => name;

    /// <summary>What it is being fed.</summary>
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

    /// <summary>An input so that a terminal can show it and a programmer can paste it.</summary>
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

/// <summary>Something that must always hold does not.</summary>
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
