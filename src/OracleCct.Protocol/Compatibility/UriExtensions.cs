#if NETSTANDARD2_0
namespace System;

/// <summary>Provides what <see cref="Uri"/> has on newer platforms.</summary>
internal static class UriExtensions
{
    // .NET Framework refuses longer texts.
    private const int LongestPart = 32_000;

    extension(Uri)
    {
        /// <summary>Escapes a text if the destination has room for it.</summary>
        public static bool TryEscapeDataString(ReadOnlySpan<char> text, Span<char> destination, out int charsWritten)
        {
            charsWritten = 0;
            while (!text.IsEmpty)
            {
                int length = Math.Min(text.Length, LongestPart);
                length -= length < text.Length && char.IsHighSurrogate(text[length - 1]) ? 1 : 0;
                string part = Uri.EscapeDataString(text.Slice(0, length).ToString());
                if (!part.AsSpan().TryCopyTo(destination.Slice(charsWritten)))
                {
                    return false;
                }

                charsWritten += part.Length;
                text = text.Slice(length);
            }

            return true;
        }
    }
}
#endif
