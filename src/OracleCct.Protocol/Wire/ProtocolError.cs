namespace OracleCct.Protocol;

/// <summary>Why a text is no message of this protocol, or why a message cannot be written.</summary>
public enum ProtocolErrorKind
{
    /// <summary>The text is not of the form at all: no query string, not well-formed XML, an element where none may be.</summary>
    Malformed,

    /// <summary>The text is longer than the formatter's limit.</summary>
    TooLong,

    /// <summary>A field that this message must have is not there.</summary>
    MissingField,

    /// <summary>A field that may stand once stands twice.</summary>
    DuplicateField,

    /// <summary>A field's value is not of the field's type, such as a port that is no number.</summary>
    InvalidValue,

    /// <summary>A character that this wire cannot carry: half a surrogate pair or, in XML, a control character.</summary>
    InvalidCharacter,

    /// <summary>The bytes do not fit the character encoding that they are said to have, or that encoding is not known here.</summary>
    InvalidEncoding,

    /// <summary>The XML declares a document type, which is never read.</summary>
    DtdProhibited,
}

/// <summary>What is wrong with a text or a message, and where. It never holds a value, so it is safe to log and to send back.</summary>
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

    /// <summary>What sort of error it is.</summary>
    public ProtocolErrorKind Kind { get; }

    /// <summary>
    /// The wire name of the field concerned, such as <c>agentID</c>. Null when no field is concerned, or when the field is not one
    /// that this library knows: an unknown name may be a piece of somebody's unescaped password.
    /// </summary>
    public string? Field { get; }

    /// <summary>
    /// Where, counted from 0 in UTF-16 characters: in the text that was read (for bytes, in the text that they decode to, or
    /// in the bytes themselves where they do not decode), or in the field's value when a message is written.
    /// </summary>
    public int Offset { get; }

    /// <summary>One English sentence that says all of this.</summary>
    public string Message { get; }

    /// <summary>The same as <see cref="Message"/>.</summary>
    public override string ToString() => Message;
}
