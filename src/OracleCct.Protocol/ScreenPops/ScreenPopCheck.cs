using System.Collections.Generic;
using System.Linq;

namespace OracleCct.Protocol;

/// <summary>Represents the result of preparing a screen pop for sending.</summary>
/// <remarks>Immutable, and safe to use from several threads. Two are equal when they hold equal pops and findings.</remarks>
public sealed record ScreenPopCheck
{
    internal ScreenPopCheck(ScreenPopEvent screenPop, IReadOnlyList<ScreenPopFinding> findings, bool isRefused)
    {
        ScreenPop = screenPop;
        Findings = findings;
        IsRefused = isRefused;
    }

    /// <summary>Gets the pop to send: the given one, with the caller's number rewritten by the policy. Never null.</summary>
    public ScreenPopEvent ScreenPop { get; }

    /// <summary>Gets the findings, sorted by code. Empty when there are none or nothing is checked; never null.</summary>
    public IReadOnlyList<ScreenPopFinding> Findings { get; }

    /// <summary>
    /// Indicates whether the pop must not be sent: <see cref="ScreenPopRuleOptions.Mode"/> is <see cref="ScreenPopRuleMode.Refuse"/>, and an error is universal
    /// or concerns a form that <see cref="ScreenPopRuleOptions.Forms"/> names.
    /// </summary>
    public bool IsRefused { get; }

    /// <summary>Returns the findings, one on each line. The pop is not included, because it contains the caller's data.</summary>
    public override string ToString() => (IsRefused ? "Refused" : "Accepted") + string.Concat(Findings.Select(finding => "\n" + finding));
}
