namespace OracleCct.Protocol;

/// <summary>EBS asks, from time to time, whether the softphone is there. Wire name <c>CheckStatus</c>.</summary>
/// <remarks>It names no agent. An answer is all it wants. Source: Oracle's examples; how often it comes is not known.</remarks>
public sealed record CheckStatusCallout : Callout
{
    /// <summary>What is always sent: nothing tells two of them apart.</summary>
    internal static readonly CheckStatusCallout Plain = new();

    internal static readonly MessageShape<Callout> WireShape = Describe("CheckStatus", Plain);

    internal const string Query = CalloutShapes.FunctionNameField + "=CheckStatus";

    /// <inheritdoc/>
    public override string FunctionName => WireShape.Name;

    internal override MessageShape<Callout> Shape => WireShape;
}
