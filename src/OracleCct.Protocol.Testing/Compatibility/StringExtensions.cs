#if NETSTANDARD2_0
using System;

namespace OracleCct.Protocol.Testing;

/// <summary>What later platforms have.</summary>
internal static class StringExtensions
{
    public static bool Contains(this string text, string part, StringComparison comparison) => text.IndexOf(part, comparison) >= 0;
}
#endif
