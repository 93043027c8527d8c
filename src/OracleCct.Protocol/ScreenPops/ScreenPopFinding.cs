namespace OracleCct.Protocol;

/// <summary>Specifies the severity of a finding.</summary>
public enum ScreenPopSeverity
{
    /// <summary>The pop fails in a form, or has an effect there that was not intended.</summary>
    Error,

    /// <summary>The pop opens a form, but perhaps not the intended one, or not with the intended customer.</summary>
    Warning,
}

/// <summary>
/// Represents something in a screen pop that EBS misunderstands or does not understand. A finding never contains a value of the pop, so it is safe to log.
/// </summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record ScreenPopFinding
{
    internal ScreenPopFinding(ScreenPopRule rule, Flaw flaw)
    {
        Code = rule.Code;
        Severity = rule.Severity;
        Key = flaw.Key;
        Forms = flaw.Forms;
        IsUniversal = flaw.IsUniversal;
        Problem = flaw.Problem;
        Effect = flaw.Effect;
        Advice = flaw.Advice;
    }

    /// <summary>Gets the rule's code, such as <c>CCT101</c>. It never changes its meaning.</summary>
    public string Code { get; }

    /// <summary>Gets the severity, which is the same for all findings of a rule.</summary>
    public ScreenPopSeverity Severity { get; }

    /// <summary>Gets the key concerned. Null when several are concerned, or when the name does not look like a key and may be a caller's data.</summary>
    public string? Key { get; }

    /// <summary>Gets those of the checked forms that are concerned.</summary>
    public EbsForms Forms { get; }

    /// <summary>
    /// Indicates whether the pop fails whichever form opens, or endangers EBS. Such an error refuses the pop even if no forms are named; other errors refuse it
    /// only if one of the named forms is concerned.
    /// </summary>
    public bool IsUniversal { get; }

    /// <summary>Gets one English sentence that says what is wrong.</summary>
    public string Problem { get; }

    /// <summary>Gets one English sentence that says what EBS does with it.</summary>
    public string Effect { get; }

    /// <summary>Gets one English sentence that says what to do.</summary>
    public string Advice { get; }

    /// <summary>Returns code, severity and the three sentences on one line.</summary>
    public override string ToString() => $"{Code} {(Severity == ScreenPopSeverity.Error ? "error" : "warning")}: {Problem} {Effect} {Advice}";
}

/// <summary>Represents what a rule found in one place.</summary>
internal sealed record Flaw(string? Key, EbsForms Forms, string Problem, string Effect, string Advice, bool IsUniversal = false);
