namespace OracleCct.Protocol;

/// <summary>Represents one HTTP request with an event, sent or only tried by an <see cref="HttpEventClient"/>.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record EventAttemptObservation : CctObservation
{
    /// <summary>Gets the event. Never <see langword="null"/>.</summary>
    public required CctEvent Event { get; init; }

    /// <summary>Gets where the event was sent. Never <see langword="null"/>.</summary>
    public required EbsAddress EbsAddress { get; init; }

    /// <summary>Gets the outcome. Never <see langword="null"/>.</summary>
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

    /// <summary>Returns the name of the event, where it was sent, and the outcome.</summary>
    public override string ToString() => $"{Event.Name} to {EbsAddress}: {Delivery}";
}
