using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>A call at the phone. Only the <see cref="Phone"/> changes its state.</summary>
internal sealed class PhoneCall(string? number, AgentIdentity? dialledBy)
{
    /// <summary>The other side's number; null where it is withheld.</summary>
    public string? Number { get; } = number;

    /// <summary>Null for a call that comes in.</summary>
    public AgentIdentity? DialledBy { get; } = dialledBy;

    /// <summary>baresip's id of the call. Null until baresip says it, which for a number that was dialled may be as late as its answer.</summary>
    public string? SipId { get; set; }

    /// <summary>Null until it is certain that there is a call.</summary>
    public CallState? State { get; set; }

    /// <summary>The call as its agent's EBS sees it; null where no agent has it.</summary>
    public Call? OfAgent { get; set; }

    public override string ToString() => $"{(DialledBy is null ? "from" : "to")} {Number ?? "a withheld number"}";
}
