using System;
using System.Collections.Generic;

namespace OracleCct.Protocol;

/// <summary>
/// The exception that <see cref="EventDelivery.EnsureDelivered"/> and <see cref="CallSession.EnsureDelivered"/> throw when EBS did not accept an event.
/// </summary>
/// <remarks>
/// The message gives the status with its reason or HTTP status and what to do, and all findings. It holds neither EBS's answer nor the text of another
/// exception.
/// </remarks>
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
        : base($"{subject} was not delivered: {delivery}. {delivery.Explain(findings)}", delivery.Exception)
    {
        Delivery = delivery;
        Findings = findings;
    }

    /// <summary>Gets the outcome. Never <see langword="null"/>.</summary>
    public EventDelivery Delivery { get; }

    /// <summary>Gets the findings of the rules about a ScreenPop. Empty when there is none; never <see langword="null"/>.</summary>
    public IReadOnlyList<ScreenPopFinding> Findings { get; }
}
