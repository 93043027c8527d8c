using System;

namespace OracleCct.Protocol;

/// <summary>Writes the parameters of a query string.</summary>
internal ref struct QueryWriter(Span<char> room)
{
    // Three bytes of three characters each.
    private const int LongestEscape = 9;

    private Scratch<char> _query = new(room);

    /// <summary>Writes a parameter that the library knows.</summary>
    /// <param name="start">What precedes the value; it needs no escapes.</param>
    /// <param name="value">The value.</param>
    /// <param name="field">The name that an error shows.</param>
    public void Known(string start, string value, string field)
    {
        _query.Append(start.AsSpan());
        Escape(value.AsSpan(), field);
    }

    /// <summary>Writes a parameter that the library does not know. No error shows its name, which may be part of an unescaped password.</summary>
    public void Extra(WireField extra)
    {
        _query.Append("&".AsSpan());
        Escape(extra.Name.AsSpan(), null);
        _query.Append("=".AsSpan());
        Escape(extra.Value.AsSpan(), null);
    }

    public override readonly string ToString() => _query.Written.ToString();

    public void Dispose() => _query.Dispose();

    private void Escape(ReadOnlySpan<char> text, string? field)
    {
        ThrowIfHalfPair(text, field);
        int length;
        for (int room = text.Length; !Uri.TryEscapeDataString(text, _query.Reserve(room), out length); room = text.Length * LongestEscape)
        {
        }

        _query.Advance(length);
    }

    /// <summary>Throws for half a surrogate pair, which the platform would replace.</summary>
    private static void ThrowIfHalfPair(ReadOnlySpan<char> text, string? field)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                throw new ProtocolFormatException(new(
                    ProtocolErrorKind.InvalidCharacter, field, i, $"Half a surrogate pair in {field ?? "an extra field"} cannot be written"));
            }

            i++;
        }
    }
}
