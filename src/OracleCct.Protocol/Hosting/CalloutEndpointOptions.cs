using System;

namespace OracleCct.Protocol;

/// <summary>What the body of a successful reply is.</summary>
/// <remarks>Oracle shows no successful reply, so either may be right.</remarks>
public enum SuccessBody
{
    /// <summary>No body.</summary>
    Empty,

    /// <summary>A document without events: <c>&lt;CCTSDK&gt;&lt;/CCTSDK&gt;</c>.</summary>
    EmptyDocument,
}

/// <summary>Under which key an Error reply carries its text.</summary>
public enum ErrorKey
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
    /// <value><see cref="SuccessBody.Empty"/> by default.</value>
    public SuccessBody SuccessBody { get; init; } = SuccessBody.Empty;

    /// <summary>Under which key an Error reply carries its text.</summary>
    /// <value><see cref="ErrorKey.OcctErrorMsg"/> by default.</value>
    public ErrorKey ErrorKey { get; init; } = ErrorKey.OcctErrorMsg;

    /// <summary>The clock of <see cref="CalloutContext.ReceivedAt"/>, of deadlines and of durations.</summary>
    /// <value><see cref="System.TimeProvider.System"/> by default; never null.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public TimeProvider TimeProvider { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = TimeProvider.System;
}
