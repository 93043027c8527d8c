namespace OracleCct.Protocol;

/// <summary>The agent dials from EBS: the softphone is to call <see cref="DialString"/>. Wire name <c>MakeCall</c>.</summary>
/// <remarks>
/// Success says that dialling has begun. The call is then followed by the same events as an incoming one. Source: Oracle's examples.
/// </remarks>
public sealed record MakeCallCallout : AgentCallout
{
    internal static readonly MessageShape<Callout> WireShape = Describe<MakeCallCallout>(
        "MakeCall",
        [TelesetNumberField, AgentIdField, new("dialString")],
        static values => new() { TelesetNumber = values[0]!, AgentId = values[1]!, DialString = values[2]! });

    /// <inheritdoc/>
    public override string FunctionName => WireShape.Name;

    /// <summary>The number as the agent typed it (wire name <c>dialString</c>): digits, or with spaces, brackets and a leading plus. Never null.</summary>
    /// <remarks>Source: Oracle's examples.</remarks>
    public required string DialString { get; init; }

    internal override MessageShape<Callout> Shape => WireShape;

    internal override string? ValueOf(int index) => index == 2 ? DialString : base.ValueOf(index);
}
