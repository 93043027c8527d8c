using System;

namespace OracleCct.Protocol;

/// <summary>What the body of a successful reply is.</summary>
/// <remarks>Oracle shows no successful reply, so either may be right.</remarks>
public enum SuccessReplyBody
{
    /// <summary>No body.</summary>
    Empty,

    /// <summary>A document without events: <c>&lt;CCTSDK&gt;&lt;/CCTSDK&gt;</c>.</summary>
    EmptyDocument,
}

/// <summary>Under which key an Error reply carries its text.</summary>
public enum ErrorReplyKey
{
    /// <summary><c>occtErrorMsg</c>: Basic Telephony Integration.</summary>
    OcctErrorMsg,

    /// <summary><c>KeyErrorDetails</c>: Direct Integration.</summary>
    KeyErrorDetails,
}

/// <summary>How a <see cref="CalloutEndpoint"/> reads and answers.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record CalloutEndpointOptions
{
    /// <summary>Which requests may be callouts.</summary>
    /// <value>The defaults of <see cref="CalloutGuardOptions"/>; never null.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public CalloutGuardOptions Guard { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();

    /// <summary>How query strings are read.</summary>
    /// <value>The defaults of <see cref="CalloutQueryOptions"/>; never null.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public CalloutQueryOptions Query { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();

    /// <summary>What the body of a successful reply is.</summary>
    /// <value><see cref="SuccessReplyBody.Empty"/> by default.</value>
    public SuccessReplyBody SuccessReplyBody { get; init; } = SuccessReplyBody.Empty;

    /// <summary>Under which key an Error reply carries its text.</summary>
    /// <value><see cref="ErrorReplyKey.OcctErrorMsg"/> by default.</value>
    public ErrorReplyKey ErrorReplyKey { get; init; } = ErrorReplyKey.OcctErrorMsg;

    /// <summary>
    /// How long a callout may take from its arrival, the wait for its turn included. Then it is answered with an Error and its handler's token is cancelled. A handler that does not heed that keeps its
    /// agent's further callouts waiting until it ends: they are never carried out side by side.
    /// </summary>
    /// <value>10 seconds by default. How long EBS waits is not known.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not greater than zero, or is more than a day.</exception>
    public TimeSpan Deadline { get; init => field = Check.PositiveUpToADay(value); } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How many callouts may be carried out at the same time; those of one agent are not. One that has outlasted its deadline counts until its handler ends. A handler that blocks its thread takes it from the
    /// thread pool, so where handlers do that this is better a small number.
    /// </summary>
    /// <value>100 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 1 to 100,000.</exception>
    public int MaxConcurrentCallouts { get; init => field = Check.Between(value, 1, 100_000); } = 100;

    /// <summary>How many callouts may wait for their turn. Any more are answered with an Error at once.</summary>
    /// <value>1,000 by default. 0: none waits.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1,000,000.</exception>
    public int MaxWaitingCallouts { get; init => field = Check.Between(value, 0, 1_000_000); } = 1000;

    /// <summary>
    /// How long after its end a MakeCall or DialCanonical that comes again, equal in every field, is a repetition: it gets the first one's reply, whatever that was, and nothing is dialled. While the first
    /// waits or runs it always is one. At most 1,000 that have ended are remembered.
    /// </summary>
    /// <remarks>Java's HTTP client sends a GET again by itself when its connection dies before the answer.</remarks>
    /// <value>2 seconds by default. Zero: only while the first waits or runs.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or more than a day.</exception>
    public TimeSpan RepeatWindow { get; init => field = Check.UpToADay(value); } = TimeSpan.FromSeconds(2);
}
