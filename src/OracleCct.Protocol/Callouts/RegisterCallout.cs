using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OracleCct.Protocol;

/// <summary>
/// Represents the start of telephony for an agent. EBS listens for this agent's events at <see cref="IpAddress"/> and <see cref="Port"/>. Wire name
/// <c>Register</c>.
/// </summary>
/// <remarks>
/// A later Register of the same agent replaces the earlier one. On a terminal server many agents share one address and differ by port, so never assume
/// the port. Source: Oracle's examples; that it replaces is inferred.
/// </remarks>
public sealed record RegisterCallout : AgentCallout
{
    private const int HighestPort = 65535;

    internal static readonly MessageShape<Callout> WireShape = Describe(
        "Register",
        new RegisterCallout("", "", "", HighestPort),
        TelesetNumberField,
        AgentIdField,
        new("ipAddress", static register => ((RegisterCallout)register).IpAddress, static (register, value) => ((RegisterCallout)register)._ipAddress = value!),
        new(
            "port",
            static register => ((RegisterCallout)register).Port.ToString(CultureInfo.InvariantCulture),
            static (register, value) => ((RegisterCallout)register)._port = int.Parse(value!, NumberStyles.None, CultureInfo.InvariantCulture),
            isValid: IsPort,
            rule: "be a number from 1 to 65535"));

    private string _ipAddress = null!;
    private int _port;

    /// <summary>Initializes a new instance. Set the required properties in an object initializer.</summary>
    public RegisterCallout()
    {
    }

    /// <summary>Initializes a new instance with its required properties, in the order of the wire.</summary>
    /// <param name="telesetNumber">The extension of the agent's phone.</param>
    /// <param name="agentId">The agent's ID at the ACD.</param>
    /// <param name="ipAddress">The IP address or host name of EBS's listener.</param>
    /// <param name="port">The TCP port of EBS's listener, 1 to 65535.</param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="telesetNumber"/>, <paramref name="agentId"/> or <paramref name="ipAddress"/> is null.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not from 1 to 65535.</exception>
    [SetsRequiredMembers]
    public RegisterCallout(string telesetNumber, string agentId, string ipAddress, int port)
        : base(telesetNumber, agentId)
    {
        IpAddress = ipAddress ?? throw new ArgumentNullException(nameof(ipAddress));
        Port = port;
    }

    /// <inheritdoc/>
    public override string FunctionName => WireShape.Name;

    /// <summary>
    /// Gets the address of EBS's listener on the agent's desktop (wire name <c>ipAddress</c>). Never null. It is a text, because a site may send a host name;
    /// the code that uses it decides whether it is an address.
    /// </summary>
    /// <remarks>Source: Oracle's examples. Every sender of a callout can choose it: read the security notes before you let events leave the machine.</remarks>
    public required string IpAddress { get => _ipAddress; init => _ipAddress = value; }

    /// <summary>Gets the TCP port of EBS's listener, 1 to 65535 (wire name <c>port</c>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 1 to 65535.</exception>
    /// <remarks>Source: Oracle's examples.</remarks>
    public required int Port
    {
        get => _port;
        init => _port = Check.Port(value);
    }

    internal override MessageShape<Callout> Shape => WireShape;

    // The platform's parser ignores NULs at the end.
    private static bool IsPort(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port)
        && port is >= 1 and <= HighestPort
        && text.AsSpan().IndexOf('\0') < 0;
}
