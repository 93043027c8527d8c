#if NETSTANDARD2_0
namespace System.Buffers;

/// <summary>Represents a set of characters to search for. Unlike the platform's own, it can hold ASCII only.</summary>
internal sealed class SearchValues<T>(bool[] contains)
{
    public bool Contains(char c) => c < contains.Length && contains[c];
}

/// <summary>Provides what the platform's own class has on newer platforms.</summary>
internal static class SearchValues
{
    public static SearchValues<char> Create(ReadOnlySpan<char> values)
    {
        bool[] contains = new bool[0x80];
        foreach (char c in values)
        {
            contains[c] = true;
        }

        return new(contains);
    }
}
#endif
