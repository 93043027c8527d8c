namespace OracleCct.Protocol;

/// <summary>EBS ends telephony for an agent: no more events are to be sent for it. Wire name <c>Unregister</c>.</summary>
/// <remarks>The seed's heading spells it UnRegister and its URL <c>Unregister</c>: both are read, the latter is written. Source: the seed.</remarks>
public sealed record UnregisterCallout : AgentCallout
{
    internal static readonly MessageShape<Callout> WireShape = Describe<UnregisterCallout>(
        "Unregister",
        [TelesetNumberField, AgentIdField],
        static values => new() { TelesetNumber = values[0]!, AgentId = values[1]! },
        static (callout, index) => index == 0 ? callout.TelesetNumber : callout.AgentId);

    /// <inheritdoc/>
    public override string FunctionName => WireShape.Name;

    internal override MessageShape<Callout> Shape => WireShape;
}
