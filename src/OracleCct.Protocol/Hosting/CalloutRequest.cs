using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace OracleCct.Protocol;

/// <summary>Represents the parts of an HTTP request that matter for a callout, from any web server.</summary>
/// <remarks>
/// Immutable, and safe to use from several threads. Everything that the guard checks is required, so that a host cannot omit it. <c>ToString</c> does not show
/// the query, which may contain a password.
/// </remarks>
public sealed record CalloutRequest
{
    /// <summary>Initializes an empty request. Set the required properties.</summary>
    public CalloutRequest()
    {
    }

    /// <summary>Initializes a request.</summary>
    /// <param name="method"><see cref="Method"/>.</param>
    /// <param name="query"><see cref="Query"/>.</param>
    /// <param name="headers"><see cref="Headers"/>.</param>
    /// <param name="remoteAddress"><see cref="RemoteAddress"/>.</param>
    /// <param name="localPort"><see cref="LocalPort"/>.</param>
    /// <param name="contentLength"><see cref="ContentLength"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="method"/>, <paramref name="query"/> or <paramref name="headers"/> is null.</exception>
    [SetsRequiredMembers]
    public CalloutRequest(
        string method, string query, IEnumerable<KeyValuePair<string, string>> headers, IPAddress? remoteAddress, int localPort, long contentLength = 0)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(headers);
        Method = method;
        Query = query;
        Headers = headers;
        RemoteAddress = remoteAddress;
        LocalPort = localPort;
        ContentLength = contentLength;
    }

    /// <summary>Gets the HTTP method, as received.</summary>
    public required string Method { get; init; }

    /// <summary>Gets the query string as received, not decoded, with or without its question mark; or the path or the URL that ends with it.</summary>
    public required string Query { get; init; }

    /// <summary>Gets all headers as received, one entry for each line, in any case.</summary>
    public required IEnumerable<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>
    /// Gets the address of the machine that sent the request. Null if it is not known: the guard then refuses the request, unless <see
    /// cref="CalloutGuardOptions.Peers"/> is <see cref="AddressSet.Any"/>.
    /// </summary>
    public required IPAddress? RemoteAddress { get; init; }

    /// <summary>Gets the port on which the request arrived, which its <c>Host</c> header must name.</summary>
    public required int LocalPort { get; init; }

    /// <summary>
    /// Gets the length of the body that the request announces, in bytes: 0 for no body, -1 for a body of unknown length. The body is never read.
    /// </summary>
    /// <value>0 by default.</value>
    public long ContentLength { get; init; }

    /// <summary>Returns the method and the sender, without the query.</summary>
    public override string ToString() => $"{Method} from {RemoteAddress?.ToString() ?? "unknown"}";
}
