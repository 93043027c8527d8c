using System.Globalization;
using System.Text;

namespace OracleCct.Protocol.Testing;

/// <summary>What others have sent, in print: it must neither begin a line that looks like one of ours, nor steer a terminal.</summary>
internal static class Printable
{
    /// <summary>The text on one line, with a question mark for each character that does not stand for itself.</summary>
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
        category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned);
}
