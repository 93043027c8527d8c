using System;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>A call at the switch.</summary>
internal sealed class Call(AgentIdentity agent, string number)
{
    /// <summary>Ties the three events of a call together. No two calls ever share one, and some forms of EBS fail above 30 characters.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N").Substring(0, 30);

    public AgentIdentity Agent { get; } = agent;

    /// <summary>The other side's number, digits only: some forms of EBS stumble over anything else.</summary>
    public string Number { get; } = number;
}
