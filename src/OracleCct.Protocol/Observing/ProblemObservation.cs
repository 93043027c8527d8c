using System;

namespace OracleCct.Protocol;

/// <summary>Something that the operator of the softphone should know and that belongs to no message, such as a damaged file that was set aside.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record ProblemObservation : CctObservation
{
    /// <summary>What has happened and what to do, in one English sentence. Never null.</summary>
    public required string Message { get; init; }

    /// <summary>What the platform reported. Null when nothing was thrown.</summary>
    public Exception? Exception { get; init; }

    internal override bool HoldsForeignText => Exception is not null;

    internal override void WriteTo(JsonLine line)
    {
        line.Add("kind", "problem");
        line.Add("message", Message);
        line.Add("exception", Exception?.GetType().FullName);
    }

    /// <summary>The message, without the exception, whose text is not the library's own.</summary>
    public override string ToString() => $"Problem: {Message}";
}
