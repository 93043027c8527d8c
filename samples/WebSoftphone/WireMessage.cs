using System;
using System.Linq;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>Represents a message that was received, or that was sent or could not be sent.</summary>
/// <param name="At">The time when the message arrived or was to be sent.</param>
/// <param name="IsCallout"><see langword="true"/> for a callout of EBS, <see langword="false"/> for an event.</param>
/// <param name="AgentId">The ID of the message's agent, or <see langword="null"/> when the message has no agent or the agent is not known.</param>
/// <param name="Extension">The extension of the agent's telephone.</param>
/// <param name="Name">The name of the function or the event.</param>
/// <param name="Text">The query string without passwords, or the XML.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="IsGood">Whether the callout succeeded or the event was delivered.</param>
internal sealed record WireMessage(DateTimeOffset At, bool IsCallout, string? AgentId, string? Extension, string Name, string Text, string Outcome, bool IsGood)
{
    /// <returns>The message, or <see langword="null"/> when the observation is not of a message.</returns>
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
