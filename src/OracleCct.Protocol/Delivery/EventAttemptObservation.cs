namespace OracleCct.Protocol;

/// <summary>An event that was sent, or that an <see cref="HttpEventClient"/> tried to send: one HTTP request.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record EventAttemptObservation : CctObservation
{
    /// <summary>The event. Never null.</summary>
    public required CctEvent Event { get; init; }

    /// <summary>Where it was sent. Never null.</summary>
    public required EbsAddress EbsAddress { get; init; }

    /// <summary>What became of it. Never null.</summary>
    public required EventDelivery Delivery { get; init; }

    internal override void WriteTo(JsonLine line)
    {
        line.Add("kind", "event");
        line.Add("to", EbsAddress.ToString());
        line.Add("event", Event.Name);
        line.Add("xml", CctXmlFormatter.Default.WriteToString(Event));
        line.Add("outcome", Delivery.Status.ToString());
        line.Add("reason", Delivery.Reason?.ToString());
        line.Add("status", (int?)Delivery.HttpStatus);
        line.Add("answer", Delivery.ResponseBody is { Length: > 0 } answer ? answer : null);
        line.Add("exception", Delivery.Exception?.GetType().FullName);
    }

    /// <summary>The event's name, where it went, and the outcome.</summary>
    public override string ToString() => $"{Event.Name} to {EbsAddress}: {Delivery}";
}
