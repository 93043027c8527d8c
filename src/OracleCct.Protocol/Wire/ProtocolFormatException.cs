using System;

namespace OracleCct.Protocol;

/// <summary>
/// A text that is no message of this protocol, or a message that the wire cannot carry. It is the only exception with which the
/// formatters report such a thing.
/// </summary>
/// <remarks>It has no inner exception: those of the platform quote the text, and the text may hold a password.</remarks>
public sealed class ProtocolFormatException : FormatException
{
    /// <summary>Makes the exception for an error.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="error"/> is null.</exception>
    public ProtocolFormatException(ProtocolError error)
        : base((error ?? throw new ArgumentNullException(nameof(error))).Message) => Error = error;

    /// <summary>What is wrong, and where.</summary>
    public ProtocolError Error { get; }
}
