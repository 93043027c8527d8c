using System;
using System.Text.RegularExpressions;

namespace OracleCct.Protocol;

/// <summary>Recognises what examples and templates have in the place of values.</summary>
internal static class Placeholders
{
    private const int Longest = 60;
    private const string InAngles = @"<[\w .'-]{0,60}\p{L}[\w .'-]{0,60}>";

    private static readonly Regex Angled = new(@"\G" + InAngles, RegexOptions.CultureInvariant);

    // A percent sign and two hexadecimal digits are an escape, so a name between percent signs has three letters at least.
    private static readonly Regex Whole = new(
        @"^(?:(?:[A-Za-z]+:)?\+?(?:" + InAngles + @"|[$#]?\{[\w .:'{}-]*\p{L}[\w .:'{}-]*\}|%\p{L}[\w.-]{2,}%)|[A-Z_]+(?:\|[A-Z_]+)+)\z",
        RegexOptions.CultureInvariant);

    /// <summary>The length of a placeholder in angle brackets that begins here; 0 when there is none.</summary>
    public static int LengthOfAngled(string text, int start, int end)
    {
        int length = text[start] == '<' ? Angled.Match(text, start).Length : 0;
        return length <= end - start ? length : 0;
    }

    /// <summary>Whether a whole value is <c>&lt;name&gt;</c>, <c>{name}</c>, <c>{{name}}</c>, <c>${name}</c> or <c>%name%</c>, <c>tel:</c> or the like in front or not, or a choice such as <c>SR|EVENT</c>.</summary>
    public static bool IsWholeValue(string value)
    {
        value = value.Trim(' ', '\t', '\r', '\n');
        return value.Length <= Longest && Whole.IsMatch(value) && !Guid.TryParseExact(value, "B", out _);
    }
}
