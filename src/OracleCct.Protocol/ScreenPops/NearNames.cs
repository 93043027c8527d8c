using System;
using System.Collections.Generic;
using System.Text;

namespace OracleCct.Protocol;

/// <summary>Finds the known key that was probably meant by a name.</summary>
internal static class NearNames
{
    // A typing error in a shorter name makes it another word.
    private const int ShortestForSlips = 6;
    private const int Longest = 40;

    private static readonly Dictionary<string, ScreenPopKey> BySkeleton = Skeletons();

    public static ScreenPopKey? Find(string name)
    {
        if (name.Length > Longest)
        {
            return null;
        }

        if (BySkeleton.TryGetValue(Skeleton(name), out ScreenPopKey? same))
        {
            return same;
        }

        foreach (ScreenPopKey key in ScreenPopKeys.All)
        {
            if (key.Name.Length >= ShortestForSlips && IsOneSlip(name, key.Name))
            {
                return key;
            }
        }

        return null;
    }

    /// <summary>Returns a name without the parts that are often wrong: case, separators, the prefix of some keys, and "Number" in full.</summary>
    private static string Skeleton(string name)
    {
        var letters = new StringBuilder(name.Length);
        foreach (char c in name)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                _ = letters.Append(Lower(c));
            }
        }

        string text = letters.Replace("number", "num").ToString();
        return text.StartsWith("occt", StringComparison.Ordinal) ? text.Substring(4) : text;
    }

    private static Dictionary<string, ScreenPopKey> Skeletons()
    {
        var skeletons = new Dictionary<string, ScreenPopKey>(StringComparer.Ordinal);
        foreach (ScreenPopKey key in ScreenPopKeys.All)
        {
            skeletons[Skeleton(key.Name)] = key;
        }

        return skeletons;
    }

    /// <summary>
    /// Indicates whether the names differ by one letter, or by two that are exchanged. A digit at the end is not an error: it names a second key of the same
    /// kind.
    /// </summary>
    private static bool IsOneSlip(string name, string key)
    {
        if (Math.Abs(name.Length - key.Length) > 1 || name.Length == 0 || char.IsAsciiDigit(name[name.Length - 1]))
        {
            return false;
        }

        int start = 0;
        while (start < name.Length && start < key.Length && Lower(name[start]) == Lower(key[start]))
        {
            start++;
        }

        int end = 0;
        while (end < name.Length - start && end < key.Length - start && Lower(name[name.Length - 1 - end]) == Lower(key[key.Length - 1 - end]))
        {
            end++;
        }

        int left = name.Length - start - end;
        int right = key.Length - start - end;
        return (left <= 1 && right <= 1)
            || (left == 2 && right == 2 && Lower(name[start]) == Lower(key[start + 1]) && Lower(name[start + 1]) == Lower(key[start]));
    }

    private static char Lower(char c) => c is >= 'A' and <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}
