using System;
using System.Collections.Generic;

namespace OracleCct.Protocol;

/// <summary>One rule of <see cref="ScreenPopRules"/>.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed class ScreenPopRule
{
    private readonly Func<CheckedPair, Flaw?>? _findInPair;
    private readonly Func<CheckedPop, IEnumerable<Flaw>>? _findInPop;

    /// <summary>A rule that looks at each pair by itself.</summary>
    internal ScreenPopRule(string code, ScreenPopSeverity severity, string summary, Func<CheckedPair, Flaw?> find)
        : this(code, severity, summary) => _findInPair = find;

    /// <summary>A rule that looks at the whole.</summary>
    internal ScreenPopRule(string code, ScreenPopSeverity severity, string summary, Func<CheckedPop, IEnumerable<Flaw>> find)
        : this(code, severity, summary) => _findInPop = find;

    private ScreenPopRule(string code, ScreenPopSeverity severity, string summary)
    {
        Code = code;
        Severity = severity;
        Summary = summary;
    }

    /// <summary>The rule's code, such as <c>CCT101</c>. It never changes its meaning, and no later rule gets it.</summary>
    public string Code { get; }

    /// <summary>How bad its findings are.</summary>
    public ScreenPopSeverity Severity { get; }

    /// <summary>What it finds: an English phrase.</summary>
    public string Summary { get; }

    /// <summary>Code and summary.</summary>
    public override string ToString() => $"{Code}: {Summary}";

    internal void Check(CheckedPop pop, List<ScreenPopFinding> findings)
    {
        if (_findInPop is not null)
        {
            foreach (Flaw flaw in _findInPop(pop))
            {
                findings.Add(new(this, flaw));
            }

            return;
        }

        foreach (CheckedPair pair in pop.Pairs)
        {
            if (_findInPair?.Invoke(pair) is { } flaw)
            {
                findings.Add(new(this, flaw));
            }
        }
    }
}
