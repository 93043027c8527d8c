using System;

namespace OracleCct.Protocol.Testing;

/// <summary>Specifies an agent of the simulator.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record UwqAgentOptions
{
    /// <summary>Initializes options with the defaults.</summary>
    public UwqAgentOptions()
    {
    }

    /// <summary>Initializes options, for languages without <c>init</c> properties. For each parameter, <see langword="null"/> keeps the default.</summary>
    /// <param name="password">The value of <see cref="Password"/>.</param>
    /// <param name="queue">The value of <see cref="Queue"/>.</param>
    /// <param name="ebsPort">The value of <see cref="EbsPort"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is not valid; the property says which values are.</exception>
    public UwqAgentOptions(AgentPassword? password = null, string? queue = null, int? ebsPort = null)
    {
        Password = password ?? Password;
        Queue = queue ?? Queue;
        EbsPort = ebsPort ?? EbsPort;
    }

    /// <summary>Gets the password, which Login and Logout send as <c>agentPassword</c>. The simulator never shows it.</summary>
    /// <value><c>1234</c> by default; never null.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public AgentPassword Password
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    }

    = new("1234");

    /// <summary>Gets the queue, which Login and Logout send as <c>agentQueue</c>.</summary>
    /// <value><c>7700</c> by default; never null.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public string Queue
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    }

    = "7700";

    /// <summary>
    /// Gets the TCP port on 127.0.0.1 on which the simulator listens for the agent's events. Oracle documents 8888. In memory, no port is opened, and the
    /// number only tells agents apart.
    /// </summary>
    /// <value>0 by default: any free port.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 65535.</exception>
    public int EbsPort
    {
        get;
        init => field = value is >= 0 and <= 65535
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The value is not a TCP port. Use 1 to 65535, or 0 for any free port.");
    }
}
