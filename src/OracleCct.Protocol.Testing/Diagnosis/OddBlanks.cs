using System.Globalization;
using System.Text.RegularExpressions;

namespace OracleCct.Protocol.Testing;

/// <summary>Recognises characters that look like a space, or are invisible, but are not white space to a parser.</summary>
internal static class OddBlanks
{
    private const string InQuery = @"(?:[ \p{Zs}\p{Zl}\p{Zp}\p{Cf}\x85]|%20|%[Cc]2%[Aa]0)";

    private static readonly Regex Leading = new(@"\G[\t\r\n]*(?<blank>" + InQuery + ")", RegexOptions.CultureInvariant);
    private static readonly Regex Trailing = new(
        "(?<blank>" + InQuery + @"(?:[\t\r\n]|" + InQuery + @")*)\z", RegexOptions.CultureInvariant | RegexOptions.RightToLeft);

    public static bool IsOdd(char c) => c > '\x7F' && (char.IsWhiteSpace(c) || IsInvisible(c));

    /// <summary>Indicates whether the character has no width, so that it does not replace a space.</summary>
    public static bool IsInvisible(char c) => CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format;

    /// <summary>
    /// Returns the place of a space before or after a piece of a query, literal or escaped; -1 when there is none. Line breaks and tabs do not count.
    /// </summary>
    public static int IndexAround(string text, int start, int end)
    {
        Match match = Leading.Match(text, start, end - start);
        match = match.Success ? match : Trailing.Match(text, start, end - start);
        return match.Success ? match.Groups["blank"].Index : -1;
    }
}
