using System;
using System.Collections.Generic;
using System.Linq;

namespace OracleCct.Protocol;

/// <summary>The exception that <see cref="EventDelivery.EnsureDelivered"/> and <see cref="CallSession.EnsureDelivered"/> throw when EBS did not accept an event.</summary>
/// <remarks>The message gives the status with its reason or HTTP status and what to do, and all findings. It holds neither EBS's answer nor the text of another exception.</remarks>
public sealed class EventNotDeliveredException : Exception
{
    /// <summary>Initializes an exception for an outcome.</summary>
    /// <param name="delivery">The outcome.</param>
    /// <param name="findings">The findings of the rules about a ScreenPop. <see langword="null"/> is none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="delivery"/> is null.</exception>
    public EventNotDeliveredException(EventDelivery delivery, IReadOnlyList<ScreenPopFinding>? findings = null)
        : this("The event", delivery ?? throw new ArgumentNullException(nameof(delivery)), findings ?? [])
    {
    }

    internal EventNotDeliveredException(string subject, EventDelivery delivery, IReadOnlyList<ScreenPopFinding> findings)
        : base($"{subject} was not delivered: {delivery}. {Advice(delivery)}{string.Concat(findings.Select(finding => $"\n{finding}"))}", delivery.Exception)
    {
        Delivery = delivery;
        Findings = findings;
    }

    /// <summary>Gets the outcome. Never <see langword="null"/>.</summary>
    public EventDelivery Delivery { get; }

    /// <summary>Gets the findings of the rules about a ScreenPop. Empty when there is none; never <see langword="null"/>.</summary>
    public IReadOnlyList<ScreenPopFinding> Findings { get; }

    private static string Advice(EventDelivery delivery) => delivery.Status switch
    {
        EventDeliveryStatus.NotSent => delivery.Reason switch
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
