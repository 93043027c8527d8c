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
    public WireFields ExtraFields { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = WireFields.Empty;

    internal abstract MessageShape<Callout> Shape { get; }

    /// <summary>What to send for the field with that index in the shape; null: nothing.</summary>
    internal abstract string? ValueOf(int index);

    private protected static MessageShape<Callout> Describe<TCallout>(
        string functionName, FieldShape[] fields, Func<string?[], TCallout> create)
        where TCallout : Callout =>
        new(
            functionName,
            fields,
            (values, extra) => extra.Count == 0 ? create(values) : create(values) with { ExtraFields = extra });
}

/// <summary>A callout that concerns one agent.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public abstract record AgentCallout : Callout
{
    private protected static readonly FieldShape TelesetNumberField = new("telesetNumber");
    private protected static readonly FieldShape AgentIdField = new("agentID");

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
    public required string TelesetNumber { get; init; }

    /// <summary>The agent's id at the ACD (wire name <c>agentID</c>). Never null; empty when it was sent empty.</summary>
    /// <remarks>Source: Oracle's examples. Some sites set it to the extension.</remarks>
    public required string AgentId { get; init; }

    /// <summary>The pair of <see cref="TelesetNumber"/> and <see cref="AgentId"/>, which together tell agents apart.</summary>
    public AgentIdentity Agent => new(TelesetNumber, AgentId);

    internal override string? ValueOf(int index) => index == 0 ? TelesetNumber : AgentId;
}
