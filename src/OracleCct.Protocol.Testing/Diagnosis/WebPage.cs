using System.Text.RegularExpressions;

namespace OracleCct.Protocol.Testing;

/// <summary>Recognises a web page, with an HTTP answer's head in front or without.</summary>
internal static class WebPage
{
    // Atomic groups, so that nothing is looked at twice, however long the text.
    private static readonly Regex Start = new(
        @"\A(?>[\s\uFEFF]*)(?>(?:HTTP/[0-9].*?\n\r?\n)?)(?>(?:\s+|<\?.*?\?>|<!--.*?-->)*)"
        + @"(?<page><(?:!DOCTYPE\s+html|html|head|body|title|meta|script|h[1-6]|p|div|span|center|table|form|pre|br|hr)(?=[\s/>]|\z))",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline);

    /// <summary>Where the page begins, behind all that may stand before it; -1 when the text is none.</summary>
    public static int IndexIn(string text) => Start.Match(text) is { Success: true } match ? match.Groups["page"].Index : -1;
}
