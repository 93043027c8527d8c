namespace OracleCct.Protocol;

/// <summary>How bad a finding is.</summary>
public enum ScreenPopSeverity
{
    /// <summary>The pop fails in a form, or does there what nobody meant.</summary>
    Error,

    /// <summary>The pop opens a form, maybe not the one or the customer that was meant.</summary>
    Warning,
}

/// <summary>Something in a screen pop that EBS understands otherwise, or not at all. It never holds a value, so it is safe to log.</summary>
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

    /// <summary>The rule's code, such as <c>CCT101</c>. It never changes its meaning.</summary>
    public string Code { get; }

    /// <summary>How bad it is: the same for all findings of a rule.</summary>
    public ScreenPopSeverity Severity { get; }

    /// <summary>The key concerned. Null when it is no single one, or when the name does not look like a key: then it could be anything, a caller's data too.</summary>
    public string? Key { get; }

    /// <summary>The forms concerned, of those that were asked for.</summary>
    public EbsForms Forms { get; }

    /// <summary>
    /// Indicates whether the pop fails whichever form opens, or endangers EBS. Such an error refuses the pop even if no forms are named; other errors refuse it only if one of the named forms is concerned.
    /// </summary>
    public bool IsUniversal { get; }

    /// <summary>What is wrong: one English sentence.</summary>
    public string Problem { get; }

    /// <summary>What EBS does with it: one English sentence.</summary>
    public string Effect { get; }

    /// <summary>What to do: one English sentence.</summary>
    public string Advice { get; }

    /// <summary>All of it, on one line.</summary>
    public override string ToString() => $"{Code} {(Severity == ScreenPopSeverity.Error ? "error" : "warning")}: {Problem} {Effect} {Advice}";
}

/// <summary>What a rule has to say about one place.</summary>
internal sealed record Flaw(string? Key, EbsForms Forms, string Problem, string Effect, string Advice, bool IsUniversal = false);
