using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace OracleCct.Protocol.Testing;

/// <summary>Represents the first line and the headers of a request or a response.</summary>
internal sealed class HttpHead(string startLine, IReadOnlyList<KeyValuePair<string, string>> headers)
{
    public string StartLine { get; } = startLine;

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; } = headers;

    /// <summary>Gets the value of a header; null when there is none.</summary>
    public string? this[string name] => Headers.FirstOrDefault(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    public bool IsChunked => Has("Transfer-Encoding", "chunked");

    /// <summary>Gets the length; null when the header is missing or not a number.</summary>
    public long? ContentLength => long.TryParse(this["Content-Length"], NumberStyles.None, CultureInfo.InvariantCulture, out long length) ? length : null;

    /// <summary>Gets the status of a response; null when the first line has none.</summary>
    public int? StatusCode
    {
        get
        {
            string[] parts = StartLine.Split(' ');
            return parts.Length >= 2
                && parts[0].StartsWith("HTTP/", StringComparison.Ordinal)
                && parts[1].Length == 3
                && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int status)
                ? status
                : null;
        }
    }

    public bool Has(string name, string word) => this[name] is { } value && value.Contains(word, StringComparison.OrdinalIgnoreCase);
}
