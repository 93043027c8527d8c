using System;

namespace OracleCct.Protocol;

/// <summary>
/// Represents a problem that the operator of the softphone should know and that does not belong to a message, such as a damaged file that was moved aside.
/// </summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record ProblemObservation : CctObservation
{
    /// <summary>Gets what happened and what to do, in one English sentence. Never <see langword="null"/>.</summary>
    public required string Message { get; init; }

    /// <summary>Gets the exception. <see langword="null"/> when nothing was thrown.</summary>
    public Exception? Exception { get; init; }

    internal override bool HoldsForeignText => Exception is not null;

    internal override void WriteTo(JsonLine line)
    {
        line.Add("kind", "problem");
        line.Add("message", Message);
        line.Add("exception", Exception?.GetType().FullName);
    }

    /// <summary>Returns the message, without the exception, whose text is not the library's own.</summary>
    public override string ToString() => $"Problem: {Message}";
}
