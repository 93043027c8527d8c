using System;
using System.Net;

namespace OracleCct.Protocol;

/// <summary>What became of a request to the softphone.</summary>
public enum CalloutOutcome
{
    /// <summary>The callout was carried out.</summary>
    Success,

    /// <summary>The handler, or the library in place of one that is missing, answered with an Error.</summary>
    Error,

    /// <summary>The handler, the dispatcher or the registry threw.</summary>
    Failed,

    /// <summary>The callout did not end by its deadline.</summary>
    TimedOut,

    /// <summary>Too many callouts were waiting, so that this one was not carried out.</summary>
    Busy,

    /// <summary>The text is no callout.</summary>
    Unreadable,

    /// <summary>The guard refused the request: <see cref="CalloutObservation.Refusal"/> says why.</summary>
    Refused,
}

/// <summary>A request to the softphone and its answer.</summary>
/// <remarks>
/// Immutable, and safe to use from several threads. It holds no password, except perhaps in <see cref="Exception"/> and <see cref="Message"/>, as far as these come from your own code.
/// </remarks>
public sealed record CalloutObservation : CctObservation
{
    /// <summary>What became of it.</summary>
    public required CalloutOutcome Outcome { get; init; }

    /// <summary>Why the guard refused it. Null unless it did.</summary>
    public CalloutRefusal? Refusal { get; init; }

    /// <summary>The address of the machine that sent it. Null when the host does not know.</summary>
    public IPAddress? RemoteAddress { get; init; }

    /// <summary>The function as far as it is a name, such as <c>MakeCall</c>. Null when the request was refused or could not be read.</summary>
    public string? FunctionName { get; init; }

    /// <summary>The agent concerned. Null when the callout names none, or was not read.</summary>
    public AgentIdentity? Agent { get; init; }

    /// <summary>The query string with asterisks for a password, as <see cref="CalloutQueryFormatter.Redact"/> shows it. Never null.</summary>
    public required string Query { get; init; }

    /// <summary>Whether this was the repetition of a callout that was being carried out or just had been, and got the same reply.</summary>
    public bool Joined { get; init; }

    /// <summary>The HTTP status of the answer.</summary>
    public required int StatusCode { get; init; }

    /// <summary>What the sender was told. Null for a success.</summary>
    public string? Message { get; init; }

    /// <summary>What the handler, the dispatcher or the registry threw. Null when nothing was thrown. Its text is not the library's own, so look at it before you log it.</summary>
    public Exception? Exception { get; init; }

    internal override bool HoldsForeignText => Message is not null || Exception is not null;

    internal override void WriteTo(JsonLine line)
    {
        line.Add("kind", "callout");
        line.Add("from", RemoteAddress?.ToString());
        line.Add("function", FunctionName);
        line.Add("telesetNumber", Agent?.TelesetNumber);
        line.Add("agentID", Agent?.AgentId);
        line.Add("query", Query);
        line.Add("outcome", Outcome.ToString());
        line.Add("refusal", Refusal?.ToString());
        line.Add("joined", Joined ? true : null);
        line.Add("status", StatusCode);
        line.Add("message", Message);
        line.Add("exception", Exception?.GetType().FullName);
    }

    /// <summary>Function, agent and outcome, as in <c>MakeCall of agent 7001 at 70002: Success</c>.</summary>
    public override string ToString() => $"{FunctionName ?? "Callout"}{(Agent is { } agent ? $" of {agent}" : "")}: {Outcome}";
}
