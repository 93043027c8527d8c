using System;
using System.Collections.Generic;

namespace OracleCct.Protocol;

/// <summary>What a web server is to answer to a callout.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed class CalloutResponse
{
    internal CalloutResponse(int statusCode, string? contentType, ReadOnlyMemory<byte> body, params KeyValuePair<string, string>[] headers)
    {
        StatusCode = statusCode;
        ContentType = contentType;
        Body = body;
        Headers = headers;
    }

    /// <summary>
    /// The HTTP status. 200 also when the callout failed: a Java client cannot read the body of any other. 403 or 405 for a request that the guard refuses, 414 for a query and 413 for a body that is too long.
    /// </summary>
    public int StatusCode { get; }

    /// <summary>The value of Content-Type. Null when there is no body.</summary>
    public string? ContentType { get; }

    /// <summary>The body, to be sent with its length and not in chunks. Empty for a success, unless the options say otherwise.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Further headers, by name and value. Never null.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }
}
