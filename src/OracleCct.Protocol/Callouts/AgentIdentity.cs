using System;

namespace OracleCct.Protocol;

/// <summary>Identifies an agent by the extension and the ACD agent ID together.</summary>
/// <remarks>
/// Neither is enough alone: agents change desks, and some sites set the agent ID to the extension. Compared ordinally and case-sensitively.
/// Immutable, and safe to use from several threads. Source: inferred; Oracle's examples send the pair with every callout of an agent.
/// </remarks>
public readonly struct AgentIdentity : IEquatable<AgentIdentity>
{
    private readonly string? _telesetNumber;
    private readonly string? _agentId;

    /// <summary>Initializes a new identity.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="telesetNumber"/> or <paramref name="agentId"/> is null.</exception>
    public AgentIdentity(string telesetNumber, string agentId)
    {
        _telesetNumber = telesetNumber ?? throw new ArgumentNullException(nameof(telesetNumber));
        _agentId = agentId ?? throw new ArgumentNullException(nameof(agentId));
    }

    /// <summary>Gets the extension of the agent's phone (wire name <c>telesetNumber</c>). Never null.</summary>
    public string TelesetNumber => _telesetNumber ?? "";

    /// <summary>Gets the agent's ID at the ACD (wire name <c>agentID</c>). Never null.</summary>
    public string AgentId => _agentId ?? "";

    /// <summary>Indicates whether two identities are equal.</summary>
    public static bool operator ==(AgentIdentity left, AgentIdentity right) => left.Equals(right);

    /// <summary>Indicates whether two identities differ.</summary>
    public static bool operator !=(AgentIdentity left, AgentIdentity right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(AgentIdentity other) =>
        string.Equals(TelesetNumber, other.TelesetNumber, StringComparison.Ordinal) && string.Equals(AgentId, other.AgentId, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AgentIdentity other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        unchecked((StringComparer.Ordinal.GetHashCode(TelesetNumber) * 397) ^ StringComparer.Ordinal.GetHashCode(AgentId));

    /// <summary>
    /// Returns both parts, as in <c>agent 7001 at 70002</c>, with asterisks for a part that <see cref="CalloutQueryFormatter.Redact"/> hides: a password or a
    /// line break may be in it.
    /// </summary>
    public override string ToString() => $"agent {SafeText.AgentId(this)} at {SafeText.TelesetNumber(this)}";
}
