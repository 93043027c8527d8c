namespace OracleCct.Protocol;

/// <summary>Represents EBS's regular question whether the softphone is running. Wire name <c>CheckStatus</c>.</summary>
/// <remarks>It contains no agent. Any answer will do. Source: Oracle's examples; how often it comes is not known.</remarks>
public sealed record CheckStatusCallout : Callout
{
    /// <summary>The usual CheckStatus, without extra fields.</summary>
    internal static readonly CheckStatusCallout Plain = new();

    internal static readonly MessageShape<Callout> WireShape = Describe("CheckStatus", Plain);

    internal const string Query = CalloutShapes.FunctionNameField + "=CheckStatus";

    /// <inheritdoc/>
    public override string FunctionName => WireShape.Name;

    internal override MessageShape<Callout> Shape => WireShape;
}
