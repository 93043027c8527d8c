using System;

namespace OracleCct.Protocol;

/// <summary>Writes markup and attribute values as ASCII bytes.</summary>
internal ref struct AsciiXmlWriter(Span<byte> room)
{
    // The longest reference to a character is &#1114111;
    private const int LongestReference = 10;

    private Scratch<byte> _document = new(room);

    public readonly ReadOnlySpan<byte> Written => _document.Written;

    public void Markup(scoped ReadOnlySpan<byte> markup) => _document.Append(markup);

    /// <summary>
    /// Writes text as the value of an attribute. It escapes more than XML requires: <c>&gt;</c> and <c>'</c>, because EBS's parser is unknown; tabs and line
    /// ends, because every parser replaces unescaped ones by spaces; and everything beyond ASCII, so that the encoding does not matter.
    /// </summary>
    /// <param name="text">The value.</param>
    /// <param name="field">The name that errors show; <see langword="null"/> for a name that the library does not know.</param>
    /// <exception cref="ProtocolFormatException">XML does not allow a character of the text.</exception>
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

    /// <summary>Writes the character at an index, and returns its length in the text.</summary>
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
                ProtocolErrorKind.InvalidCharacter,
                field,
                offset,
                $"{field ?? "An extra field or the event's name"} contains a character that XML does not allow"));
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
