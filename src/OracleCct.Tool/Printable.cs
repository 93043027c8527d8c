using System.Globalization;
using System.Linq;

namespace OracleCct.Tool;

/// <summary>What comes over the network, or from a file, must not be able to steer the terminal.</summary>
internal static class Printable
{
    /// <summary>The text on one line, with a question mark for each character that does not stand for itself.</summary>
    public static string Of(string? text) => string.Concat((text ?? "").EnumerateRunes().Select(rune => IsShown(System.Text.Rune.GetUnicodeCategory(rune)) ? rune.ToString() : "?"));

    private static bool IsShown(UnicodeCategory category) =>
        category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned);
}
