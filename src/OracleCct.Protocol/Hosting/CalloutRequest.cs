using System.Net;

namespace OracleCct.Protocol;

/// <summary>An HTTP request as far as a callout is concerned, of whatever web server.</summary>
/// <remarks>Immutable, and safe to use from several threads. <c>ToString</c> shows no query, which may hold a password.</remarks>
public sealed record CalloutRequest
{
    /// <summary>The HTTP method, as received.</summary>
    public required string Method { get; init; }

    /// <summary>
    /// The query string as received, undecoded, with or without its question mark; or the path or the URL that ends with it.
    /// </summary>
    public required string Query { get; init; }

    /// <summary>The address of the machine that sent the request. Null when it is not known.</summary>
    public IPAddress? RemoteAddress { get; init; }

    /// <summary>How many bytes of body the request announces: 0 for none, -1 for a body of unknown length. A callout's body is never read.</summary>
    /// <value>0 by default.</value>
    public long ContentLength { get; init; }

    /// <summary>Method and sender, without the query.</summary>
    public override string ToString() => $"{Method} from {RemoteAddress?.ToString() ?? "unknown"}";
}
