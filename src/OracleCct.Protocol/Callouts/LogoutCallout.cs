using System;
using System.Diagnostics.CodeAnalysis;

namespace OracleCct.Protocol;

/// <summary>The agent logs out of the ACD. Wire name <c>Logout</c>.</summary>
/// <remarks>It carries the password again, as Oracle's examples show. Source: Oracle's examples.</remarks>
public sealed record LogoutCallout : AgentCallout
{
    internal static readonly MessageShape<Callout> WireShape = Describe<LogoutCallout>(
        "Logout",
        [TelesetNumberField, AgentIdField, new("agentPassword"), new("agentQueue")],
        static values => new()
        {
            TelesetNumber = values[0]!,
            AgentId = values[1]!,
            AgentPassword = new(values[2]!),
            AgentQueue = values[3]!,
        });

    /// <summary>Initializes a new instance whose required properties the object initializer sets.</summary>
    public LogoutCallout()
    {
    }

    /// <summary>Initializes a new instance with its required properties, in the order of the wire.</summary>
    /// <param name="telesetNumber">The extension of the agent's phone.</param>
    /// <param name="agentId">The agent's id at the ACD.</param>
    /// <param name="agentPassword">The agent's password at the ACD.</param>
    /// <param name="agentQueue">The ACD queue.</param>
    /// <exception cref="ArgumentNullException"><paramref name="telesetNumber"/>, <paramref name="agentId"/>, <paramref name="agentPassword"/> or <paramref name="agentQueue"/> is null.</exception>
    [SetsRequiredMembers]
    public LogoutCallout(string telesetNumber, string agentId, AgentPassword agentPassword, string agentQueue)
        : base(telesetNumber, agentId)
    {
        AgentPassword = agentPassword ?? throw new ArgumentNullException(nameof(agentPassword));
        AgentQueue = agentQueue ?? throw new ArgumentNullException(nameof(agentQueue));
    }

    /// <inheritdoc/>
    public override string FunctionName => WireShape.Name;

    /// <summary>The agent's password at the ACD (wire name <c>agentPassword</c>). Never null; holds an empty text when it was sent empty.</summary>
    /// <remarks>Source: Oracle's examples. It crosses the wire in the URL, unprotected.</remarks>
    public required AgentPassword AgentPassword { get; init; }

    /// <summary>The ACD queue (wire name <c>agentQueue</c>). Never null; empty when it was sent empty.</summary>
    /// <remarks>Source: Oracle's examples.</remarks>
    public required string AgentQueue { get; init; }

    internal override MessageShape<Callout> Shape => WireShape;

    internal override string? ValueOf(int index) => index switch
    {
        2 => AgentPassword?.Reveal(),
        3 => AgentQueue,
        _ => base.ValueOf(index),
    };
}
