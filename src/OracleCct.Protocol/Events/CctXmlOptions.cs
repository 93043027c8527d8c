using System;

namespace OracleCct.Protocol;

/// <summary>How a <see cref="CctXmlFormatter"/> reads.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record CctXmlOptions
{
    /// <summary>Initializes a new instance with the defaults.</summary>
    public CctXmlOptions()
    {
    }

    /// <summary>Initializes a new instance, for languages without <c>init</c>. <see langword="null"/> keeps a default.</summary>
    /// <param name="maxLength">See <see cref="MaxLength"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxLength"/> is less than 1.</exception>
    public CctXmlOptions(int? maxLength = null) => MaxLength = maxLength ?? MaxLength;

    /// <summary>The longest document that is read: in bytes when bytes are given, in UTF-16 characters when text is given.</summary>
    /// <value>65536 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxLength
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A limit is at least 1.");
    } = 65536;
}
