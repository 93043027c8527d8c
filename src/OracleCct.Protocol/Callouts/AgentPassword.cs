using System;
using System.Diagnostics;

namespace OracleCct.Protocol;

/// <summary>
/// Represents the password of an agent at the ACD, which EBS sends in <see cref="LoginCallout"/> and <see cref="LogoutCallout"/>
/// (wire name <c>agentPassword</c>).
/// </summary>
/// <remarks>
/// Logs, exceptions, debugger windows and records show it as <c>***</c>. Only <see cref="Reveal"/> returns the text. Immutable, and safe to use from
/// several threads. Source: Oracle's examples; the library adds the hiding.
/// </remarks>
[DebuggerDisplay("***")]
public sealed class AgentPassword : IEquatable<AgentPassword>
{
    private const string Hidden = "***";

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _text;

    /// <summary>Initializes a new password.</summary>
    /// <param name="text">The password, decoded. Empty for an agent without a password.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public AgentPassword(string text) => _text = text ?? throw new ArgumentNullException(nameof(text));

    /// <summary>Indicates whether two passwords are equal.</summary>
    public static bool operator ==(AgentPassword? left, AgentPassword? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Indicates whether two passwords differ.</summary>
    public static bool operator !=(AgentPassword? left, AgentPassword? right) => !(left == right);

    /// <summary>Returns the password. Pass it only to the ACD.</summary>
    public string Reveal() => _text;

    /// <inheritdoc/>
    public bool Equals(AgentPassword? other) => other is not null && string.Equals(_text, other._text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AgentPassword);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_text);

    /// <summary>Returns <c>***</c>, also for an empty password.</summary>
    public override string ToString() => Hidden;
}
