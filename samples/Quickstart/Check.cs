using System;
using System.Collections.Generic;

namespace OracleCct.Samples;

internal static class Check
{
    public static void Same<T>(string what, T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new UnexpectedException(Transcript.HidePassword($"{what}\n  expected: {expected}\n  actual:   {actual}"));
        }
    }
}

/// <summary>Reports an unexpected result. The message contains the expected and the actual value.</summary>
internal sealed class UnexpectedException(string message) : Exception(message);
