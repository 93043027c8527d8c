using System.Collections.Generic;
using System.Net;

namespace OracleCct.Protocol;

/// <summary>An HTTP request as far as a callout is concerned, of whatever web server.</summary>
/// <remarks>
/// Immutable, and safe to use from several threads. All that the guard decides by is required, so that no host can forget it. <c>ToString</c> shows no query, which may hold a password.
/// </remarks>
public sealed record CalloutRequest
{
    /// <summary>The HTTP method, as received.</summary>
    public required string Method { get; init; }

    /// <summary>
    /// The query string as received, undecoded, with or without its question mark; or the path or the URL that ends with it.
    /// </summary>
    public required string Query { get; init; }

    /// <summary>All headers as received, one entry for each line, in whatever case.</summary>
    public required IEnumerable<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>The address of the machine that sent the request. Null when it is not known: the guard then takes it for a stranger.</summary>
    public required IPAddress? RemoteAddress { get; init; }

    /// <summary>The port that the request came in by, which its <c>Host</c> header must name.</summary>
    public required int LocalPort { get; init; }

    /// <summary>How many bytes of body the request announces: 0 for none, -1 for a body of unknown length. A callout's body is never read.</summary>
    /// <value>0 by default.</value>
    public long ContentLength { get; init; }

    /// <summary>Method and sender, without the query.</summary>
    public override string ToString() => $"{Method} from {RemoteAddress?.ToString() ?? "unknown"}";
}
