using System;

namespace OracleCct.Protocol;

/// <summary>
/// Represents a name and a value on the wire: a parameter of a callout, or a <c>data</c> pair of an event.
/// </summary>
/// <remarks>
/// Immutable, and safe to use from several threads. Names and values are compared ordinally and case-sensitively.
/// </remarks>
public readonly struct WireField : IEquatable<WireField>
{
    private readonly string? _name;
    private readonly string? _value;

    /// <summary>Initializes a new field.</summary>
    /// <param name="name">The name, decoded: without percent signs or XML escapes. May be empty.</param>
    /// <param name="value">The value, decoded. Empty when the field is sent without a value.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> or <paramref name="value"/> is null.</exception>
    public WireField(string name, string value)
    {
        _name = name ?? throw new ArgumentNullException(nameof(name));
        _value = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>Gets the name, decoded, in the spelling that was received. Never null.</summary>
    public string Name => _name ?? "";

    /// <summary>Gets the value, decoded. Never null; empty when the field was sent without a value.</summary>
    public string Value => _value ?? "";

    /// <summary>Indicates whether two fields have the same name and the same value.</summary>
    public static bool operator ==(WireField left, WireField right) => left.Equals(right);

    /// <summary>Indicates whether two fields differ in name or value.</summary>
    public static bool operator !=(WireField left, WireField right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(WireField other) =>
        string.Equals(Name, other.Name, StringComparison.Ordinal) && string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is WireField other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        unchecked((StringComparer.Ordinal.GetHashCode(Name) * 397) ^ StringComparer.Ordinal.GetHashCode(Value));

    /// <summary>Returns the name without the value, which may be a password.</summary>
    public override string ToString() => Name;
}
