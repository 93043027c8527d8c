namespace OracleCct.Protocol;

/// <summary>The agent logs in to the ACD. Wire name <c>Login</c>.</summary>
/// <remarks>It does not make the agent ready: <see cref="ReadyCallout"/> does. Source: Oracle's examples.</remarks>
public sealed record LoginCallout : AgentCallout
{
    internal static readonly MessageShape<Callout> WireShape = Describe<LoginCallout>(
        "Login",
        [TelesetNumberField, AgentIdField, new("agentPassword"), new("agentQueue")],
        static values => new()
        {
            TelesetNumber = values[0]!,
            AgentId = values[1]!,
            AgentPassword = new(values[2]!),
            AgentQueue = values[3]!,
        });

    /// <inheritdoc/>
    public override string FunctionName => WireShape.Name;

    /// <summary>The agent's password at the ACD (wire name <c>agentPassword</c>). Never null; holds an empty text when it was sent empty.</summary>
    /// <remarks>Source: Oracle's examples. It crosses the wire in the URL, unprotected.</remarks>
    public required AgentPassword AgentPassword { get; init; }

    /// <summary>The ACD queue (wire name <c>agentQueue</c>). Never null; empty when it was sent empty.</summary>
    /// <remarks>Source: Oracle's examples.</remarks>
    public required string AgentQueue { get; init; }

    internal override MessageShape<Callout> Shape => WireShape;

    internal override string? ValueOf(int index) => index switch
    {
        2 => AgentPassword?.Reveal(),
        3 => AgentQueue,
        _ => base.ValueOf(index),
    };
}
