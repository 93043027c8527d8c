using System;
using System.Collections.Generic;
using System.Globalization;

namespace OracleCct.Protocol.Testing;

/// <summary>A callout that the simulator sent, or an event that it received.</summary>
/// <remarks>Immutable, and safe to use from several threads. Passwords are shown as <c>***</c>, in callouts and in events.</remarks>
public sealed record UwqMessage
{
    internal UwqMessage()
    {
    }

    /// <summary>When it was sent or received, by the clock of the options.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whether it is a callout, from EBS to the softphone. False: an event.</summary>
    public required bool IsCallout { get; init; }

    /// <summary>
    /// The agent that a callout names, or at whose listener an event arrived. Null for a callout that names none. Of one whom the simulator does not have, an id or a number
    /// in which a password may stand is <c>***</c>.
    /// </summary>
    public AgentIdentity? Agent { get; init; }

    /// <summary>The function, as far as it is a name, or the name of the event; empty when the message cannot be read. Never null.</summary>
    public required string Name { get; init; }

    /// <summary>A callout's query string as sent, but for passwords and what may be one, or an event's XML as received, but for passwords of agents, bytes beyond ASCII read as UTF-8. Never null.</summary>
    public required string Text { get; init; }

    /// <summary>The event, as <see cref="Text"/> has it. Null for a callout, and for a document that does not hold exactly one event.</summary>
    public CctEvent? Event { get; init; }

    /// <summary>What came back to a callout. Null for an event, and while the callout is under way.</summary>
    public UwqReply? Reply { get; init; }

    /// <summary>The fault that the agent's listener had when the event arrived.</summary>
    public UwqFault Fault { get; init; }

    /// <summary>What is wrong with it. Never null.</summary>
    public IReadOnlyList<UwqProblem> Problems { get; init; } = new ValueList<UwqProblem>([]);

    /// <summary>How long it took to be answered, for an event to be read, by the clock of the options.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>All of it on one line, without the text.</summary>
    public override string ToString()
    {
        string name = Name.Length > 0 ? Name : IsCallout ? "(unreadable callout)" : Fault == UwqFault.Reset ? "(connection reset)" : "(unreadable event)";
        string agent = Agent is { } one ? $", {one}" : "";
        string outcome = IsCallout ? $": {Reply?.ToString() ?? "under way"}" : Fault == UwqFault.None ? "" : $" (fault: {Fault})";
        return Printable.Of($"{At.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)} {(IsCallout ? "EBS -> softphone" : "softphone -> EBS")}{agent}, {name}{outcome}");
    }
}
