#if NETSTANDARD2_0
namespace OracleCct.Protocol;

/// <summary>Provides what <see cref="char"/> has on newer platforms, to files that do not use its namespace too.</summary>
internal static class CharExtensions
{
    extension(char)
    {
        /// <summary>Indicates whether a character is one of 0 to 9.</summary>
        public static bool IsAsciiDigit(char c) => c is >= '0' and <= '9';

        /// <summary>Indicates whether a character is one of a to z, in either case.</summary>
        public static bool IsAsciiLetter(char c) => (c | 0x20) is >= 'a' and <= 'z';

        /// <summary>Indicates whether a character is one of 0 to 9, or of a to z in either case.</summary>
        public static bool IsAsciiLetterOrDigit(char c) => char.IsAsciiDigit(c) || char.IsAsciiLetter(c);
    }
}
#endif
