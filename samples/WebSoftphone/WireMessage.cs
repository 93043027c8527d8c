using System;
using System.Linq;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>A message that has crossed the wire, or should have.</summary>
/// <param name="At">When it came, or was to go.</param>
/// <param name="IsCallout">Whether it came from EBS; else it is an event.</param>
/// <param name="AgentId">Whose it is. Null: nobody's, or not known.</param>
/// <param name="Extension">The agent's telephone.</param>
/// <param name="Name">Function or event.</param>
/// <param name="Text">The query string without passwords, or the XML.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="IsGood">Whether it was carried out, or delivered.</param>
internal sealed record WireMessage(DateTimeOffset At, bool IsCallout, string? AgentId, string? Extension, string Name, string Text, string Outcome, bool IsGood)
{
    /// <returns>Null for what is no message.</returns>
    public static WireMessage? From(CctObservation observation) => observation switch
    {
        CalloutObservation callout => new(
            callout.At,
            true,
            callout.Agent?.AgentId,
            callout.Agent?.TelesetNumber,
            callout.FunctionName ?? "Request",
            callout.Query.TrimStart('?'),
            callout.Message is { } message ? $"{callout.Outcome}: {message}" : callout.Joined ? "Success, as before" : $"{callout.Outcome}",
            callout.Outcome == CalloutOutcome.Success),
        EventOutcomeObservation outcome => new(
            outcome.At,
            false,
            outcome.Agent.AgentId,
            outcome.Agent.TelesetNumber,
            outcome.Event.Name,
            CctXmlFormatter.Default.WriteToString(outcome.Event),
            string.Join(" ", outcome.Findings.Select(finding => finding.ToString()).Prepend(outcome.Delivery.ToString())),
            outcome.Delivery.Status == EventDeliveryStatus.Delivered),
        _ => null,
    };
}
