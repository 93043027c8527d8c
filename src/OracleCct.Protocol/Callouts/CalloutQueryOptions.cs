using System;
using System.Text;

namespace OracleCct.Protocol;

/// <summary>What a <c>+</c> in the value of a query string stands for.</summary>
/// <remarks>
/// How EBS encodes values is not documented. A client that uses Java's <c>URLEncoder</c> sends a space as <c>+</c>; one that encodes nothing
/// sends the plus of an international number as it is.
/// </remarks>
public enum QueryPlusSign
{
    /// <summary>
    /// A plus at the start of a value with a digit right behind it is a plus, as in <c>+15551234567</c>; any other is a space.
    /// Right for both kinds of client, except for a value that begins with a space and a digit.
    /// </summary>
    Smart,

    /// <summary>Every plus is a space, as HTML forms and <c>URLEncoder</c> have it.</summary>
    Space,

    /// <summary>Every plus is a plus, as RFC 3986 has it.</summary>
    Literal,
}

/// <summary>How a <see cref="CalloutQueryFormatter"/> reads.</summary>
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
    /// <param name="fallbackEncoding">See <see cref="FallbackEncoding"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxLength"/> is less than 1.</exception>
    public CalloutQueryOptions(int? maxLength = null, QueryPlusSign? plusSign = null, Encoding? fallbackEncoding = null)
    {
        MaxLength = maxLength ?? MaxLength;
        PlusSign = plusSign ?? PlusSign;
        FallbackEncoding = fallbackEncoding ?? FallbackEncoding;
    }

    /// <summary>The longest text that is read, in characters: the whole of what is given, with address and question mark.</summary>
    /// <value>8192 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxLength
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A limit is at least 1.");
    } = 8192;

    /// <summary>What a <c>+</c> in a value stands for. In a name it is always a space.</summary>
    /// <value><see cref="QueryPlusSign.Smart"/> by default.</value>
    public QueryPlusSign PlusSign { get; init; } = QueryPlusSign.Smart;

    /// <summary>
    /// The encoding of a value whose escaped bytes are not UTF-8. Null: such a value is an error.
    /// </summary>
    /// <value>ISO-8859-1 by default, which has a character for every byte: nothing is lost.</value>
    public Encoding? FallbackEncoding { get; init; } = Encoding.GetEncoding("iso-8859-1");
}
