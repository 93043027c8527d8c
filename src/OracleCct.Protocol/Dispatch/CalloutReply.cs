using System;

namespace OracleCct.Protocol;

/// <summary>What EBS is told about a callout: that it was carried out, or why not.</summary>
/// <remarks>Immutable, and safe to use from several threads. Source: Oracle's examples for the Error; how a success is told is not known.</remarks>
public sealed record CalloutReply
{
    private CalloutReply(string? errorMessage) => ErrorMessage = errorMessage;

    /// <summary>The callout was carried out, or has begun to be.</summary>
    public static CalloutReply Success { get; } = new(errorMessage: null);

    /// <summary>Whether the callout was carried out.</summary>
    public bool IsSuccess => ErrorMessage is null;

    /// <summary>Why it was not, for the agent to read. Null for a success.</summary>
    public string? ErrorMessage { get; }

    /// <summary>What was thrown in place of a reply, for the observers. Null when nothing was.</summary>
    internal Exception? Failure { get; private init; }

    /// <summary>The callout was not carried out.</summary>
    /// <param name="message">Why, in words for the agent who reads it: no stack trace, no password.</param>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> is null.</exception>
    public static CalloutReply Error(string message) => new(message ?? throw new ArgumentNullException(nameof(message)));

    /// <summary>The callout was not carried out since something threw.</summary>
    internal static CalloutReply Failed(string message, Exception failure) => new(message) { Failure = failure };
}
