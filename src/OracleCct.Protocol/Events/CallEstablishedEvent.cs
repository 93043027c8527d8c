namespace OracleCct.Protocol;

/// <summary>The parties of a call are connected. Wire name <c>CallEstablished</c>.</summary>
/// <remarks>It goes after the call's screen pop and repeats its id. EBS keeps its interaction history by it. Source: Oracle's examples.</remarks>
public sealed record CallEstablishedEvent : CallEvent
{
    internal static readonly MessageShape<CctEvent> WireShape = Describe<CallEstablishedEvent>(
        "CallEstablished", [SourceIdField], static values => new() { SourceId = values[0]! });

    /// <inheritdoc/>
    public override string Name => WireShape.Name;

    internal override MessageShape<CctEvent> Shape => WireShape;
}
