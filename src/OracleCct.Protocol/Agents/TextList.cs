using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace OracleCct.Protocol;

/// <summary>A list of an options record: a copy that nobody changes later, and equal to another with the same texts.</summary>
internal sealed class TextList(IEnumerable<string> texts) : IReadOnlyList<string>, IEquatable<TextList>
{
    private readonly string[] _texts = [.. texts];

    public static TextList Empty { get; } = new([]);

    public int Count => _texts.Length;

    public string this[int index] => _texts[index];

    public bool Contains(string text) => _texts.Contains(text, StringComparer.OrdinalIgnoreCase);

    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)_texts).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(TextList? other) => other is not null && _texts.SequenceEqual(other._texts, StringComparer.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as TextList);

    public override int GetHashCode() => _texts.Aggregate(_texts.Length, (hash, text) => unchecked((hash * 397) ^ StringComparer.Ordinal.GetHashCode(text)));

    public override string ToString() => string.Join(", ", _texts);
}
