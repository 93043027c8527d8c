using System;

namespace OracleCct.Protocol;

/// <summary>How the platform's decoders say that bytes are not of their encoding.</summary>
internal static class Decoding
{
    /// <summary>Strict fallbacks throw kinds of the former; some East Asian encodings of Mono run out of their tables instead.</summary>
    public static bool Failed(Exception exception) => exception is ArgumentException or IndexOutOfRangeException;
}
