using System.Text.RegularExpressions;

namespace OracleCct.Protocol.Testing;

/// <summary>Recognises the placeholders of examples and templates.</summary>
internal static class Placeholders
{
    private const int Longest = 60;
    private const int LongestAround = 500;
    private const string Guid = @"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}";
    private const string InAngles = @"<[\w .'-]{0,60}\p{L}[\w .'-]{0,60}>";

    private static readonly Regex Angled = new(@"\G" + InAngles, RegexOptions.CultureInvariant);

    // Numbers other than 0 may be quantifiers of a pattern; {0} begins a format.
    private const string InBraces = @"\{(?!" + Guid + @"\})(?:[\w .:'-]{0,60}\p{L}[\w .:'-]{0,60}|0(?:[,:][^\s{}]{0,60})?)\}";

    // In a text with spaces, single braces may mean something else.
    private static readonly Regex Inside = new(
        @"\A[^\s{}]*(?:" + InBraces + @"[^\s{}]*)+\z|\$" + InBraces + @"|\{" + InBraces + @"\}",
        RegexOptions.CultureInvariant);

    // A percent sign and two hexadecimal digits are an escape, so a name between percent signs has three letters at least.
    private static readonly Regex Whole = new(
        @"^(?:(?:[A-Za-z]+:)?\+?(?:" + InAngles + @"|[$#]?\{(?!" + Guid + @"\})[\w .:'{}-]*\p{L}[\w .:'{}-]*\}"
        + @"|\{\{?[0-9]{1,2}\}\}?|%\p{L}[\w.-]{2,}%)|[A-Z_]+(?:\|[A-Z_]+)+)\z",
        RegexOptions.CultureInvariant);

    /// <summary>Returns the length of the placeholder in angle brackets that begins here; 0 when there is none.</summary>
    public static int LengthOfAngled(string text, int start, int end)
    {
        int length = text[start] == '<' ? Angled.Match(text, start).Length : 0;
        return length <= end - start ? length : 0;
    }

    /// <summary>
    /// Indicates whether a whole value is <c>&lt;name&gt;</c>, <c>{name}</c>, <c>{{name}}</c>, <c>${name}</c>, <c>{0}</c> or <c>%name%</c>, with or without a
    /// prefix such as <c>tel:</c>, or a choice such as <c>SR|EVENT</c>.
    /// </summary>
    public static bool IsWholeValue(string value)
    {
        value = value.Trim(' ', '\t', '\r', '\n');
        return value.Length <= Longest && Whole.IsMatch(value);
    }

    /// <summary>Indicates whether a longer value contains a placeholder in braces, such as <c>00{name}</c>, <c>{0}/{1}</c> or <c>Call ${name}</c>.</summary>
    public static bool IsInside(string value) => value.Length <= LongestAround && Inside.IsMatch(value);
}
