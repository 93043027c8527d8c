using System;
using System.Text;

namespace OracleCct.Protocol;

/// <summary>What the platforms' decoders do differently.</summary>
internal static class Decoding
{
    /// <summary>Whether an exception says that bytes are not of an encoding: strict fallbacks throw kinds of the former; some East Asian encodings of Mono run out of their tables instead.</summary>
    public static bool Failed(Exception exception) => exception is ArgumentException or IndexOutOfRangeException;

#if NET
    public static string GetString(Encoding encoding, ReadOnlySpan<byte> bytes) => encoding.GetString(bytes);
#else
    public static string GetString(Encoding encoding, ReadOnlySpan<byte> bytes) => encoding.GetString(bytes.ToArray());
#endif
}
