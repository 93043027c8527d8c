using System;
using System.Text;

namespace OracleCct.Protocol;

/// <summary>Specifies what a <c>+</c> in the value of a query string means.</summary>
/// <remarks>
/// How EBS encodes values is not documented. A client that uses Java's <c>URLEncoder</c> sends a space as <c>+</c>; one that encodes
/// nothing sends the plus sign of an international number as it is.
/// </remarks>
public enum QueryPlusSign
{
    /// <summary>
    /// A plus sign at the start of a value, with a digit after it, is a plus sign, as in <c>+15551234567</c>; any other is a space. This is correct for both
    /// kinds of client, except for a value that begins with a space and a digit.
    /// </summary>
    Smart,

    /// <summary>Every plus sign is a space, as in HTML forms and in <c>URLEncoder</c>.</summary>
    Space,

    /// <summary>Every plus sign is a plus sign, as in RFC 3986.</summary>
    Literal,
}

/// <summary>Represents how a <see cref="CalloutQueryFormatter"/> reads.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record CalloutQueryOptions
{
    /// <summary>Initializes a new instance with the defaults.</summary>
    public CalloutQueryOptions()
    {
    }

    /// <summary>Initializes a new instance, for languages without <c>init</c>. <see langword="null"/> keeps a default.</summary>
    /// <param name="maxLength">See <see cref="MaxLength"/>.</param>
    /// <param name="plusSign">See <see cref="PlusSign"/>.</param>
    /// <param name="fallbackEncoding">See <see cref="FallbackEncoding"/>; only the property can be set to <see langword="null"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxLength"/> is less than 1.</exception>
    public CalloutQueryOptions(int? maxLength = null, QueryPlusSign? plusSign = null, Encoding? fallbackEncoding = null)
    {
        MaxLength = maxLength ?? MaxLength;
        PlusSign = plusSign ?? PlusSign;
        FallbackEncoding = fallbackEncoding ?? FallbackEncoding;
    }

    /// <summary>Gets the length of the longest text that is read, in characters, with address and question mark.</summary>
    /// <value>8192 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxLength
    {
        get;
        init => field = Check.Between(value, 1, int.MaxValue);
    } = 8192;

    /// <summary>Gets what a <c>+</c> in a value means. In a name it is always a space.</summary>
    /// <value><see cref="QueryPlusSign.Smart"/> by default.</value>
    public QueryPlusSign PlusSign { get; init; } = QueryPlusSign.Smart;

    /// <summary>
    /// Gets the encoding of a value whose escaped bytes are not UTF-8. With <see langword="null"/>, such a value is an error.
    /// </summary>
    /// <value>ISO-8859-1 by default, which has a character for every byte, so that nothing is lost.</value>
    public Encoding? FallbackEncoding { get; init; } = Encoding.GetEncoding("iso-8859-1");
}
