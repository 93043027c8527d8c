using System.Text;

namespace OracleCct.Protocol;

/// <summary>Which characters XML 1.0 can hold at all, escaped or not.</summary>
internal static class XmlText
{
    /// <summary>Where, from the given place on, the first character stands that XML cannot hold; -1 when there is none.</summary>
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

    /// <summary>Whether XML has this code point.</summary>
    public static bool IsCharacter(int codePoint) =>
        codePoint is '\t' or '\n' or '\r' or (>= ' ' and < 0xD800) or (>= 0xE000 and <= 0xFFFD) or (>= 0x10000 and <= 0x10FFFF);

    /// <summary>The text with a question mark for everything that XML cannot hold.</summary>
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
