using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>Represents a call at the phone. Only <see cref="Phone"/> changes its state.</summary>
internal sealed class PhoneCall(string? number, AgentIdentity? dialledBy)
{
    /// <summary>Gets the other side's number, or <see langword="null"/> when it is withheld.</summary>
    public string? Number { get; } = number;

    /// <summary>Gets the agent who dialled, or <see langword="null"/> for an incoming call.</summary>
    public AgentIdentity? DialledBy { get; } = dialledBy;

    /// <summary>
    /// Gets or sets baresip's ID of the call. <see langword="null"/> until the first event of the call. For a dialled number, that can be the answer.
    /// </summary>
    public string? SipId { get; set; }

    /// <summary>Gets or sets the state. <see langword="null"/> until it is certain that the call exists.</summary>
    public CallState? State { get; set; }

    /// <summary>Gets or sets the call that EBS is informed of, or <see langword="null"/> when it belongs to no agent.</summary>
    public Call? OfAgent { get; set; }

    public override string ToString() => $"{(DialledBy is null ? "from" : "to")} {Number ?? "a withheld number"}";
}
