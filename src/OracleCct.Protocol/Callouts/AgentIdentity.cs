using System;

namespace OracleCct.Protocol;

/// <summary>Who an agent is: the extension and the ACD agent id together.</summary>
/// <remarks>
/// Neither alone is enough: agents change desks, and some sites set the agent id to the extension. Compared ordinally, with regard to case.
/// Immutable, and safe to use from several threads. Source: inferred; Oracle's examples send the pair with every callout of an agent.
/// </remarks>
public readonly struct AgentIdentity : IEquatable<AgentIdentity>
{
    private readonly string? _telesetNumber;
    private readonly string? _agentId;

    /// <summary>Makes an identity.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="telesetNumber"/> or <paramref name="agentId"/> is null.</exception>
    public AgentIdentity(string telesetNumber, string agentId)
    {
        _telesetNumber = telesetNumber ?? throw new ArgumentNullException(nameof(telesetNumber));
        _agentId = agentId ?? throw new ArgumentNullException(nameof(agentId));
    }

    /// <summary>The extension of the agent's phone (wire name <c>telesetNumber</c>). Never null.</summary>
    public string TelesetNumber => _telesetNumber ?? "";

    /// <summary>The agent's id at the ACD (wire name <c>agentID</c>). Never null.</summary>
    public string AgentId => _agentId ?? "";

    /// <summary>Whether both parts are equal.</summary>
    public static bool operator ==(AgentIdentity left, AgentIdentity right) => left.Equals(right);

    /// <summary>Whether a part differs.</summary>
    public static bool operator !=(AgentIdentity left, AgentIdentity right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(AgentIdentity other) =>
        string.Equals(TelesetNumber, other.TelesetNumber, StringComparison.Ordinal) && string.Equals(AgentId, other.AgentId, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AgentIdentity other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        unchecked((StringComparer.Ordinal.GetHashCode(TelesetNumber) * 397) ^ StringComparer.Ordinal.GetHashCode(AgentId));

    /// <summary>Both parts, as in <c>agent 7001 at 70002</c>.</summary>
    public override string ToString() => $"agent {AgentId} at {TelesetNumber}";
}
