namespace OracleCct.Protocol;

/// <summary>Specifies why the guard refused a request.</summary>
public enum CalloutRefusal
{
    /// <summary>The sender's address is not allowed, or is not known.</summary>
    Peer,

    /// <summary>
    /// The <c>Host</c> header names neither loopback with the listener's port nor an allowed host: a web page may have made its own name resolve to this
    /// machine.
    /// </summary>
    Host,

    /// <summary>A header shows that a browser sent the request for a page that is not allowed.</summary>
    Browser,

    /// <summary>The method is not GET.</summary>
    Method,

    /// <summary>The request has a body.</summary>
    Body,
}
