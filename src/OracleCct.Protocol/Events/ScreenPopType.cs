using System;

namespace OracleCct.Protocol;

/// <summary>
/// Represents the subject of a screen pop: a value of <c>ScreenPopType</c> and <c>occtClassification</c>. The set is open: a word that this library does
/// not know is kept unchanged.
/// </summary>
/// <remarks>
/// Compared ordinally and case-sensitively. Immutable, and safe to use from several threads. Source: Oracle's examples for the three known words.
/// </remarks>
public readonly struct ScreenPopType : IEquatable<ScreenPopType>
{
    private readonly string? _value;

    /// <summary>Initializes a new value from a word on the wire, known or not.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public ScreenPopType(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>Gets the word for a service request: <c>SR</c>.</summary>
    public static ScreenPopType ServiceRequest { get; } = new("SR");

    /// <summary>Gets the word for a sales opportunity: <c>OPPORTUNITY</c>.</summary>
    public static ScreenPopType Opportunity { get; } = new("OPPORTUNITY");

    /// <summary>Gets the word for a marketing event: <c>EVENT</c>.</summary>
    public static ScreenPopType Event { get; } = new("EVENT");

    /// <summary>Gets the word as on the wire. Never null.</summary>
    public string Value => _value ?? "";

    /// <summary>Indicates whether two words are equal.</summary>
    public static bool operator ==(ScreenPopType left, ScreenPopType right) => left.Equals(right);

    /// <summary>Indicates whether two words differ.</summary>
    public static bool operator !=(ScreenPopType left, ScreenPopType right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(ScreenPopType other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ScreenPopType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Value);

    /// <summary>Returns the word as on the wire.</summary>
    public override string ToString() => Value;
}
