using System;
using System.Collections.Generic;

namespace OracleCct.Protocol;

/// <summary>One rule of <see cref="ScreenPopRules"/>.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed class ScreenPopRule
{
    internal ScreenPopRule(string code, ScreenPopSeverity severity, string summary, Func<CheckedPop, IEnumerable<Flaw>> find)
    {
        Code = code;
        Severity = severity;
        Summary = summary;
        Find = find;
    }

    /// <summary>The rule's code, such as <c>CCT101</c>. It never changes its meaning, and no later rule gets it.</summary>
    public string Code { get; }

    /// <summary>How bad its findings are.</summary>
    public ScreenPopSeverity Severity { get; }

    /// <summary>What it finds: an English phrase.</summary>
    public string Summary { get; }

    internal Func<CheckedPop, IEnumerable<Flaw>> Find { get; }

    /// <summary>Code and summary.</summary>
    public override string ToString() => $"{Code}: {Summary}";
}
