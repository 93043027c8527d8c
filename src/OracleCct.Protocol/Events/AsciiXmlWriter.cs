using System;
using System.Buffers;

namespace OracleCct.Protocol;

/// <summary>Writes markup and attribute values as ASCII bytes. The text was checked before: it holds only what XML can hold.</summary>
internal ref struct AsciiXmlWriter(IBufferWriter<byte> output)
{
    // The longest that one character becomes: &#1114111;
    private const int LongestReference = 10;
    private const int Chunk = 512;

    private Span<byte> _span = [];
    private int _written = 0;

    public void Markup(string markup)
    {
        foreach (char c in markup)
        {
            Reserve(1);
            _span[_written++] = (byte)c;
        }
    }

    /// <summary>
    /// Escapes more than XML demands: <c>&gt;</c> and <c>'</c>, because EBS's parser is not known; tab and line ends, because every parser makes
    /// spaces of bare ones; everything beyond ASCII, so that no encoding can be got wrong.
    /// </summary>
    public void Text(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            Reserve(LongestReference);
            char c = text[i];
            switch (c)
            {
                case '&':
                    Put("&amp;"u8);
                    break;
                case '<':
                    Put("&lt;"u8);
                    break;
                case '>':
                    Put("&gt;"u8);
                    break;
                case '"':
                    Put("&quot;"u8);
                    break;
                case '\'':
                    Put("&#39;"u8);
                    break;
                case >= ' ' and <= '~':
                    _span[_written++] = (byte)c;
                    break;
                default:
                    Reference(char.IsHighSurrogate(c) ? char.ConvertToUtf32(c, text[++i]) : c);
                    break;
            }
        }
    }

    public void Flush()
    {
        output.Advance(_written);
        _span = [];
        _written = 0;
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
}
