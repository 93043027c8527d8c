using System;
using System.Diagnostics.CodeAnalysis;

namespace OracleCct.Protocol;

/// <summary>
/// One request of E-Business Suite to the softphone: an HTTP GET whose query string names a function and its parameters.
/// </summary>
/// <remarks>
/// The family is closed: a callout is one of the sealed records of this library, or <see cref="UnknownCallout"/> for a function that
/// the library does not know. Immutable, and safe to use from several threads. <c>ToString</c> shows no password and no extra field.
/// </remarks>
public abstract record Callout
{
    private WireFields _extraFields = WireFields.Empty;

    private protected Callout()
    {
    }

    /// <summary>The function, spelled as on the wire (parameter <c>FunctionName</c>). Never null.</summary>
    public abstract string FunctionName { get; }

    /// <summary>
    /// What was sent besides the parameters that this record has properties for, in the order of the wire; written back after them.
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

/// <summary>A callout that concerns one agent.</summary>
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

    /// <summary>The extension of the agent's phone (wire name <c>telesetNumber</c>). Never null; empty when it was sent empty.</summary>
    /// <remarks>Source: Oracle's examples.</remarks>
    public required string TelesetNumber { get => _telesetNumber; init => _telesetNumber = value; }

    /// <summary>The agent's id at the ACD (wire name <c>agentID</c>). Never null; empty when it was sent empty.</summary>
    /// <remarks>Source: Oracle's examples. Some sites set it to the extension.</remarks>
    public required string AgentId { get => _agentId; init => _agentId = value; }

    /// <summary>The pair of <see cref="TelesetNumber"/> and <see cref="AgentId"/>, which together tell agents apart.</summary>
    public AgentIdentity Agent => new(TelesetNumber, AgentId);
}
