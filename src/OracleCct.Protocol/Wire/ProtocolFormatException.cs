using System;

namespace OracleCct.Protocol;

/// <summary>
/// The exception that is thrown when a text is not a message of this protocol, or when a message cannot be written. The formatters report both with no
/// other exception.
/// </summary>
/// <remarks>It has no inner exception: the platform's exceptions quote the text, which may contain a password.</remarks>
public sealed class ProtocolFormatException : FormatException
{
    /// <summary>Initializes a new instance for an error.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="error"/> is null.</exception>
    public ProtocolFormatException(ProtocolError error)
        : base((error ?? throw new ArgumentNullException(nameof(error))).Message) => Error = error;

    /// <summary>Gets what is wrong, and where.</summary>
    public ProtocolError Error { get; }
}
