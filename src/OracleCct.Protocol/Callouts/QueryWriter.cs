using System;

namespace OracleCct.Protocol;

/// <summary>Writes the parameters of a query string.</summary>
internal ref struct QueryWriter(Span<char> room)
{
    // The longest that one character becomes: one of a pair is six of twelve, another one nine.
    private const int LongestEscape = 12;

    private Scratch<char> _query = new(room);

    /// <summary>By the codes of ASCII, 1 for letters, digits and <c>-._~</c>: numbers and passwords mix them so that comparisons are slower.</summary>
    private static ReadOnlySpan<byte> Unreserved =>
        "00000000000000000000000000000000"u8
        + "00000000000001101111111111000000"u8
        + "01111111111111111111111111100001"u8
        + "01111111111111111111111111100010"u8;

    /// <summary>Writes a parameter that needs no escapes up to its value.</summary>
    public void Known(string start, string value, string field)
    {
        _query.Append(start.AsSpan());
        Escape(value, field);
    }

    /// <summary>Writes a parameter that nobody knows. Its name may be a piece of somebody's unescaped password, so no error says it.</summary>
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

    /// <summary>Writes the character at a place, and says how long it is there.</summary>
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
            throw new ProtocolFormatException(new(ProtocolErrorKind.InvalidCharacter, field, i, $"Half a surrogate pair in {field ?? "an extra field"} cannot be written"));
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
