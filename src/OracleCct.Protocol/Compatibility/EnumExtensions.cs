#if NETSTANDARD2_0
namespace System;

/// <summary>Provides what <see cref="Enum"/> has on newer platforms.</summary>
internal static class EnumExtensions
{
    extension(Enum)
    {
        /// <summary>Indicates whether an enumeration defines a value.</summary>
        public static bool IsDefined<TEnum>(TEnum value)
            where TEnum : struct, Enum =>
            Enum.IsDefined(typeof(TEnum), value);
    }
}
#endif
