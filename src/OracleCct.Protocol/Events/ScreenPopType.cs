using System;

namespace OracleCct.Protocol;

/// <summary>
/// What a screen pop is about: the values of <c>ScreenPopType</c> and <c>occtClassification</c>. The set is open: a word that this library does not
/// know is kept as it is.
/// </summary>
/// <remarks>Compared ordinally, with regard to case. Immutable, and safe to use from several threads. Source: Oracle's examples for the three known words.</remarks>
public readonly struct ScreenPopType : IEquatable<ScreenPopType>
{
    private readonly string? _value;

    /// <summary>Takes a word of the wire, known or not.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public ScreenPopType(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>A service request: <c>SR</c>.</summary>
    public static ScreenPopType ServiceRequest { get; } = new("SR");

    /// <summary>A sales opportunity: <c>OPPORTUNITY</c>.</summary>
    public static ScreenPopType Opportunity { get; } = new("OPPORTUNITY");

    /// <summary>A marketing event: <c>EVENT</c>.</summary>
    public static ScreenPopType Event { get; } = new("EVENT");

    /// <summary>The word as on the wire. Never null.</summary>
    public string Value => _value ?? "";

    /// <summary>Whether two are the same word.</summary>
    public static bool operator ==(ScreenPopType left, ScreenPopType right) => left.Equals(right);

    /// <summary>Whether two are different words.</summary>
    public static bool operator !=(ScreenPopType left, ScreenPopType right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(ScreenPopType other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ScreenPopType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Value);

    /// <summary>The word as on the wire.</summary>
    public override string ToString() => Value;
}
