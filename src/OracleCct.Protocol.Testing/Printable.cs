using System.Globalization;
using System.Text;

namespace OracleCct.Protocol.Testing;

/// <summary>Makes received text safe to print: it can neither begin a line that looks like the simulator's, nor control a terminal.</summary>
internal static class Printable
{
    /// <summary>Returns the text on one line, with a question mark for each character that cannot be shown.</summary>
    public static string Of(string? text)
    {
        string all = text ?? "";
        var shown = new StringBuilder(all.Length);
        for (int i = 0; i < all.Length; i++)
        {
            UnicodeCategory category = CharUnicodeInfo.GetUnicodeCategory(all, i);
            if (category == UnicodeCategory.Surrogate)
            {
                _ = shown.Append('\uFFFD');
            }
            else if (char.IsSurrogatePair(all, i))
            {
                _ = IsShown(category) ? shown.Append(all, i, 2) : shown.Append('?');
                i++;
            }
            else
            {
                _ = shown.Append(IsShown(category) ? all[i] : '?');
            }
        }

        return shown.ToString();
    }

    private static bool IsShown(UnicodeCategory category) =>
        category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned);
}
