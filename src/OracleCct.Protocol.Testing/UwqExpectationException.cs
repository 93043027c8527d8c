using System;

namespace OracleCct.Protocol.Testing;

/// <summary>
/// Occurs when the softphone does not do what the test expects. The message says what was expected and what arrived, and shows the transcript without
/// passwords.
/// </summary>
public sealed class UwqExpectationException : Exception
{
    internal UwqExpectationException(string message)
        : base(message)
    {
    }
}
