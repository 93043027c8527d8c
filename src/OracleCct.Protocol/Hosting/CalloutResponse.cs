using System;
using System.Collections.Generic;

namespace OracleCct.Protocol;

/// <summary>Represents the HTTP response to a callout.</summary>
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
    /// Gets the HTTP status. It is 200 also if the callout failed: a Java client cannot read the body of another status. It is 403 or 405 for a request that
    /// the guard refuses, 414 for a query that is too long, and 413 for a body that is too long.
    /// </summary>
    public int StatusCode { get; }

    /// <summary>Gets the value of Content-Type. Null if there is no body.</summary>
    public string? ContentType { get; }

    /// <summary>Gets the body. Send it with its length, not in chunks. Empty for a success, unless the options say otherwise.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Gets the other headers, by name and value. Never null.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }
}
