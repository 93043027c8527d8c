using System;
using System.Diagnostics;

namespace OracleCct.Protocol;

/// <summary>
/// The password of an agent at the ACD, as EBS sends it in <see cref="LoginCallout"/> and <see cref="LogoutCallout"/>
/// (wire name <c>agentPassword</c>).
/// </summary>
/// <remarks>
/// It shows itself as <c>***</c> in every log, exception, debugger window and record that holds it; <see cref="Reveal"/> is the one way to
/// the text. Immutable, and safe to use from several threads. Source: Oracle's examples; the hiding is this library's own.
/// </remarks>
[DebuggerDisplay("***")]
public sealed class AgentPassword : IEquatable<AgentPassword>
{
    private const string Hidden = "***";

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _text;

    /// <summary>Wraps a password.</summary>
    /// <param name="text">The password, decoded. May be empty: an agent without a password.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public AgentPassword(string text) => _text = text ?? throw new ArgumentNullException(nameof(text));

    /// <summary>Whether two passwords are the same text.</summary>
    public static bool operator ==(AgentPassword? left, AgentPassword? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether two passwords differ.</summary>
    public static bool operator !=(AgentPassword? left, AgentPassword? right) => !(left == right);

    /// <summary>The password itself. Give it to the ACD and to nothing else.</summary>
    public string Reveal() => _text;

    /// <inheritdoc/>
    public bool Equals(AgentPassword? other) => other is not null && string.Equals(_text, other._text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AgentPassword);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_text);

    /// <summary>Always <c>***</c>, also for an empty password.</summary>
    public override string ToString() => Hidden;
}
