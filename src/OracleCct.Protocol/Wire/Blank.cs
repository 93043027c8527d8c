using System;

namespace OracleCct.Protocol;

/// <summary>Represents the characters that XML treats as blank. A URL has none of them.</summary>
internal static class Blank
{
    public static ReadOnlySpan<char> All => [' ', '\t', '\r', '\n'];

    public static bool Is(char c) => c is ' ' or '\t' or '\r' or '\n';
}
