using System;
using System.Collections.Generic;
using System.Globalization;

namespace OracleCct.Protocol.Testing;

/// <summary>Represents a callout that the simulator sent, or an event that it received.</summary>
/// <remarks>Immutable, and safe to use from several threads. Callouts and events show <c>***</c> for passwords.</remarks>
public sealed record UwqMessage
{
    internal UwqMessage()
    {
    }

    /// <summary>Gets when it was sent or received, by the simulator's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Gets whether it is a callout from EBS to the softphone. False for an event.</summary>
    public required bool IsCallout { get; init; }

    /// <summary>
    /// Gets the agent that a callout names, or at whose listener an event arrived. Null for a callout that names none. For an agent that the simulator does not
    /// have, an id or a number that may contain a password is <c>***</c>.
    /// </summary>
    public AgentIdentity? Agent { get; init; }

    /// <summary>Gets the function, as far as it is a name, or the name of the event; empty when the message cannot be read. Never null.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Gets a callout's query string as sent, without passwords and values that may be one, or an event's XML as received, without passwords of agents and with
    /// bytes beyond ASCII read as UTF-8. Never null.
    /// </summary>
    public required string Text { get; init; }

    /// <summary>Gets the event, as in <see cref="Text"/>. Null for a callout, and for a document that does not contain exactly one event.</summary>
    public CctEvent? Event { get; init; }

    /// <summary>Gets the reply to a callout. Null for an event, and until the reply arrives.</summary>
    public UwqReply? Reply { get; init; }

    /// <summary>Gets the fault that the agent's listener had when the event arrived.</summary>
    public UwqFault Fault { get; init; }

    /// <summary>Gets the problems of the message. Never null.</summary>
    public IReadOnlyList<UwqProblem> Problems { get; init; } = new ValueList<UwqProblem>([]);

    /// <summary>Gets how long a callout took to be answered or an event to be read, measured by the simulator's clock.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Returns the message on one line, without its text.</summary>
    public override string ToString()
    {
        string name = Name.Length > 0 ? Name : IsCallout ? "(unreadable callout)" : Fault == UwqFault.Reset ? "(connection reset)" : "(unreadable event)";
        string agent = Agent is { } one ? $", {one}" : "";
        string outcome = IsCallout ? $": {Reply?.ToString() ?? "under way"}" : Fault == UwqFault.None ? "" : $" (fault: {Fault})";
        return Printable.Of(
            $"{At.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)} {(IsCallout ? "EBS -> softphone" : "softphone -> EBS")}{agent}, {name}{outcome}");
    }
}
