using System;

namespace OracleCct.Protocol;

/// <summary>Represents how a <see cref="CctXmlFormatter"/> reads.</summary>
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

    /// <summary>Gets the length of the longest document that is read: of bytes in bytes, and of a text in UTF-16 characters.</summary>
    /// <value>65536 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxLength
    {
        get;
        init => field = Check.Between(value, 1, int.MaxValue);
    } = 65536;
}
