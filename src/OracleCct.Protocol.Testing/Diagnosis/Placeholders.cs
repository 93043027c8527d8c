using System.Text.RegularExpressions;

namespace OracleCct.Protocol.Testing;

/// <summary>Recognises what examples and templates have in the place of values.</summary>
internal static class Placeholders
{
    private const int Longest = 60;
    private const int LongestAround = 500;
    private const string Guid = @"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}";
    private const string InAngles = @"<[\w .'-]{0,60}\p{L}[\w .'-]{0,60}>";

    private static readonly Regex Angled = new(@"\G" + InAngles, RegexOptions.CultureInvariant);

    // Other indices than 0 are how often something is to be there, as in a pattern; {0} begins a format.
    private const string InBraces = @"\{(?!" + Guid + @"\})(?:[\w .:'-]{0,60}\p{L}[\w .:'-]{0,60}|0(?:[,:][^\s{}]{0,60})?)\}";

    // In a text that somebody has written, with blanks, single braces may mean something else.
    private static readonly Regex Inside = new(
        @"\A[^\s{}]*(?:" + InBraces + @"[^\s{}]*)+\z|\$" + InBraces + @"|\{" + InBraces + @"\}",
        RegexOptions.CultureInvariant);

    // A percent sign and two hexadecimal digits are an escape, so a name between percent signs has three letters at least.
    private static readonly Regex Whole = new(
        @"^(?:(?:[A-Za-z]+:)?\+?(?:" + InAngles + @"|[$#]?\{(?!" + Guid + @"\})[\w .:'{}-]*\p{L}[\w .:'{}-]*\}|\{\{?[0-9]{1,2}\}\}?|%\p{L}[\w.-]{2,}%)|[A-Z_]+(?:\|[A-Z_]+)+)\z",
        RegexOptions.CultureInvariant);

    /// <summary>The length of a placeholder in angle brackets that begins here; 0 when there is none.</summary>
    public static int LengthOfAngled(string text, int start, int end)
    {
        int length = text[start] == '<' ? Angled.Match(text, start).Length : 0;
        return length <= end - start ? length : 0;
    }

    /// <summary>Whether a whole value is <c>&lt;name&gt;</c>, <c>{name}</c>, <c>{{name}}</c>, <c>${name}</c>, <c>{0}</c> or <c>%name%</c>, <c>tel:</c> or the like in front or not, or a choice such as <c>SR|EVENT</c>.</summary>
    public static bool IsWholeValue(string value)
    {
        value = value.Trim(' ', '\t', '\r', '\n');
        return value.Length <= Longest && Whole.IsMatch(value);
    }

    /// <summary>Whether a placeholder in braces stands inside a longer value, such as <c>00{name}</c>, <c>{0}/{1}</c> or <c>Call ${name}</c>.</summary>
    public static bool IsInside(string value) => value.Length <= LongestAround && Inside.IsMatch(value);
}
