using System;

namespace OracleCct.Protocol;

/// <summary>Evens out the platforms' decoders.</summary>
internal static class Decoding
{
    /// <summary>
    /// Indicates whether an exception reports bytes that an encoding does not have. Strict fallbacks throw an <see cref="ArgumentException"/>; some East Asian
    /// encodings of Mono exceed their tables instead.
    /// </summary>
    public static bool Failed(Exception exception) => exception is ArgumentException or IndexOutOfRangeException;
}
