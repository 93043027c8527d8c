namespace OracleCct.Protocol;

/// <summary>The body of a reply to a callout that failed. Wire name <c>Error</c>.</summary>
/// <remarks>
/// The two integrations of EBS name the text differently; each has its property, and usually one of them is null.
/// Source: Oracle's examples for <c>occtErrorMsg</c>, Oracle's guide for <c>KeyErrorDetails</c>.
/// </remarks>
public sealed record ErrorEvent : CctEvent
{
    internal static readonly MessageShape<CctEvent> WireShape = Describe<ErrorEvent>(
        "Error",
        [new("occtErrorMsg", required: false), new("KeyErrorDetails", required: false)],
        static values => new() { Message = values[0], Details = values[1] });

    /// <summary>Initializes a new instance without a text.</summary>
    public ErrorEvent()
    {
    }

    /// <summary>Initializes a new instance with its texts.</summary>
    /// <param name="message">What went wrong, for the agent to read (Basic Telephony Integration). <see langword="null"/> sends none.</param>
    /// <param name="details">What went wrong, for the agent to read (Direct Integration). <see langword="null"/> sends none.</param>
    public ErrorEvent(string? message, string? details = null)
    {
        Message = message;
        Details = details;
    }

    /// <inheritdoc/>
    public override string Name => WireShape.Name;

    /// <summary>What went wrong, for the agent to read (wire name <c>occtErrorMsg</c>: Basic Telephony Integration). Null when not sent.</summary>
    public string? Message { get; init; }

    /// <summary>What went wrong, for the agent to read (wire name <c>KeyErrorDetails</c>: Direct Integration). Null when not sent.</summary>
    public string? Details { get; init; }

    internal override MessageShape<CctEvent> Shape => WireShape;

    internal override string? ValueOf(int index) => index == 0 ? Message : Details;
}
