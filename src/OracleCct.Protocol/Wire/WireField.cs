using System;

namespace OracleCct.Protocol;

/// <summary>
/// One name and one value as they stand on the wire: a parameter of a callout, or a <c>data</c> pair of an event.
/// </summary>
/// <remarks>
/// Immutable, and safe to use from several threads. Names and values are compared ordinally, with regard to case.
/// </remarks>
public readonly struct WireField : IEquatable<WireField>
{
    private readonly string? _name;
    private readonly string? _value;

    /// <summary>Makes a field.</summary>
    /// <param name="name">The name, decoded: without percent signs or XML escapes. May be empty.</param>
    /// <param name="value">The value, decoded. An empty text means "sent, but empty".</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> or <paramref name="value"/> is null.</exception>
    public WireField(string name, string value)
    {
        _name = name ?? throw new ArgumentNullException(nameof(name));
        _value = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>The name, decoded, in the spelling that was received. Never null.</summary>
    public string Name => _name ?? "";

    /// <summary>The value, decoded. Never null; empty when the field was sent without a value.</summary>
    public string Value => _value ?? "";

    /// <summary>Whether two fields have the same name and the same value.</summary>
    public static bool operator ==(WireField left, WireField right) => left.Equals(right);

    /// <summary>Whether two fields differ in name or value.</summary>
    public static bool operator !=(WireField left, WireField right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(WireField other) =>
        string.Equals(Name, other.Name, StringComparison.Ordinal) && string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is WireField other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        unchecked((StringComparer.Ordinal.GetHashCode(Name) * 397) ^ StringComparer.Ordinal.GetHashCode(Value));

    /// <summary>The name alone: a field nobody knows may hold a password, so its value never reaches a log by accident.</summary>
    public override string ToString() => Name;
}
