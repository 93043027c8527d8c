using System;
using System.Diagnostics.CodeAnalysis;

namespace OracleCct.Protocol;

/// <summary>Represents an agent who cannot take calls. Wire name <c>NotReady</c>.</summary>
/// <remarks>Source: Oracle's examples.</remarks>
public sealed record NotReadyCallout : AgentCallout
{
    internal static readonly MessageShape<Callout> WireShape = Describe("NotReady", new NotReadyCallout("", ""), TelesetNumberField, AgentIdField);

    /// <summary>Initializes a new instance. Set the required properties in an object initializer.</summary>
    public NotReadyCallout()
    {
    }

    /// <summary>Initializes a new instance with its required properties, in the order of the wire.</summary>
    /// <param name="telesetNumber">The extension of the agent's phone.</param>
    /// <param name="agentId">The agent's ID at the ACD.</param>
    /// <exception cref="ArgumentNullException"><paramref name="telesetNumber"/> or <paramref name="agentId"/> is null.</exception>
    [SetsRequiredMembers]
    public NotReadyCallout(string telesetNumber, string agentId)
        : base(telesetNumber, agentId)
    {
    }

    /// <inheritdoc/>
    public override string FunctionName => WireShape.Name;

    internal override MessageShape<Callout> Shape => WireShape;
}
