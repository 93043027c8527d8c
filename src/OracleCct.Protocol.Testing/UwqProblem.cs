namespace OracleCct.Protocol.Testing;

/// <summary>How sure it is that a problem is one in EBS, too.</summary>
public enum UwqProblemSeverity
{
    /// <summary>EBS fails on it, or Oracle's examples show it otherwise.</summary>
    Error,

    /// <summary>It may work, but nobody has said so.</summary>
    Warning,
}

/// <summary>Something that a softphone did and should not have done. It holds no password.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record UwqProblem
{
    internal UwqProblem()
    {
    }

    /// <summary>The code of the check, one of <see cref="UwqRules.All"/> such as <c>UWQ103</c>, or one of <see cref="ScreenPopRules.All"/> such as <c>CCT101</c>. It never changes its meaning.</summary>
    public required string Code { get; init; }

    /// <summary>How bad it is.</summary>
    public required UwqProblemSeverity Severity { get; init; }

    /// <summary>The agent concerned. Null when it is none in particular.</summary>
    public AgentIdentity? Agent { get; init; }

    /// <summary>What is wrong and what to do: English sentences.</summary>
    public required string Message { get; init; }

    /// <summary>All of it on one line.</summary>
    public override string ToString() =>
        Printable.Of($"{Code} {(Severity == UwqProblemSeverity.Error ? "error" : "warning")}{(Agent is { } agent ? $" ({agent})" : "")}: {Message}");
}
