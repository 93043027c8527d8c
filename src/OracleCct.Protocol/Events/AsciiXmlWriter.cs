using System;

namespace OracleCct.Protocol;

/// <summary>Writes markup and attribute values as ASCII bytes.</summary>
internal ref struct AsciiXmlWriter(Span<byte> room)
{
    // The longest that one character becomes: &#1114111;
    private const int LongestReference = 10;

    private Scratch<byte> _document = new(room);

    public readonly ReadOnlySpan<byte> Written => _document.Written;

    public void Markup(scoped ReadOnlySpan<byte> markup) => _document.Append(markup);

    /// <summary>
    /// Escapes more than XML demands: <c>&gt;</c> and <c>'</c>, because EBS's parser is not known; tab and line ends, because every parser makes
    /// spaces of bare ones; everything beyond ASCII, so that no encoding can be got wrong.
    /// </summary>
    /// <param name="text">What an attribute is to say.</param>
    /// <param name="field">What errors call it. Null for what is not the library's own: the name may be anybody's.</param>
    /// <exception cref="ProtocolFormatException">XML has no way to hold a character of it.</exception>
    public void Text(string text, string? field)
    {
        for (int i = 0; i < text.Length;)
        {
            Span<byte> room = _document.Reserve(Math.Max(text.Length - i, LongestReference));
            int start = i;
            while (i < text.Length && IsPlain(text[i]))
            {
                room[i - start] = (byte)text[i];
                i++;
            }

            _document.Advance(i - start);
            if (i < text.Length)
            {
                i += Escape(text, i, field);
            }
        }
    }

    public void Dispose() => _document.Dispose();

    private static bool IsPlain(char c) => c is >= ' ' and <= '~' and not ('&' or '<' or '>' or '"' or '\'');

    /// <summary>Writes the character at a place, and says how long it is there.</summary>
    private int Escape(string text, int i, string? field)
    {
        switch (text[i])
        {
            case '&':
                Markup("&amp;"u8);
                return 1;
            case '<':
                Markup("&lt;"u8);
                return 1;
            case '>':
                Markup("&gt;"u8);
                return 1;
            case '"':
                Markup("&quot;"u8);
                return 1;
            case '\'':
                Markup("&#39;"u8);
                return 1;
            default:
                bool isPair = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
                Reference(isPair ? char.ConvertToUtf32(text[i], text[i + 1]) : text[i], field, i);
                return isPair ? 2 : 1;
        }
    }

    private void Reference(int codePoint, string? field, int offset)
    {
        if (!XmlText.IsCharacter(codePoint))
        {
            throw new ProtocolFormatException(new(
                ProtocolErrorKind.InvalidCharacter, field, offset, $"XML has no way to hold a character of {field ?? "an extra field or of the event's name"}"));
        }

        Span<byte> digits = stackalloc byte[LongestReference];
        int first = digits.Length;
        do
        {
            digits[--first] = (byte)('0' + (codePoint % 10));
            codePoint /= 10;
        }
        while (codePoint > 0);

        Markup("&#"u8);
        Markup(digits.Slice(first));
        Markup(";"u8);
    }
}
