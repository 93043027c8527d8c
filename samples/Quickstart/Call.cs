using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>A call at the switch.</summary>
internal sealed class Call(AgentIdentity agent, string number)
{
    /// <summary>Gets the id that the three events of the call share.</summary>
    public string Id { get; } = ScreenPopEvent.NewSourceId();

    public AgentIdentity Agent { get; } = agent;

    /// <summary>The other side's number, digits only: some forms of EBS stumble over anything else.</summary>
    public string Number { get; } = number;
}
