using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>Represents a call at the switch.</summary>
internal sealed class Call(AgentIdentity agent, string number)
{
    /// <summary>Gets the ID that the three events of the call share.</summary>
    public string Id { get; } = ScreenPopEvent.NewSourceId();

    public AgentIdentity Agent { get; } = agent;

    /// <summary>Gets the other side's number, in digits.</summary>
    public string Number { get; } = number;
}
