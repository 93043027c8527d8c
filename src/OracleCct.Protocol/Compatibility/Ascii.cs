#if NETSTANDARD2_0
using System.Buffers;

namespace System.Text;

/// <summary>Provides what the class of this name has on newer platforms.</summary>
internal static class Ascii
{
    /// <summary>Copies ASCII bytes to characters.</summary>
    /// <returns><see cref="OperationStatus.InvalidData"/> at the first byte that is not ASCII.</returns>
    public static OperationStatus ToUtf16(ReadOnlySpan<byte> source, Span<char> destination, out int charsWritten)
    {
        for (charsWritten = 0; charsWritten < source.Length; charsWritten++)
        {
            if (source[charsWritten] >= 0x80)
            {
                return OperationStatus.InvalidData;
            }

            destination[charsWritten] = (char)source[charsWritten];
        }

        return OperationStatus.Done;
    }
}
#endif
