using System;
using System.Linq;

namespace OracleCct.Tool;

/// <summary>Finds a callout in a request line, plain or as in the access log of a web server.</summary>
internal static class RequestLine
{
    private const string Start = "GET ";
    private const string QuotedStart = "\"GET ";

    /// <summary>Returns the URL of the request that a text begins with. The text before it is replaced by blanks, so that places do not change.</summary>
    /// <returns>The text with the URL, or null if the text does not begin with a request.</returns>
    /// <exception cref="UsageException">The text contains several requests.</exception>
    public static string? UrlIn(string text, string file)
    {
        string[] lines = text.Split('\n');
        int first = Array.FindIndex(lines, line => !string.IsNullOrWhiteSpace(line));
        if (first < 0 || Find(lines[first]) is not { } url)
        {
            return null;
        }

        int second = Array.FindIndex(lines, first + 1, line => Find(line) is not null);
        if (second > 0)
        {
            throw new UsageException(FormattableString.Invariant($"Line {second + 1} of {file} contains another callout. Check one callout at a time."));
        }

        (int start, int end) = url;
        string before = string.Concat(lines.Take(first).Select(line => line + "\n"));
        return before + new string(' ', start) + lines[first][start..end];
    }

    /// <summary>Returns where the URL of a request starts and ends in a line.</summary>
    private static (int Start, int End)? Find(string line)
    {
        string trimmed = line.TrimStart();
        int quoted = trimmed.StartsWith('<') ? -1 : line.IndexOf(QuotedStart, StringComparison.Ordinal);
        int start = quoted >= 0 ? quoted + QuotedStart.Length
            : trimmed.StartsWith(Start, StringComparison.Ordinal) ? line.Length - trimmed.Length + Start.Length
            : -1;
        if (start < 0)
        {
            return null;
        }

        int quote = quoted >= 0 ? line.IndexOf('"', start) : -1;
        string request = quote >= 0 ? line[start..quote] : line[start..];
        int version = request.LastIndexOf(" HTTP/", StringComparison.Ordinal);
        return (start, start + (version >= 0 ? version : request.TrimEnd().Length));
    }
}
