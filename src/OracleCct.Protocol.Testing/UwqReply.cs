using System;
using System.Globalization;

namespace OracleCct.Protocol.Testing;

/// <summary>Specifies how EBS understands the answer to a callout.</summary>
public enum UwqReplyKind
{
    /// <summary>A status below 400 without an Error document.</summary>
    Success,

    /// <summary>A status below 400 with an Error document: EBS shows its message.</summary>
    Error,

    /// <summary>A status of 400 or above: a Java client loses the body, so EBS only learns that the callout failed.</summary>
    LostBody,

    /// <summary>There was no connection, or the connection ended without a complete answer.</summary>
    NoAnswer,

    /// <summary>No answer arrived within <see cref="UwqSimulatorOptions.CalloutTimeout"/>.</summary>
    TimedOut,

    /// <summary>A redirect that a Java client would follow by sending the callout again. The simulator does not follow it.</summary>
    Redirect,
}

/// <summary>Represents the reply to a callout.</summary>
/// <remarks>
/// Immutable, and safe to use from several threads. All texts show <c>***</c> for a password and for each value of the callout that may be one.
/// </remarks>
public sealed record UwqReply
{
    internal UwqReply()
    {
    }

    /// <summary>Gets how EBS understands the reply.</summary>
    public required UwqReplyKind Kind { get; init; }

    /// <summary>Gets the HTTP status; null when no answer arrived.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Gets the received part of the body as UTF-8 text. Never null; empty for a plain success.</summary>
    public string Body { get; init; } = "";

    /// <summary>
    /// Gets the message of an Error document, the failure of the connection, or the target of a redirect without its query. Null for a success and for a lost
    /// body.
    /// </summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Gets how many times the callout was sent: 2 when it was repeated after a dead connection, 0 when there was no connection.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>Gets the duration, measured by the simulator's clock.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Gets whether <see cref="Kind"/> is <see cref="UwqReplyKind.Success"/>.</summary>
    public bool IsSuccess => Kind == UwqReplyKind.Success;

    /// <summary>Returns the reply on one line, such as <c>200 Error: The number is busy.</c></summary>
    public override string ToString()
    {
        string status = StatusCode is { } code ? code.ToString(CultureInfo.InvariantCulture) + " " : "";
        string message = ErrorMessage is { Length: > 0 } ? ": " + ErrorMessage : "";
        string attempts = Attempts > 1 ? $" ({Attempts.ToString(CultureInfo.InvariantCulture)} attempts)" : "";
        return Printable.Of(status + Kind + message + attempts);
    }
}
