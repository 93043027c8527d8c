using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Net;

namespace OracleCct.Protocol;

/// <summary>Specifies the outcome of an event.</summary>
public enum EventDeliveryStatus
{
    /// <summary>The event was sent, in whole or in part, and no answer came. EBS may have acted on it. Sending it again may open a second window.</summary>
    Unknown,

    /// <summary>EBS answered with a success status (2xx).</summary>
    Delivered,

    /// <summary>EBS answered with another status. Sending the same event again rarely helps.</summary>
    Refused,

    /// <summary>No part of the event left this machine, so sending it again is safe.</summary>
    NotSent,
}

/// <summary>Specifies why an event was not sent.</summary>
public enum NotSentReason
{
    /// <summary>EBS could not be reached.</summary>
    Unreachable,

    /// <summary>The agent is not registered, so there is no address to send to.</summary>
    NotRegistered,

    /// <summary>The time to live of the event was over before it could be sent.</summary>
    Expired,

    /// <summary>Too many events of the agent were queued.</summary>
    QueueFull,

    /// <summary>The call's ScreenPop was not sent, so EBS does not know the call.</summary>
    NoScreenPop,

    /// <summary>The rules for screen pops refused the event. <see cref="CallSession.Findings"/> give the reasons.</summary>
    RefusedByRules,

    /// <summary>The desktops were disposed before the event could be sent.</summary>
    Closed,
}

/// <summary>Represents the outcome of an event, with details for diagnosis.</summary>
/// <remarks>Immutable, and safe to use from several threads. <c>ToString</c> shows neither the body nor the exception.</remarks>
public sealed record EventDelivery
{
    /// <summary>Initializes an outcome whose properties an object initializer sets.</summary>
    public EventDelivery()
    {
    }

    /// <summary>Initializes an outcome, also from languages without object initializers for <c>init</c> properties.</summary>
    /// <param name="status"><see cref="Status"/>.</param>
    /// <param name="reason"><see cref="Reason"/>.</param>
    /// <param name="httpStatus"><see cref="HttpStatus"/>.</param>
    /// <param name="responseBody"><see cref="ResponseBody"/>.</param>
    /// <param name="exception"><see cref="Exception"/>.</param>
    [SetsRequiredMembers]
    public EventDelivery(
        EventDeliveryStatus status, NotSentReason? reason = null, HttpStatusCode? httpStatus = null, string? responseBody = null, Exception? exception = null)
    {
        Status = status;
        Reason = reason;
        HttpStatus = httpStatus;
        ResponseBody = responseBody;
        Exception = exception;
    }

    /// <summary>Gets the outcome.</summary>
    public required EventDeliveryStatus Status { get; init; }

    /// <summary>Gets why the event was not sent. <see langword="null"/> unless <see cref="Status"/> is <see cref="EventDeliveryStatus.NotSent"/>.</summary>
    public NotSentReason? Reason { get; init; }

    /// <summary>Gets the HTTP status of EBS's answer. <see langword="null"/> when no answer came.</summary>
    public HttpStatusCode? HttpStatus { get; init; }

    /// <summary>
    /// Gets the body of EBS's answer, as far as it arrived and up to the limit of the client, for diagnosis only: its form is not documented.
    /// <see langword="null"/> when no answer came; empty when the answer had no body.
    /// </summary>
    public string? ResponseBody { get; init; }

    /// <summary>Gets the exception of the network. <see langword="null"/> when an answer came.</summary>
    public Exception? Exception { get; init; }

    /// <summary>Throws an exception unless EBS accepted the event.</summary>
    /// <returns>This outcome.</returns>
    /// <exception cref="EventNotDeliveredException"><see cref="Status"/> is not <see cref="EventDeliveryStatus.Delivered"/>.</exception>
    public EventDelivery EnsureDelivered() => Status == EventDeliveryStatus.Delivered ? this : throw new EventNotDeliveredException(this);

    /// <summary>Returns the status with the HTTP status or the reason, as in <c>Refused (HTTP 500)</c> or <c>NotSent (Expired)</c>.</summary>
    public override string ToString() =>
        HttpStatus is { } status ? FormattableString.Invariant($"{Status} (HTTP {(int)status})")
        : Reason is { } reason ? $"{Status} ({reason})"
        : Status.ToString();

    /// <summary>Returns what to do about an event that was not delivered, and the findings of the rules, one on each line.</summary>
    internal string Explain(IReadOnlyList<ScreenPopFinding> findings) => Advice() + string.Concat(findings.Select(finding => $"\n{finding}"));

    /// <summary>Returns the exception of the network in print, without its stack, which does not help.</summary>
    internal ExceptionText? ExceptionText() => Exception is null ? null : new(Exception, CalloutSecrets.None, withStack: false);

    private string Advice() => Status switch
    {
        EventDeliveryStatus.NotSent => Reason switch
        {
            NotSentReason.NotRegistered => "EBS has not registered the agent: send events after Register.",
            NotSentReason.Expired => "It waited too long. Sending it again is safe.",
            NotSentReason.QueueFull => "Too many events of the agent are waiting. Sending it again later is safe.",
            NotSentReason.NoScreenPop => "EBS does not know the call, since its ScreenPop was not sent.",
            NotSentReason.RefusedByRules => "The rules for screen pops refused it: correct it as the findings say.",
            NotSentReason.Closed => "The desktops were disposed.",
            _ => "EBS could not be reached. Sending it again is safe.",
        },
        EventDeliveryStatus.Refused => "EBS, or another server at its address, answered with an error: sending the same event again rarely helps.",
        _ => "EBS may have received it: a ScreenPop that is sent again may open a second window.",
    };
}
