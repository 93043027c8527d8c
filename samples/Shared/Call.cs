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

/// <summary>A call of an agent. Only the switch that it belongs to changes it.</summary>
internal sealed class Call(string id, AgentIdentity agent, string number, bool isOutgoing)
{
    public string Id { get; } = id;

    public AgentIdentity Agent { get; } = agent;

    /// <summary>The other side's number, as it was dialled or shown.</summary>
    public string Number { get; } = number;

    public bool IsOutgoing { get; } = isOutgoing;

    public CallState State { get; set; }

    /// <summary>When it came into its state.</summary>
    public DateTime ChangedAt { get; set; }

    /// <summary>The call as EBS sees it, once its screen pop is done.</summary>
    public CallSession? Session { get; set; }

    /// <summary>Completes when EBS has been told of all that has happened so far.</summary>
    public Task Told { get; set; } = Task.CompletedTask;

    /// <summary>What is to happen next by itself.</summary>
    public Timer? Next { get; set; }

    public override string ToString() => $"call {Id} {(IsOutgoing ? "to" : "from")} {Number}";
}
