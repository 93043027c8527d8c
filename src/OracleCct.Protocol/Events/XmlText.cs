using System.Text;

namespace OracleCct.Protocol;

/// <summary>Provides the characters that XML 1.0 allows, escaped or not.</summary>
internal static class XmlText
{
    /// <summary>Returns the index of the first character, from an index on, that XML does not allow, or -1.</summary>
    public static int IndexOfInvalid(string text, int start = 0)
    {
        for (int i = start; i < text.Length; i++)
        {
            char c = text[i];
            if (c is (>= ' ' and < '\uD800') or (>= '\uE000' and <= '\uFFFD') or '\t' or '\n' or '\r')
            {
                continue;
            }

            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
                continue;
            }

            return i;
        }

        return -1;
    }

    /// <summary>Indicates whether XML allows a code point.</summary>
    public static bool IsCharacter(int codePoint) =>
        codePoint is '\t' or '\n' or '\r' or (>= ' ' and < 0xD800) or (>= 0xE000 and <= 0xFFFD) or (>= 0x10000 and <= 0x10FFFF);

    /// <summary>Returns the text with a question mark in place of everything that XML does not allow.</summary>
    public static string Sanitize(string text)
    {
        var result = new StringBuilder(text);
        for (int i = IndexOfInvalid(text); i >= 0; i = IndexOfInvalid(text, i + 1))
        {
            result[i] = '?';
        }

        return result.ToString();
    }
}
