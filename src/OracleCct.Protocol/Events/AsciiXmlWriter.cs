using System;
using System.Buffers;
#if NET
using System.Linq;
using System.Text;
#endif

namespace OracleCct.Protocol;

/// <summary>Writes markup and attribute values as ASCII bytes. The text was checked before: it holds only what XML can hold.</summary>
internal ref struct AsciiXmlWriter(IBufferWriter<byte> output)
{
    // The longest that one character becomes: &#1114111;
    private const int LongestReference = 10;
    private const int Chunk = 512;

#if NET
    private static readonly SearchValues<char> Plain =
        SearchValues.Create([.. from code in Enumerable.Range(' ', '~' - ' ' + 1) let c = (char)code where c is not ('&' or '<' or '>' or '"' or '\'') select c]);
#endif

    private Span<byte> _span = [];
    private int _written = 0;

    public void Markup(ReadOnlySpan<byte> markup)
    {
        Reserve(markup.Length);
        Put(markup);
    }

    /// <summary>
    /// Escapes more than XML demands: <c>&gt;</c> and <c>'</c>, because EBS's parser is not known; tab and line ends, because every parser makes
    /// spaces of bare ones; everything beyond ASCII, so that no encoding can be got wrong.
    /// </summary>
    public void Text(string text)
    {
        ReadOnlySpan<char> rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            Reserve(LongestReference);
            int room = Math.Min(PlainLength(rest), _span.Length - _written);
            if (room > 0)
            {
                Narrow(rest.Slice(0, room), _span.Slice(_written));
                _written += room;
                rest = rest.Slice(room);
            }
            else
            {
                rest = rest.Slice(Escape(rest));
            }
        }
    }

    public void Flush()
    {
        output.Advance(_written);
        _span = [];
        _written = 0;
    }

    /// <summary>Writes the first character, and says how much of the text it was.</summary>
    private int Escape(ReadOnlySpan<char> text)
    {
        char c = text[0];
        switch (c)
        {
            case '&':
                Put("&amp;"u8);
                return 1;
            case '<':
                Put("&lt;"u8);
                return 1;
            case '>':
                Put("&gt;"u8);
                return 1;
            case '"':
                Put("&quot;"u8);
                return 1;
            case '\'':
                Put("&#39;"u8);
                return 1;
            default:
                bool isPair = char.IsHighSurrogate(c);
                Reference(isPair ? char.ConvertToUtf32(c, text[1]) : c);
                return isPair ? 2 : 1;
        }
    }

    private void Reference(int codePoint)
    {
        Span<byte> digits = stackalloc byte[LongestReference];
        int first = digits.Length;
        do
        {
            digits[--first] = (byte)('0' + (codePoint % 10));
            codePoint /= 10;
        }
        while (codePoint > 0);

        Put("&#"u8);
        Put(digits.Slice(first));
        Put(";"u8);
    }

    private void Put(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_span.Slice(_written));
        _written += bytes.Length;
    }

    private void Reserve(int count)
    {
        if (_span.Length - _written < count)
        {
            Flush();
            _span = output.GetSpan(Math.Max(count, Chunk));
        }
    }

#if NET
    private static int PlainLength(ReadOnlySpan<char> text) => text.IndexOfAnyExcept(Plain) is >= 0 and var length ? length : text.Length;

    private static void Narrow(ReadOnlySpan<char> text, Span<byte> bytes) => _ = Ascii.FromUtf16(text, bytes, out _);
#else
    private static int PlainLength(ReadOnlySpan<char> text)
    {
        int length = 0;
        while (length < text.Length && text[length] is >= ' ' and <= '~' and not ('&' or '<' or '>' or '"' or '\''))
        {
            length++;
        }

        return length;
    }

    private static void Narrow(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        for (int i = 0; i < text.Length; i++)
        {
            bytes[i] = (byte)text[i];
        }
    }
#endif
}
