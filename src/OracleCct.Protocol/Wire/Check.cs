using System;

namespace OracleCct.Protocol;

/// <summary>Checks the values of options. Each method returns the value, so that an <c>init</c> accessor is one expression.</summary>
internal static class Check
{
    private static readonly TimeSpan OneDay = TimeSpan.FromDays(1);

    /// <summary>Returns a number that is in a range, both ends included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside the range.</exception>
    public static int Between(int value, int lowest, int highest) =>
        value >= lowest && value <= highest
            ? value
            : throw OutOfRange(value, FormattableString.Invariant($"Use a number from {lowest:N0} to {highest:N0}."));

    /// <summary>Returns a TCP port, from 1 to 65535.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a TCP port.</exception>
    public static int Port(int value) => value is >= 1 and <= 65535 ? value : throw OutOfRange(value, "Use a TCP port from 1 to 65535.");

    /// <summary>Returns a duration from zero to a day.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or longer than a day.</exception>
    public static TimeSpan UpToADay(TimeSpan value) =>
        value >= TimeSpan.Zero && value <= OneDay ? value : throw OutOfRange(value, "Use a duration from zero to one day.");

    /// <summary>Returns a duration that is greater than zero and at most a day.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not greater than zero, or is longer than a day.</exception>
    public static TimeSpan PositiveUpToADay(TimeSpan value) =>
        value > TimeSpan.Zero && value <= OneDay ? value : throw OutOfRange(value, "Use a duration greater than zero and at most one day.");

    /// <summary>Returns a value that its enumeration defines.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The enumeration does not define the value.</exception>
    public static TEnum Defined<TEnum>(TEnum value)
        where TEnum : struct, Enum =>
        Enum.IsDefined(value) ? value : throw OutOfRange(value, $"Use one of the values of {typeof(TEnum).Name}.");

    private static ArgumentOutOfRangeException OutOfRange(object value, string advice) =>
        new(nameof(value), value, $"The value is out of range. {advice}");
}
