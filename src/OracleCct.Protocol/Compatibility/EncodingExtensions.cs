#if NETSTANDARD2_0
namespace System.Text;

/// <summary>Provides what <see cref="Encoding"/> has on newer platforms.</summary>
internal static class EncodingExtensions
{
    /// <summary>Decodes bytes to a string.</summary>
    public static string GetString(this Encoding encoding, ReadOnlySpan<byte> bytes) => encoding.GetString(bytes.ToArray());
}
#endif
