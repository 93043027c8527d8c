using System;
using System.Net;

namespace OracleCct.Protocol;

/// <summary>What became of an event.</summary>
public enum EventDeliveryStatus
{
    /// <summary>The event was sent, in whole or in part, and no answer came: EBS may have acted on it. Sent again, it may open a second window.</summary>
    Unknown,

    /// <summary>EBS answered with a status of success (2xx).</summary>
    Delivered,

    /// <summary>EBS answered with another status. Sending the same again will hardly change that.</summary>
    Refused,

    /// <summary>No part of the event left this machine, so sending it again is safe.</summary>
    NotSent,
}

/// <summary>What became of an event, with what there is for diagnosis.</summary>
/// <remarks>Immutable, and safe to use from several threads. <c>ToString</c> shows neither the body nor the exception.</remarks>
public sealed record EventDelivery
{
    /// <summary>What became of the event.</summary>
    public required EventDeliveryStatus Status { get; init; }

    /// <summary>The HTTP status of EBS's answer. Null when no answer came.</summary>
    public HttpStatusCode? HttpStatus { get; init; }

    /// <summary>
    /// What EBS answered, as far as it came and as much as the client's limit allows. Null when no answer came; empty when it had no body. Its form is not documented: for
    /// diagnosis only.
    /// </summary>
    public string? ResponseBody { get; init; }

    /// <summary>What the network reported. Null when an answer came.</summary>
    public Exception? Exception { get; init; }

    /// <summary>The status and the HTTP status, as in <c>Refused (HTTP 500)</c>.</summary>
    public override string ToString() => HttpStatus is { } status ? FormattableString.Invariant($"{Status} (HTTP {(int)status})") : Status.ToString();
}
