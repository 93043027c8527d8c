#if NETSTANDARD2_0
using System.Buffers;

namespace System;

/// <summary>Provides what <see cref="MemoryExtensions"/> has on newer platforms.</summary>
internal static class SpanExtensions
{
    /// <summary>Returns the index of the first character that is not in a set, or -1.</summary>
    public static int IndexOfAnyExcept(this ReadOnlySpan<char> text, SearchValues<char> values)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!values.Contains(text[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
#endif
