using System.Collections.Generic;
using System.Linq;

namespace OracleCct.Protocol;

/// <summary>
/// Represents the outcome of an event that was requested at an <see cref="AgentDesktop"/>: one for each event, sent or not. An event that its caller cancelled
/// has none. <see cref="CctObservation.At"/> is the time of the request.
/// </summary>
/// <remarks>Immutable, and safe to use from several threads. Each try to send the event is an <see cref="EventAttemptObservation"/>.</remarks>
public sealed record EventOutcomeObservation : CctObservation
{
    /// <summary>Gets the agent.</summary>
    public required AgentIdentity Agent { get; init; }

    /// <summary>Gets the event. Never <see langword="null"/>.</summary>
    public required CctEvent Event { get; init; }

    /// <summary>Gets the outcome. Never <see langword="null"/>.</summary>
    public required EventDelivery Delivery { get; init; }

    /// <summary>Gets where the last try to send the event went. <see langword="null"/> when none was made.</summary>
    public EbsAddress? EbsAddress { get; init; }

    /// <summary>
    /// Gets the findings of the rules about a ScreenPop, by <see cref="AgentDesktopOptions.ScreenPops"/>. Empty for other events; never <see langword="null"/>.
    /// </summary>
    public IReadOnlyList<ScreenPopFinding> Findings { get; init; } = [];

    /// <summary>Gets how often the event was tried. Zero when its turn never came.</summary>
    public required int Attempts { get; init; }

    internal override void WriteTo(JsonLine line)
    {
        line.Add("kind", "outcome");
        line.Add("telesetNumber", SafeText.TelesetNumber(Agent));
        line.Add("agentID", SafeText.AgentId(Agent));
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

    /// <summary>Returns the name of the event, its agent and the outcome, as in <c>ScreenPop of agent 7001 at 70002: Delivered (HTTP 200)</c>.</summary>
    public override string ToString() => $"{Event.Name} of {Agent}: {Delivery}";
}
