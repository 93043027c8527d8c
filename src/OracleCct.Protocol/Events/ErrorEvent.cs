namespace OracleCct.Protocol;

/// <summary>Represents the body of a reply to a callout that failed. Wire name <c>Error</c>.</summary>
/// <remarks>
/// The two integrations of EBS name the text differently. Each name has a property, and usually one of them is null.
/// Source: Oracle's examples for <c>occtErrorMsg</c>, Oracle's guide for <c>KeyErrorDetails</c>.
/// </remarks>
public sealed record ErrorEvent : CctEvent
{
    internal static readonly MessageShape<CctEvent> WireShape = Describe(
        "Error",
        new ErrorEvent(),
        new("occtErrorMsg", static error => ((ErrorEvent)error).Message, static (error, value) => ((ErrorEvent)error)._message = value, required: false),
        new("KeyErrorDetails", static error => ((ErrorEvent)error).Details, static (error, value) => ((ErrorEvent)error)._details = value, required: false));

    private string? _message;
    private string? _details;

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

    /// <summary>
    /// Gets what went wrong, for the agent to read (wire name <c>occtErrorMsg</c>: Basic Telephony Integration). <see langword="null"/> when not sent.
    /// </summary>
    public string? Message { get => _message; init => _message = value; }

    /// <summary>
    /// Gets what went wrong, for the agent to read (wire name <c>KeyErrorDetails</c>: Direct Integration). <see langword="null"/> when not sent.
    /// </summary>
    public string? Details { get => _details; init => _details = value; }

    internal override MessageShape<CctEvent> Shape => WireShape;
}
