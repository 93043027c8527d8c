using System;
using System.Diagnostics.CodeAnalysis;

namespace OracleCct.Protocol;

/// <summary>
/// Represents a request from E-Business Suite to the softphone: an HTTP GET whose query string contains a function and its parameters.
/// </summary>
/// <remarks>
/// The family is closed: every callout is one of the sealed records of this library. <see cref="UnknownCallout"/> is the one for a function that the
/// library does not know. Immutable, and safe to use from several threads. <c>ToString</c> shows no password and no extra field.
/// </remarks>
public abstract record Callout
{
    private WireFields _extraFields = WireFields.Empty;

    private protected Callout()
    {
    }

    /// <summary>Gets the function, spelled as on the wire (parameter <c>FunctionName</c>). Never null.</summary>
    public abstract string FunctionName { get; }

    /// <summary>
    /// Gets the parameters for which this record has no property, in the order of the wire. They are written after the others.
    /// </summary>
    /// <value>Empty by default, never null.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public WireFields ExtraFields
    {
        get => _extraFields;
        init => _extraFields = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>Gets the function as messages and observations show it.</summary>
    internal virtual string DisplayName => FunctionName;

    /// <summary>Gets whether the callout dials a number.</summary>
    internal virtual bool IsDial => false;

    internal abstract MessageShape<Callout> Shape { get; }

    private protected static MessageShape<Callout> Describe(string name, Callout empty, params FieldShape<Callout>[] fields) =>
        new(name, empty, static callout => callout with { }, static (callout, extraFields) => callout._extraFields = extraFields, fields);
}

/// <summary>Represents a callout for one agent.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public abstract record AgentCallout : Callout
{
    private protected static readonly FieldShape<Callout> TelesetNumberField = new(
        "telesetNumber", static callout => ((AgentCallout)callout).TelesetNumber, static (callout, value) => ((AgentCallout)callout)._telesetNumber = value!);

    private protected static readonly FieldShape<Callout> AgentIdField = new(
        "agentID", static callout => ((AgentCallout)callout).AgentId, static (callout, value) => ((AgentCallout)callout)._agentId = value!);

    private string _telesetNumber = null!;
    private string _agentId = null!;

    private protected AgentCallout()
    {
    }

    [SetsRequiredMembers]
    private protected AgentCallout(string telesetNumber, string agentId)
    {
        TelesetNumber = telesetNumber ?? throw new ArgumentNullException(nameof(telesetNumber));
        AgentId = agentId ?? throw new ArgumentNullException(nameof(agentId));
    }

    /// <summary>Gets the extension of the agent's phone (wire name <c>telesetNumber</c>). Never null; empty when it was sent empty.</summary>
    /// <remarks>Source: Oracle's examples.</remarks>
    public required string TelesetNumber { get => _telesetNumber; init => _telesetNumber = value; }

    /// <summary>Gets the agent's ID at the ACD (wire name <c>agentID</c>). Never null; empty when it was sent empty.</summary>
    /// <remarks>Source: Oracle's examples. Some sites set it to the extension.</remarks>
    public required string AgentId { get => _agentId; init => _agentId = value; }

    /// <summary>Gets <see cref="TelesetNumber"/> and <see cref="AgentId"/>, which identify an agent together.</summary>
    public AgentIdentity Agent => new(TelesetNumber, AgentId);
}
