using System;

namespace OracleCct.Protocol;

/// <summary>
/// Writes the parameters of a query string. It escapes by itself, because a Login with <c>Uri.TryEscapeDataString</c> takes longer than the benchmark allows.
/// </summary>
internal ref struct QueryWriter(Span<char> room)
{
    // A surrogate pair has the longest escape.
    private const int LongestEscape = 12;

    private Scratch<char> _query = new(room);

    /// <summary>For each code of ASCII, 1 for letters, digits and <c>-._~</c>. Comparisons are slower, because passwords mix these characters.</summary>
    private static ReadOnlySpan<byte> Unreserved =>
        "00000000000000000000000000000000"u8
        + "00000000000001101111111111000000"u8
        + "01111111111111111111111111100001"u8
        + "01111111111111111111111111100010"u8;

    /// <summary>Writes a parameter that the library knows.</summary>
    /// <param name="start">What precedes the value; it needs no escapes.</param>
    /// <param name="value">The value.</param>
    /// <param name="field">The name that an error shows.</param>
    public void Known(string start, string value, string field)
    {
        _query.Append(start.AsSpan());
        Escape(value, field);
    }

    /// <summary>Writes a parameter that the library does not know. No error shows its name, which may be part of an unescaped password.</summary>
    public void Extra(WireField extra)
    {
        _query.Append("&".AsSpan());
        Escape(extra.Name, null);
        _query.Append("=".AsSpan());
        Escape(extra.Value, null);
    }

    public override readonly string ToString() => _query.Written.ToString();

    public void Dispose() => _query.Dispose();

    private void Escape(string text, string? field)
    {
        for (int i = 0; i < text.Length;)
        {
            Span<char> room = _query.Reserve(text.Length - i + LongestEscape);
            int start = i;
            while (i < text.Length && IsUnreserved(text[i]))
            {
                room[i - start] = text[i];
                i++;
            }

            int length = i - start;
            i += i < text.Length ? EscapeOne(text, i, room, ref length, field) : 0;
            _query.Advance(length);
        }
    }

    private static bool IsUnreserved(char c) => c < Unreserved.Length && Unreserved[c] == '1';

    /// <summary>Writes the character at an index, and returns its length in the text.</summary>
    private static int EscapeOne(string text, int i, Span<char> room, ref int length, string? field)
    {
        char c = text[i];
        if (c < 0x80)
        {
            Octet(room, ref length, c);
        }
        else if (c < 0x800)
        {
            Octet(room, ref length, 0xC0 | (c >> 6));
            Octet(room, ref length, 0x80 | (c & 0x3F));
        }
        else if (!char.IsSurrogate(c))
        {
            Octet(room, ref length, 0xE0 | (c >> 12));
            Octet(room, ref length, 0x80 | ((c >> 6) & 0x3F));
            Octet(room, ref length, 0x80 | (c & 0x3F));
        }
        else if (i + 1 < text.Length && char.IsSurrogatePair(c, text[i + 1]))
        {
            int codePoint = char.ConvertToUtf32(c, text[i + 1]);
            Octet(room, ref length, 0xF0 | (codePoint >> 18));
            Octet(room, ref length, 0x80 | ((codePoint >> 12) & 0x3F));
            Octet(room, ref length, 0x80 | ((codePoint >> 6) & 0x3F));
            Octet(room, ref length, 0x80 | (codePoint & 0x3F));
            return 2;
        }
        else
        {
            throw new ProtocolFormatException(new(
                ProtocolErrorKind.InvalidCharacter, field, i, $"{field ?? "An extra field"} contains half a surrogate pair"));
        }

        return 1;
    }

    private static void Octet(Span<char> room, ref int length, int octet)
    {
        const string Digits = "0123456789ABCDEF";
        room[length++] = '%';
        room[length++] = Digits[octet >> 4];
        room[length++] = Digits[octet & 0xF];
    }
}
