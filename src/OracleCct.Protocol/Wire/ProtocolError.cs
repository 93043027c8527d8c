namespace OracleCct.Protocol;

/// <summary>Specifies why a text is not a message of this protocol, or why a message cannot be written.</summary>
public enum ProtocolErrorKind
{
    /// <summary>The text does not have the form of a message: it is not a query string or not well-formed XML, or has an element in the wrong place.</summary>
    Malformed,

    /// <summary>The text is longer than the formatter's limit.</summary>
    TooLong,

    /// <summary>A required field is missing.</summary>
    MissingField,

    /// <summary>A field that is allowed once occurs more than once.</summary>
    DuplicateField,

    /// <summary>A field's value does not fit the field, such as a port that is not a number.</summary>
    InvalidValue,

    /// <summary>The message contains a character that cannot be sent: half a surrogate pair or, in XML, a control character.</summary>
    InvalidCharacter,

    /// <summary>The bytes are not valid in their character encoding, or that encoding is unknown.</summary>
    InvalidEncoding,

    /// <summary>The XML declares a document type, which is refused.</summary>
    DtdProhibited,
}

/// <summary>Describes what is wrong with a text or a message, and where. It never contains a value, so it is safe to log and to send back.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record ProtocolError
{
    internal ProtocolError(ProtocolErrorKind kind, string? field, int offset, string problem)
    {
        Kind = kind;
        Field = field;
        Offset = offset;
        Message = System.FormattableString.Invariant($"{problem} (at character {offset}).");
    }

    /// <summary>Gets the kind of error.</summary>
    public ProtocolErrorKind Kind { get; }

    /// <summary>
    /// Gets the wire name of the field, such as <c>agentID</c>. <see langword="null"/> when the error is not about a field, or when the library does not
    /// know the field: an unknown name may be part of an unescaped password.
    /// </summary>
    public string? Field { get; }

    /// <summary>
    /// Gets the offset of the error, from 0, in UTF-16 characters of the text that was read. For bytes it is an offset in the decoded text, or in the
    /// bytes when they do not decode. When a message is written, it is an offset in the field's value.
    /// </summary>
    public int Offset { get; }

    /// <summary>Gets an English sentence that contains the problem and its offset.</summary>
    public string Message { get; }

    /// <summary>Returns <see cref="Message"/>.</summary>
    public override string ToString() => Message;
}
