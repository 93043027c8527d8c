namespace OracleCct.Protocol;

/// <summary>Why the guard refused a request.</summary>
public enum CalloutRefusal
{
    /// <summary>The sender's address is not among the allowed ones, or not known.</summary>
    Peer,

    /// <summary>The <c>Host</c> header names neither loopback with the listener's port nor an allowed host: a web page may have made its own name point here.</summary>
    Host,

    /// <summary>A header says that a browser sent it, on behalf of a page that is not allowed.</summary>
    Browser,

    /// <summary>The method is not GET.</summary>
    Method,

    /// <summary>The request has a body.</summary>
    Body,
}
