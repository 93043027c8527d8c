using System;

namespace OracleCct.Protocol;

/// <summary>Represents the reply to a callout: that it was carried out, or the reason why not.</summary>
/// <remarks>Immutable, and safe to use from several threads. Source: Oracle's examples for the Error; the form of a success is not known.</remarks>
public sealed record CalloutReply
{
    private CalloutReply(string? errorMessage) => ErrorMessage = errorMessage;

    /// <summary>Gets the reply that the callout was carried out, or has begun.</summary>
    public static CalloutReply Success { get; } = new(errorMessage: null);

    /// <summary>Gets whether the callout was carried out.</summary>
    public bool IsSuccess => ErrorMessage is null;

    /// <summary>Gets the reason why it was not, for the agent to read. Null for a success.</summary>
    public string? ErrorMessage { get; }

    /// <summary>Gets the exception that the handler threw, for the observers. Null if there is none.</summary>
    internal Exception? Failure { get; private init; }

    /// <summary>Returns the reply that the callout was not carried out.</summary>
    /// <param name="message">The reason, in words for the agent who reads it: no stack trace, no password.</param>
    /// <returns>The reply.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> is null.</exception>
    public static CalloutReply Error(string message) => new(message ?? throw new ArgumentNullException(nameof(message)));

    /// <summary>Returns the reply to a callout that failed by an exception.</summary>
    internal static CalloutReply Failed(string message, Exception failure) => new(message) { Failure = failure };
}
