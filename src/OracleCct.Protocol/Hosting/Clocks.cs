using System;

namespace OracleCct.Protocol;

/// <summary>What is asked of a clock that may be anybody's.</summary>
internal static class Clocks
{
    /// <summary>How long ago something was, for those who are told of it; nothing, when the clock fails.</summary>
    public static TimeSpan ElapsedOrZero(this TimeProvider time, long since)
    {
        try
        {
            return time.GetElapsedTime(since);
        }
#pragma warning disable CA1031 // An answer must not be lost for the sake of a figure.
        catch (Exception)
#pragma warning restore CA1031
        {
            return TimeSpan.Zero;
        }
    }
}
