using System;
using System.Diagnostics.CodeAnalysis;

namespace OracleCct.Protocol;

/// <summary>EBS ends telephony for an agent: no more events are to be sent for it. Wire name <c>Unregister</c>.</summary>
/// <remarks>The published example spells it UnRegister in its heading and <c>Unregister</c> in its URL: both are read, the latter is written. Source: Oracle's examples.</remarks>
public sealed record UnregisterCallout : AgentCallout
{
    internal static readonly MessageShape<Callout> WireShape = Describe("Unregister", new UnregisterCallout("", ""), TelesetNumberField, AgentIdField);

    /// <summary>Initializes a new instance whose required properties the object initializer sets.</summary>
    public UnregisterCallout()
    {
    }

    /// <summary>Initializes a new instance with its required properties, in the order of the wire.</summary>
    /// <param name="telesetNumber">The extension of the agent's phone.</param>
    /// <param name="agentId">The agent's id at the ACD.</param>
    /// <exception cref="ArgumentNullException"><paramref name="telesetNumber"/> or <paramref name="agentId"/> is null.</exception>
    [SetsRequiredMembers]
    public UnregisterCallout(string telesetNumber, string agentId)
        : base(telesetNumber, agentId)
    {
    }

    /// <inheritdoc/>
    public override string FunctionName => WireShape.Name;

    internal override MessageShape<Callout> Shape => WireShape;
}
