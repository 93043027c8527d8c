using System;
using System.Diagnostics.CodeAnalysis;

namespace OracleCct.Protocol;

/// <summary>Represents an agent who can take calls: for the first time after logging in, or after a break. Wire name <c>Ready</c>.</summary>
/// <remarks>Logging in alone does not make an agent ready. Source: Oracle's examples.</remarks>
public sealed record ReadyCallout : AgentCallout
{
    internal static readonly MessageShape<Callout> WireShape = Describe("Ready", new ReadyCallout("", ""), TelesetNumberField, AgentIdField);

    /// <summary>Initializes a new instance. Set the required properties in an object initializer.</summary>
    public ReadyCallout()
    {
    }

    /// <summary>Initializes a new instance with its required properties, in the order of the wire.</summary>
    /// <param name="telesetNumber">The extension of the agent's phone.</param>
    /// <param name="agentId">The agent's ID at the ACD.</param>
    /// <exception cref="ArgumentNullException"><paramref name="telesetNumber"/> or <paramref name="agentId"/> is null.</exception>
    [SetsRequiredMembers]
    public ReadyCallout(string telesetNumber, string agentId)
        : base(telesetNumber, agentId)
    {
    }

    /// <inheritdoc/>
    public override string FunctionName => WireShape.Name;

    internal override MessageShape<Callout> Shape => WireShape;
}
