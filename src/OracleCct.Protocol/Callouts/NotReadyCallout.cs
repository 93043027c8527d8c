namespace OracleCct.Protocol;

/// <summary>The agent cannot take calls. Wire name <c>NotReady</c>.</summary>
/// <remarks>Source: Oracle's examples.</remarks>
public sealed record NotReadyCallout : AgentCallout
{
    internal static readonly MessageShape<Callout> WireShape = Describe<NotReadyCallout>(
        "NotReady",
        [TelesetNumberField, AgentIdField],
        static values => new() { TelesetNumber = values[0]!, AgentId = values[1]! });

    /// <inheritdoc/>
    public override string FunctionName => WireShape.Name;

    internal override MessageShape<Callout> Shape => WireShape;
}
