using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;

namespace OracleCct.Protocol;

/// <summary>
/// Represents an immutable list of fields in the order of the wire. Two lists are equal when they hold equal fields in the same order.
/// </summary>
/// <remarks>
/// Messages keep the fields for which they have no property in such a list, so that nothing that a sender says is lost. Safe to use from several threads.
/// <code>ExtraFields = [new("SiteCode", "DUB")]                      // C# 12
/// ExtraFields = WireFields.Empty.Add("SiteCode", "DUB")      // any C#</code>
/// </remarks>
[CollectionBuilder(typeof(WireFields), nameof(Create))]
public sealed class WireFields : IReadOnlyList<WireField>, IEquatable<WireFields>
{
    private readonly WireField[] _fields;

    /// <param name="fields">The fields. The list keeps the array, so it must not change.</param>
    internal WireFields(WireField[] fields) => _fields = fields;

    /// <summary>Gets the list without fields.</summary>
    public static WireFields Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _fields.Length;

    /// <inheritdoc/>
    public WireField this[int index] => _fields[index];

    /// <summary>Creates a list of copies of the given fields, in their order.</summary>
    public static WireFields Create(ReadOnlySpan<WireField> fields) => fields.IsEmpty ? Empty : new(fields.ToArray());

    /// <summary>Creates a list of the given fields, in their order.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="fields"/> is null.</exception>
    public static WireFields Create(IEnumerable<WireField> fields) =>
        fields is null ? throw new ArgumentNullException(nameof(fields)) : Create(fields.ToArray().AsSpan());

    /// <summary>Indicates whether two lists contain the same fields in the same order.</summary>
    public static bool operator ==(WireFields? left, WireFields? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Indicates whether two lists differ.</summary>
    public static bool operator !=(WireFields? left, WireFields? right) => !(left == right);

    /// <summary>Returns a copy of this list with one more field at its end.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> or <paramref name="value"/> is null.</exception>
    public WireFields Add(string name, string value) => new([.. _fields, new WireField(name, value)]);

    /// <summary>Returns the value of the first field with that name, or <see langword="null"/>.</summary>
    /// <param name="name">The name; case is ignored.</param>
    public string? Find(string name)
    {
        foreach (WireField field in _fields)
        {
            if (string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return field.Value;
            }
        }

        return null;
    }

    internal ReadOnlySpan<WireField> AsSpan() => _fields;

    /// <summary>
    /// Returns a copy in which the name occurs once, with that value: where it occurred first, or at the end. Without a value, it does not occur.
    /// </summary>
    internal WireFields With(string name, string? value)
    {
        List<WireField> fields = [.. _fields.Where(field => field.Name != name)];
        if (value is not null)
        {
            int first = Array.FindIndex(_fields, field => field.Name == name);
            fields.Insert(first < 0 ? fields.Count : first, new(name, value));
        }

        return Create(fields);
    }

    /// <inheritdoc/>
    public IEnumerator<WireField> GetEnumerator() => ((IEnumerable<WireField>)_fields).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _fields.GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(WireFields? other) => other is not null && (ReferenceEquals(this, other) || _fields.AsSpan().SequenceEqual(other._fields));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as WireFields);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        int hash = _fields.Length;
        foreach (WireField field in _fields)
        {
            hash = unchecked((hash * 31) + field.GetHashCode());
        }

        return hash;
    }

    /// <summary>Returns the number of fields, never their text, which may contain a secret or part of one.</summary>
    public override string ToString() => _fields.Length == 1 ? "1 field" : FormattableString.Invariant($"{_fields.Length} fields");
}
