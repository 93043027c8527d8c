using System;
using System.Collections.Generic;

namespace OracleCct.Samples;

internal static class Check
{
    public static void Same<T>(string what, T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new UnexpectedException(Transcript.HidePassword($"{what}\n  expected: {expected}\n  came:     {actual}"));
        }
    }
}

/// <summary>Something did not go as expected; the message says what was expected and what came.</summary>
internal sealed class UnexpectedException(string message) : Exception(message);
