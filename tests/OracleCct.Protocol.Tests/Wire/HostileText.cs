using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Xml;
using FsCheck;
using FsCheck.Fluent;

namespace OracleCct.Protocol.Tests.Wire;

/// <summary>Provides texts that codecs get wrong. The generator's own strings contain almost none of them.</summary>
internal static class HostileText
{
    /// <summary>Values that have caused errors.</summary>
    private static readonly string[] Known =
    [
        "", " ", "  ", " 1", "+", "++", "+1", "+15551234567", "1 + 1", "%", "%%", "%4", "%41", "%zz", "%e9", "%E9", "%C3%A9", "%00", "%u0041", "%2", "%25",
        "&", "&&", "=", "==", "a=b", "a&b=c", "&FunctionName=Logout", "?", "#", ";", "/", "//", "http://localhost/?a=b", "FunctionName=Login",
        "<", ">", "\"", "'", "\"'", "&amp;", "&#38;", "&#x26;", "&lt;", "]]>", "<![CDATA[", "<!--", "-->", "<?xml", "?>", "<!DOCTYPE x>", "/>", "\"/>",
        "\u201DSR\u201D",
        "\0", "a\0", "\u0001", "\b", "\t", "\n", "\r", "\r\n", "\n\r", " \t ", "\v", "\f", "\u001B", "\u001F", "\u007F", "\u0080", "\u0085", "\u009F", "\u00A0",
        "\u00AD",
        "\u00E9", "e\u0301", "\u0131", "\u0130", "\u017F", "\u212A", "\u00DF", "\u2028", "\u2029", "\u200F\u202E", "\u05E9\u05DC\u05D5\u05DD",
        "\u0645\u0631\u062D\u0628\u0627", "\u0663\u0661\u0660\u0667",
        "\u65E5\u672C", "\uFF0B\uFF11", "\uD83D\uDE00", "\uD83D\uDC69\u200D\uD83D\uDCBB", "\uD800\uDC00", "\uDBFF\uDFFD", "\uDBFF\uDFFF",
        "\uD800", "\uDBFF", "\uDC00", "\uDFFF", "x\uDFFFx", "\uDE00\uD83D", "\uD83D\uD83D\uDE00", "\uD800%41", "\uFEFF", "\uFEFFa", "\uFFFC", "\uFFFD",
        "\uFFFE", "\uFFFF", "\uE000",
    ];

    private static readonly Gen<string> Piece = Gen.Frequency(
        (6, Gen.Elements(" +%&=\"<>'#?;/\t\r\n".ToCharArray()).Select(c => c.ToString())),
        (6, Gen.Choose(' ', '~').Select(c => ((char)c).ToString())),
        (2, Gen.Choose(0, 0xA0).Select(c => ((char)c).ToString())),
        (3, Gen.Choose(0, 0xFFFF).Select(c => ((char)c).ToString())),
        (2, Gen.Choose(0xD800, 0xDFFF).Select(c => ((char)c).ToString())),
        (4, Gen.Choose(0x10000, 0x10FFFF).Select(char.ConvertFromUtf32)),
        (3, Gen.Choose(0, 255).Select(b => "%" + b.ToString("X2", CultureInfo.InvariantCulture))),
        (8, Gen.Elements(Known)));

    /// <summary>Any sequence of UTF-16 characters, up to about 4 KB.</summary>
    public static readonly Gen<string> Any = Gen.Frequency(
        (8, Gen.Elements(Known)),
        (24, Gen.Choose(0, 12).SelectMany(count => Piece.ArrayOf(count)).Select(string.Concat)),
        (1, Piece.ArrayOf(4).Select(pieces => Repeat(string.Concat(pieces) + "x", 4096))));

    /// <summary>Texts without halves of surrogate pairs, which a query string can contain.</summary>
    public static readonly Gen<string> ForQuery = Any.Select(text => Replace(text, IsAny));

    /// <summary>Texts that XML allows.</summary>
    public static readonly Gen<string> ForXml = Any.Select(text => Replace(text, XmlConvert.IsXmlChar));

    public static readonly Arbitrary<string> AnyText = Arb.From(Any, Shrink);

    public static bool FitsQuery(string text) => string.Equals(text, Replace(text, IsAny), StringComparison.Ordinal);

    public static bool FitsXml(string text) => string.Equals(text, Replace(text, XmlConvert.IsXmlChar), StringComparison.Ordinal);

    /// <summary>Returns the text with one character replaced, removed, inserted, doubled or swapped with its neighbour.</summary>
    public static Gen<string> Mutated(Gen<string> texts) =>
        from text in texts
        from kind in Gen.Choose(0, 4)
        from place in Gen.Choose(0, Math.Max(text.Length - 2, 0))
        from with in Piece
        select text.Length < 2 ? with : kind switch
        {
            0 => text.Remove(place, 1).Insert(place, with),
            1 => text.Remove(place, 1),
            2 => text.Insert(place, with),
            3 => text.Insert(place, text.Substring(place, 1)),
            _ => text.Remove(place, 1).Insert(place + 1, text.Substring(place, 1)),
        };

    public static IEnumerable<string> Shrink(string text)
    {
        for (int length = text.Length / 2; length > 0; length /= 2)
        {
            for (int start = 0; start + length <= text.Length && start < 64 * length; start += length)
            {
                yield return text.Remove(start, length);
            }
        }

        for (int i = 0; i < Math.Min(text.Length, 64); i++)
        {
            if (text[i] != 'a')
            {
                yield return text.Remove(i, 1).Insert(i, "a");
            }
        }
    }

    /// <summary>Returns the text for a log: in ASCII, with the rest as \uXXXX.</summary>
    public static string Show(string text)
    {
        var shown = new StringBuilder();
        foreach (char c in text)
        {
            _ = c is >= ' ' and <= '~' ? shown.Append(c) : shown.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
        }

        return shown.ToString();
    }

    private static bool IsAny(char c) => true;

    private static string Repeat(string text, int length) => string.Concat(Enumerable.Repeat(text, (length / text.Length) + 1));

    /// <summary>Replaces everything that is neither allowed nor a whole pair by a letter.</summary>
    private static string Replace(string text, Func<char, bool> isAllowed)
    {
        var result = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                _ = result.Append(text, i++, 2);
            }
            else
            {
                _ = result.Append(!char.IsSurrogate(text[i]) && isAllowed(text[i]) ? text[i] : 'x');
            }
        }

        return result.ToString();
    }
}
