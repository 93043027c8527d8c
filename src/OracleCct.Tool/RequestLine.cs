using System;
using System.Linq;

namespace OracleCct.Tool;

/// <summary>A callout's request line, plain or as the access log of a web server has it.</summary>
internal static class RequestLine
{
    private const string Start = "GET ";
    private const string QuotedStart = "\"GET ";

    /// <summary>The URL of the request that a text begins with, in its place: what stands before it is blank.</summary>
    /// <returns>Null: it begins with something else.</returns>
    /// <exception cref="UsageException">There are several requests.</exception>
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
            throw new UsageException(FormattableString.Invariant($"\"cct lint\" looks at one callout at a time, and line {second + 1} of {file} holds another."));
        }

        (int start, int end) = url;
        string before = string.Concat(lines.Take(first).Select(line => line + "\n"));
        return before + new string(' ', start) + lines[first][start..end];
    }

    /// <summary>Where the URL of a request stands in a line.</summary>
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
