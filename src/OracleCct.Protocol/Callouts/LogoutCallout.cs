using System;
using System.Diagnostics.CodeAnalysis;

namespace OracleCct.Protocol;

/// <summary>Represents an agent's logout from the ACD. Wire name <c>Logout</c>.</summary>
/// <remarks>It contains the password again, as Oracle's examples show. Source: Oracle's examples.</remarks>
public sealed record LogoutCallout : AgentCallout
{
    internal static readonly MessageShape<Callout> WireShape = Describe(
        "Logout",
        new LogoutCallout("", "", new(""), ""),
        TelesetNumberField,
        AgentIdField,
        new(
            "agentPassword",
            static logout => ((LogoutCallout)logout).AgentPassword?.Reveal(),
            static (logout, value) => ((LogoutCallout)logout)._agentPassword = new(value!)),
        new("agentQueue", static logout => ((LogoutCallout)logout).AgentQueue, static (logout, value) => ((LogoutCallout)logout)._agentQueue = value!));

    private AgentPassword _agentPassword = null!;
    private string _agentQueue = null!;

    /// <summary>Initializes a new instance. Set the required properties in an object initializer.</summary>
    public LogoutCallout()
    {
    }

    /// <summary>Initializes a new instance with its required properties, in the order of the wire.</summary>
    /// <param name="telesetNumber">The extension of the agent's phone.</param>
    /// <param name="agentId">The agent's ID at the ACD.</param>
    /// <param name="agentPassword">The agent's password at the ACD.</param>
    /// <param name="agentQueue">The ACD queue.</param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="telesetNumber"/>, <paramref name="agentId"/>, <paramref name="agentPassword"/> or <paramref name="agentQueue"/> is null.
    /// </exception>
    [SetsRequiredMembers]
    public LogoutCallout(string telesetNumber, string agentId, AgentPassword agentPassword, string agentQueue)
        : base(telesetNumber, agentId)
    {
        AgentPassword = agentPassword ?? throw new ArgumentNullException(nameof(agentPassword));
        AgentQueue = agentQueue ?? throw new ArgumentNullException(nameof(agentQueue));
    }

    /// <inheritdoc/>
    public override string FunctionName => WireShape.Name;

    /// <summary>Gets the agent's password at the ACD (wire name <c>agentPassword</c>). Never null; contains an empty text when it was sent empty.</summary>
    /// <remarks>Source: Oracle's examples. It crosses the wire in the URL, unprotected.</remarks>
    public required AgentPassword AgentPassword { get => _agentPassword; init => _agentPassword = value; }

    /// <summary>Gets the ACD queue (wire name <c>agentQueue</c>). Never null; empty when it was sent empty.</summary>
    /// <remarks>Source: Oracle's examples.</remarks>
    public required string AgentQueue { get => _agentQueue; init => _agentQueue = value; }

    internal override MessageShape<Callout> Shape => WireShape;
}
