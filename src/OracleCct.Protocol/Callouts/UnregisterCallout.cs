namespace OracleCct.Protocol;

/// <summary>EBS ends telephony for an agent: no more events are to be sent for it. Wire name <c>Unregister</c>.</summary>
/// <remarks>The published example spells it UnRegister in its heading and <c>Unregister</c> in its URL: both are read, the latter is written. Source: Oracle's examples.</remarks>
public sealed record UnregisterCallout : AgentCallout
{
    internal static readonly MessageShape<Callout> WireShape = Describe<UnregisterCallout>(
        "Unregister",
        [TelesetNumberField, AgentIdField],
        static values => new() { TelesetNumber = values[0]!, AgentId = values[1]! });

    /// <inheritdoc/>
    public override string FunctionName => WireShape.Name;

    internal override MessageShape<Callout> Shape => WireShape;
}
