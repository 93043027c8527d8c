using System;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Samples;

internal enum CallState
{
    Ringing,
    Talking,
    Ended,
}

/// <summary>Represents a call of an agent. Only the switch that owns the call changes it.</summary>
internal sealed class Call(string id, AgentIdentity agent, string number, bool isOutgoing)
{
    public string Id { get; } = id;

    public AgentIdentity Agent { get; } = agent;

    /// <summary>Gets the other side's number, as dialled or as presented.</summary>
    public string Number { get; } = number;

    public bool IsOutgoing { get; } = isOutgoing;

    public CallState State { get; set; }

    /// <summary>Gets or sets the time of the latest change of <see cref="State"/>, in UTC.</summary>
    public DateTime ChangedAt { get; set; }

    /// <summary>Gets or sets the call's session with EBS. <see langword="null"/> until the screen pop is done.</summary>
    public CallSession? Session { get; set; }

    /// <summary>Gets or sets a task that completes when every event of the call so far has been sent to EBS.</summary>
    public Task Told { get; set; } = Task.CompletedTask;

    /// <summary>Gets or sets the timer of the next automatic change.</summary>
    public Timer? Next { get; set; }

    public override string ToString() => $"call {Id} {(IsOutgoing ? "to" : "from")} {Number}";
}
