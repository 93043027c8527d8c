using System;

namespace OracleCct.Protocol;

/// <summary>Specifies the body of a successful reply.</summary>
/// <remarks>Oracle shows no successful reply, so either may be right.</remarks>
public enum SuccessReplyBody
{
    /// <summary>No body.</summary>
    Empty,

    /// <summary>A document without events: <c>&lt;CCTSDK&gt;&lt;/CCTSDK&gt;</c>.</summary>
    EmptyDocument,
}

/// <summary>Specifies the key of the text in an Error reply.</summary>
public enum ErrorReplyKey
{
    /// <summary><c>occtErrorMsg</c>: Basic Telephony Integration.</summary>
    OcctErrorMsg,

    /// <summary><c>KeyErrorDetails</c>: Direct Integration.</summary>
    KeyErrorDetails,
}

/// <summary>Represents the options of a <see cref="CalloutEndpoint"/>.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record CalloutEndpointOptions
{
    /// <summary>Initializes options with the defaults.</summary>
    public CalloutEndpointOptions()
    {
    }

    /// <summary>Initializes options, also from languages that cannot set <c>init</c> properties. <see langword="null"/> keeps a default.</summary>
    /// <param name="guard"><see cref="Guard"/>.</param>
    /// <param name="query"><see cref="Query"/>.</param>
    /// <param name="successReplyBody"><see cref="SuccessReplyBody"/>.</param>
    /// <param name="errorReplyKey"><see cref="ErrorReplyKey"/>.</param>
    /// <param name="deadline"><see cref="Deadline"/>.</param>
    /// <param name="maxConcurrentCallouts"><see cref="MaxConcurrentCallouts"/>.</param>
    /// <param name="maxWaitingCallouts"><see cref="MaxWaitingCallouts"/>.</param>
    /// <param name="repeatWindow"><see cref="RepeatWindow"/>.</param>
    /// <exception cref="ArgumentException">A value is not allowed; see its property.</exception>
    public CalloutEndpointOptions(
        CalloutGuardOptions? guard = null,
        CalloutQueryOptions? query = null,
        SuccessReplyBody? successReplyBody = null,
        ErrorReplyKey? errorReplyKey = null,
        TimeSpan? deadline = null,
        int? maxConcurrentCallouts = null,
        int? maxWaitingCallouts = null,
        TimeSpan? repeatWindow = null)
    {
        Guard = guard ?? Guard;
        Query = query ?? Query;
        SuccessReplyBody = successReplyBody ?? SuccessReplyBody;
        ErrorReplyKey = errorReplyKey ?? ErrorReplyKey;
        Deadline = deadline ?? Deadline;
        MaxConcurrentCallouts = maxConcurrentCallouts ?? MaxConcurrentCallouts;
        MaxWaitingCallouts = maxWaitingCallouts ?? MaxWaitingCallouts;
        RepeatWindow = repeatWindow ?? RepeatWindow;
    }

    /// <summary>Gets the checks that decide whether a request may be a callout.</summary>
    /// <value>The defaults of <see cref="CalloutGuardOptions"/>; never null.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public CalloutGuardOptions Guard { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();

    /// <summary>Gets the options for reading query strings.</summary>
    /// <value>The defaults of <see cref="CalloutQueryOptions"/>; never null.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public CalloutQueryOptions Query { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();

    /// <summary>Gets the body of a successful reply.</summary>
    /// <value><see cref="SuccessReplyBody.Empty"/> by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public SuccessReplyBody SuccessReplyBody { get; init => field = Check.Defined(value); } = SuccessReplyBody.Empty;

    /// <summary>Gets the key of the text in an Error reply.</summary>
    /// <value><see cref="ErrorReplyKey.OcctErrorMsg"/> by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public ErrorReplyKey ErrorReplyKey { get; init => field = Check.Defined(value); } = ErrorReplyKey.OcctErrorMsg;

    /// <summary>
    /// Gets how long a callout may take from its arrival, including the wait for its turn. Then it gets an Error reply, and the token of its handler is
    /// cancelled. A handler that ignores its token delays all further callouts of its agent until it ends: the callouts of one agent never run at the same
    /// time.
    /// </summary>
    /// <value>10 seconds by default. How long EBS waits is not known.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not greater than zero, or is longer than a day.</exception>
    public TimeSpan Deadline { get; init => field = Check.PositiveUpToADay(value); } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Gets how many callouts run at the same time, at most one for each agent. A callout that has exceeded its deadline counts until its handler ends. A
    /// handler that blocks takes its thread from the thread pool, so use a small number if handlers block.
    /// </summary>
    /// <value>100 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 1 to 100,000.</exception>
    public int MaxConcurrentCallouts { get; init => field = Check.Between(value, 1, 100_000); } = 100;

    /// <summary>Gets how many callouts may wait for their turn. Any more get an Error reply at once.</summary>
    /// <value>1,000 by default. With 0, no callout waits.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1,000,000.</exception>
    public int MaxWaitingCallouts { get; init => field = Check.Between(value, 0, 1_000_000); } = 1000;

    /// <summary>
    /// Gets for how long after its end a MakeCall or DialCanonical is remembered. One that arrives within this time and equals it in every field gets the same
    /// reply without being carried out. While the first one waits or runs, an equal one always gets its reply. At most 1,000 that have ended are remembered.
    /// </summary>
    /// <remarks>Java's HTTP client sends a GET again by itself if its connection breaks before the answer.</remarks>
    /// <value>2 seconds by default. Zero: only while the first one waits or runs.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or longer than a day.</exception>
    public TimeSpan RepeatWindow { get; init => field = Check.UpToADay(value); } = TimeSpan.FromSeconds(2);
}
