using System;
using System.Diagnostics.CodeAnalysis;

namespace OracleCct.Protocol;

/// <summary>Represents a call that the agent dials from EBS: the softphone calls <see cref="DialString"/>. Wire name <c>MakeCall</c>.</summary>
/// <remarks>
/// Success means that dialling has begun. The call has the same events as an incoming one. Source: Oracle's examples.
/// </remarks>
public sealed record MakeCallCallout : AgentCallout
{
    internal static readonly MessageShape<Callout> WireShape = Describe(
        "MakeCall",
        new MakeCallCallout("", "", ""),
        TelesetNumberField,
        AgentIdField,
        new("dialString", static call => ((MakeCallCallout)call).DialString, static (call, value) => ((MakeCallCallout)call)._dialString = value!));

    private string _dialString = null!;

    /// <summary>Initializes a new instance. Set the required properties in an object initializer.</summary>
    public MakeCallCallout()
    {
    }

    /// <summary>Initializes a new instance with its required properties, in the order of the wire.</summary>
    /// <param name="telesetNumber">The extension of the agent's phone.</param>
    /// <param name="agentId">The agent's ID at the ACD.</param>
    /// <param name="dialString">The number to dial.</param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="telesetNumber"/>, <paramref name="agentId"/> or <paramref name="dialString"/> is null.
    /// </exception>
    [SetsRequiredMembers]
    public MakeCallCallout(string telesetNumber, string agentId, string dialString)
        : base(telesetNumber, agentId)
    {
        DialString = dialString ?? throw new ArgumentNullException(nameof(dialString));
    }

    /// <inheritdoc/>
    public override string FunctionName => WireShape.Name;

    /// <summary>Gets the number as the agent typed it (wire name <c>dialString</c>): digits, or with spaces, brackets and a leading plus. Never null.</summary>
    /// <remarks>Source: Oracle's examples.</remarks>
    public required string DialString { get => _dialString; init => _dialString = value; }

    internal override bool IsDial => true;

    internal override MessageShape<Callout> Shape => WireShape;
}
