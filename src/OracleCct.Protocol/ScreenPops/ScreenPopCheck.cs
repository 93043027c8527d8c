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

    /// <summary>
    /// Indicates whether the pop must not be sent: <see cref="ScreenPopRuleOptions.Mode"/> is <see cref="ScreenPopRuleMode.Refuse"/>, and an error is universal or concerns a form that
    /// <see cref="ScreenPopRuleOptions.Forms"/> names.
    /// </summary>
    public bool IsRefused { get; }

    /// <summary>The findings, a line each, and never the pop: it holds the caller's data.</summary>
    public override string ToString() => (IsRefused ? "Refused" : "Accepted") + string.Concat(Findings.Select(finding => "\n" + finding));
}
