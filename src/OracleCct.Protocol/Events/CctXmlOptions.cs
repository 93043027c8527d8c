using System;

namespace OracleCct.Protocol;

/// <summary>How a <see cref="CctXmlFormatter"/> reads.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record CctXmlOptions
{
    /// <summary>The longest document that is read: in bytes when bytes are given, in UTF-16 characters when text is given.</summary>
    /// <value>65536 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxLength
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A limit is at least 1.");
    } = 65536;
}
