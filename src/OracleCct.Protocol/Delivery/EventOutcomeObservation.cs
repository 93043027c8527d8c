using System.Collections.Generic;
using System.Linq;

namespace OracleCct.Protocol;

/// <summary>
/// The end of an event that was asked for at an <see cref="AgentDesktop"/>: one for each, sent or not, but those that their callers cancelled.
/// <see cref="CctObservation.At"/> is when it was asked for.
/// </summary>
/// <remarks>Immutable, and safe to use from several threads. Each single try to send it is an <see cref="EventAttemptObservation"/>.</remarks>
public sealed record EventOutcomeObservation : CctObservation
{
    /// <summary>Whose event it was.</summary>
    public required AgentIdentity Agent { get; init; }

    /// <summary>The event. Never null.</summary>
    public required CctEvent Event { get; init; }

    /// <summary>What became of it. Never null.</summary>
    public required EventDelivery Delivery { get; init; }

    /// <summary>Gets where the last try to send the event went. <see langword="null"/> when none was made.</summary>
    public EbsAddress? EbsAddress { get; init; }

    /// <summary>What the rules have to say about a ScreenPop, by <see cref="AgentDesktopOptions.ScreenPops"/>. Empty for other events; never null.</summary>
    public IReadOnlyList<ScreenPopFinding> Findings { get; init; } = [];

    /// <summary>How often it was tried. Zero when its turn never came.</summary>
    public required int Attempts { get; init; }

    internal override void WriteTo(JsonLine line)
    {
        line.Add("kind", "outcome");
        line.Add("telesetNumber", Agent.TelesetNumber);
        line.Add("agentID", Agent.AgentId);
        line.Add("to", EbsAddress?.ToString());
        line.Add("event", Event.Name);
        line.Add("call", (Event as CallEvent)?.SourceId);
        line.Add("outcome", Delivery.Status.ToString());
        line.Add("reason", Delivery.Reason?.ToString());
        line.Add("status", (int?)Delivery.HttpStatus);
        line.Add("attempts", Attempts);
        line.Add("findings", Findings.Count == 0 ? null : string.Join(" ", Findings.Select(finding => finding.Code)));
        line.Add("exception", Delivery.Exception?.GetType().FullName);
    }

    /// <summary>The event's name, its agent, and the outcome, as in <c>ScreenPop of agent 7001 at 70002: Delivered (HTTP 200)</c>.</summary>
    public override string ToString() => $"{Event.Name} of {Agent}: {Delivery}";
}
