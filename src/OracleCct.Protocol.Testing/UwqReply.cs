using System;
using System.Globalization;

namespace OracleCct.Protocol.Testing;

/// <summary>What EBS makes of the answer to a callout.</summary>
public enum UwqReplyKind
{
    /// <summary>A status below 400 without an Error document.</summary>
    Success,

    /// <summary>A status below 400 with an Error document: EBS shows its message.</summary>
    Error,

    /// <summary>Status 400 or more: a Java client loses the body, so EBS learns nothing but that it failed.</summary>
    LostBody,

    /// <summary>No connection, or one that ended without a complete answer.</summary>
    NoAnswer,

    /// <summary>No answer within <see cref="UwqSimulatorOptions.CalloutTimeout"/>.</summary>
    TimedOut,

    /// <summary>A redirect that a Java client would follow: the callout would go out again, to where it leads. The simulator does not follow it.</summary>
    Redirect,
}

/// <summary>What came back to a callout.</summary>
/// <remarks>Immutable, and safe to use from several threads. A password, and whatever of the callout may be one, is shown as <c>***</c> in all texts.</remarks>
public sealed record UwqReply
{
    internal UwqReply()
    {
    }

    /// <summary>What EBS makes of it.</summary>
    public required UwqReplyKind Kind { get; init; }

    /// <summary>The HTTP status. Null when no answer came.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The body as UTF-8 text, as far as it came. Never null; empty for a plain success.</summary>
    public string Body { get; init; } = "";

    /// <summary>The message of an Error document, what became of the connection, or where a redirect leads, without a query. Null for a success and for a lost body.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>How many times the callout was sent: 2 when it was repeated after a dead connection, 0 when there was no connection at all.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>How long it took, by the clock of the options.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Whether <see cref="Kind"/> is <see cref="UwqReplyKind.Success"/>.</summary>
    public bool IsSuccess => Kind == UwqReplyKind.Success;

    /// <summary>All of it on one line, such as <c>200 Error: The number is busy.</c></summary>
    public override string ToString()
    {
        string status = StatusCode is { } code ? code.ToString(CultureInfo.InvariantCulture) + " " : "";
        string message = ErrorMessage is { Length: > 0 } ? ": " + ErrorMessage : "";
        string attempts = Attempts > 1 ? $" ({Attempts.ToString(CultureInfo.InvariantCulture)} attempts)" : "";
        return Printable.Of(status + Kind + message + attempts);
    }
}
