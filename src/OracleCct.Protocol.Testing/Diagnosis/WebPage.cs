using System.Text.RegularExpressions;

namespace OracleCct.Protocol.Testing;

/// <summary>Recognises a web page, with or without the head of an HTTP response before it.</summary>
internal static class WebPage
{
    // Atomic groups avoid backtracking in long texts.
    private static readonly Regex Start = new(
        @"\A(?>[\s\uFEFF]*)(?>(?:HTTP/[0-9].*?\n\r?\n)?)(?>(?:\s+|<\?.*?\?>|<!--.*?-->)*)"
        + @"(?<page><(?:!DOCTYPE\s+html|html|head|body|title|meta|script|h[1-6]|p|div|span|center|table|form|pre|br|hr)(?=[\s/>]|\z))",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline);

    /// <summary>Returns where the page begins; -1 when the text is not a web page.</summary>
    public static int IndexIn(string text) => Start.Match(text) is { Success: true } match ? match.Groups["page"].Index : -1;
}
