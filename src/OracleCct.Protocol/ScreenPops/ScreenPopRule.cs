using System;
using System.Collections.Generic;

namespace OracleCct.Protocol;

/// <summary>Represents a rule of <see cref="ScreenPopRules"/>.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed class ScreenPopRule
{
    private readonly Func<CheckedPair, Flaw?>? _findInPair;
    private readonly Func<CheckedPop, IEnumerable<Flaw>>? _findInPop;

    /// <summary>Initializes a rule that checks each pair by itself.</summary>
    internal ScreenPopRule(string code, ScreenPopSeverity severity, string summary, Func<CheckedPair, Flaw?> find)
        : this(code, severity, summary) => _findInPair = find;

    /// <summary>Initializes a rule that checks all pairs together.</summary>
    internal ScreenPopRule(string code, ScreenPopSeverity severity, string summary, Func<CheckedPop, IEnumerable<Flaw>> find)
        : this(code, severity, summary) => _findInPop = find;

    private ScreenPopRule(string code, ScreenPopSeverity severity, string summary)
    {
        Code = code;
        Severity = severity;
        Summary = summary;
    }

    /// <summary>Gets the rule's code, such as <c>CCT101</c>. A code never changes its meaning and is never reused.</summary>
    public string Code { get; }

    /// <summary>Gets the severity of the rule's findings.</summary>
    public ScreenPopSeverity Severity { get; }

    /// <summary>Gets an English phrase that says what the rule finds.</summary>
    public string Summary { get; }

    /// <summary>Returns the code and the summary.</summary>
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
