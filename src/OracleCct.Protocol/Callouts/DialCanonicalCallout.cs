using System;
using System.Diagnostics.CodeAnalysis;

namespace OracleCct.Protocol;

/// <summary>Represents a call to a number in canonical form, such as <c>+1 (415) 555-0100</c>. Wire name <c>DialCanonical</c>.</summary>
/// <remarks>
/// Oracle names the function for Direct Integration and shows no example. The two parameters for the agent are those of every callout for an agent; the rest
/// is inferred.
/// </remarks>
public sealed record DialCanonicalCallout : AgentCallout
{
    internal static readonly MessageShape<Callout> WireShape = Describe(
        "DialCanonical",
        new DialCanonicalCallout("", ""),
        TelesetNumberField,
        AgentIdField,
        new(
            "dialString",
            static call => ((DialCanonicalCallout)call).DialString,
            static (call, value) => ((DialCanonicalCallout)call)._dialString = value,
            required: false));

    private string? _dialString;

    /// <summary>Initializes a new instance. Set the required properties in an object initializer.</summary>
    public DialCanonicalCallout()
    {
    }

    /// <summary>Initializes a new instance with its required properties, in the order of the wire.</summary>
    /// <param name="telesetNumber">The extension of the agent's phone.</param>
    /// <param name="agentId">The agent's ID at the ACD.</param>
    /// <param name="dialString">The number to dial. <see langword="null"/> sends none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="telesetNumber"/> or <paramref name="agentId"/> is null.</exception>
    [SetsRequiredMembers]
    public DialCanonicalCallout(string telesetNumber, string agentId, string? dialString = null)
        : base(telesetNumber, agentId)
    {
        DialString = dialString;
    }

    /// <inheritdoc/>
    public override string FunctionName => WireShape.Name;

    /// <summary>
    /// Gets the number (wire name <c>dialString</c>). <see langword="null"/> when EBS sends it under another name; it is then in
    /// <see cref="Callout.ExtraFields"/>.
    /// </summary>
    /// <remarks>Source: inferred from MakeCall.</remarks>
    public string? DialString { get => _dialString; init => _dialString = value; }

    internal override bool IsDial => true;

    internal override MessageShape<Callout> Shape => WireShape;
}
