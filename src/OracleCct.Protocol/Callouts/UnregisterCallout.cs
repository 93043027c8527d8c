using System;
using System.Diagnostics.CodeAnalysis;

namespace OracleCct.Protocol;

/// <summary>Represents the end of telephony for an agent. Send no more events for it. Wire name <c>Unregister</c>.</summary>
/// <remarks>
/// The published example spells it UnRegister in its heading and <c>Unregister</c> in its URL. Both are read, and the latter is written. Source: Oracle's
/// examples.
/// </remarks>
public sealed record UnregisterCallout : AgentCallout
{
    internal static readonly MessageShape<Callout> WireShape = Describe("Unregister", new UnregisterCallout("", ""), TelesetNumberField, AgentIdField);

    /// <summary>Initializes a new instance. Set the required properties in an object initializer.</summary>
    public UnregisterCallout()
    {
    }

    /// <summary>Initializes a new instance with its required properties, in the order of the wire.</summary>
    /// <param name="telesetNumber">The extension of the agent's phone.</param>
    /// <param name="agentId">The agent's ID at the ACD.</param>
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
