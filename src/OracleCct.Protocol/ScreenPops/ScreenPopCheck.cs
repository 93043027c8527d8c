using System.Collections.Generic;
using System.Linq;

namespace OracleCct.Protocol;

/// <summary>What became of a screen pop before it was sent.</summary>
/// <remarks>Immutable, and safe to use from several threads. Two are equal when they hold equal pops and findings.</remarks>
public sealed record ScreenPopCheck
{
    internal ScreenPopCheck(ScreenPopEvent screenPop, IReadOnlyList<ScreenPopFinding> findings, bool isRefused)
    {
        ScreenPop = screenPop;
        Findings = findings;
        IsRefused = isRefused;
    }

    /// <summary>The pop to send: the one that was given, with the caller's number as the policy has it. Never null.</summary>
    public ScreenPopEvent ScreenPop { get; }

    /// <summary>What was found, by code. Empty where all is well or nothing is checked; never null.</summary>
    public IReadOnlyList<ScreenPopFinding> Findings { get; }

    /// <summary>Whether it must not be sent: there is an error among the findings, and <see cref="ScreenPopRuleOptions.Mode"/> says to refuse.</summary>
    public bool IsRefused { get; }

    /// <summary>The findings, a line each, and never the pop: it holds the caller's data.</summary>
    public override string ToString() => (IsRefused ? "Refused" : "Accepted") + string.Concat(Findings.Select(finding => "\n" + finding));
}
