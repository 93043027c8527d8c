namespace OracleCct.Protocol.Testing;

/// <summary>Specifies how certain it is that a problem also occurs in EBS.</summary>
public enum UwqProblemSeverity
{
    /// <summary>EBS fails on it, or Oracle's examples show it differently.</summary>
    Error,

    /// <summary>It may work, but no source says so.</summary>
    Warning,
}

/// <summary>Represents a mistake of a softphone. It never contains a password.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record UwqProblem
{
    internal UwqProblem()
    {
    }

    /// <summary>
    /// Gets the code of the check, one of <see cref="UwqRules.All"/> such as <c>UWQ103</c>, or one of <see cref="ScreenPopRules.All"/> such as <c>CCT101</c>. A
    /// code never changes its meaning.
    /// </summary>
    public required string Code { get; init; }

    /// <summary>Gets the severity.</summary>
    public required UwqProblemSeverity Severity { get; init; }

    /// <summary>Gets the agent concerned; null when there is no particular one.</summary>
    public AgentIdentity? Agent { get; init; }

    /// <summary>Gets English sentences that say what is wrong and what to do.</summary>
    public required string Message { get; init; }

    /// <summary>Returns the problem on one line.</summary>
    public override string ToString() =>
        Printable.Of($"{Code} {(Severity == UwqProblemSeverity.Error ? "error" : "warning")}{(Agent is { } agent ? $" ({agent})" : "")}: {Message}");
}
