using System;

namespace OracleCct.Protocol.Testing;

/// <summary>The softphone did not do what the test expected. The message says what was expected and what came, and shows the transcript, without passwords.</summary>
public sealed class UwqExpectationException : Exception
{
    internal UwqExpectationException(string message)
        : base(message)
    {
    }
}
