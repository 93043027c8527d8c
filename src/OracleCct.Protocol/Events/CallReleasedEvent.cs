namespace OracleCct.Protocol;

/// <summary>A call has ended. Wire name <c>CallReleased</c>.</summary>
/// <remarks>It repeats the id of the call's screen pop. EBS keeps its interaction history by it. Source: Oracle's examples.</remarks>
public sealed record CallReleasedEvent : CallEvent
{
    internal static readonly MessageShape<CctEvent> WireShape = Describe<CallReleasedEvent>(
        "CallReleased", [SourceIdField], static values => new() { SourceId = values[0]! });

    /// <inheritdoc/>
    public override string Name => WireShape.Name;

    internal override MessageShape<CctEvent> Shape => WireShape;
}
