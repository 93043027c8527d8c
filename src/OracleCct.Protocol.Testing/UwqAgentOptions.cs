using System;

namespace OracleCct.Protocol.Testing;

/// <summary>What else an agent of the simulator has.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record UwqAgentOptions
{
    /// <summary>Sent as <c>agentPassword</c> in Login and Logout. Shown nowhere.</summary>
    /// <value><c>1234</c> by default; never null.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public AgentPassword Password
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    }

    = new("1234");

    /// <summary>Sent as <c>agentQueue</c> in Login and Logout.</summary>
    /// <value><c>7700</c> by default; never null.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public string Queue
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    }

    = "7700";

    /// <summary>The TCP port on 127.0.0.1 of the agent's listener. Oracle documents 8888. In memory it is a name and no port is opened.</summary>
    /// <value>0 by default: any free one.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 65535.</exception>
    public int ListenerPort
    {
        get;
        init => field = value is >= 0 and <= 65535 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A port is a number from 1 to 65535, or 0 for any free one.");
    }
}
