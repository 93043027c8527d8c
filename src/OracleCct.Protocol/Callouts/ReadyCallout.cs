namespace OracleCct.Protocol;

/// <summary>The agent can take calls: for the first time after logging in, or after a break. Wire name <c>Ready</c>.</summary>
/// <remarks>Logging in alone does not make an agent ready. Source: Oracle's examples.</remarks>
public sealed record ReadyCallout : AgentCallout
{
    internal static readonly MessageShape<Callout> WireShape = Describe<ReadyCallout>(
        "Ready",
        [TelesetNumberField, AgentIdField],
        static values => new() { TelesetNumber = values[0]!, AgentId = values[1]! });

    /// <inheritdoc/>
    public override string FunctionName => WireShape.Name;

    internal override MessageShape<Callout> Shape => WireShape;
}
