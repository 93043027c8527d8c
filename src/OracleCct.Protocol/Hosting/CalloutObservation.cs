using System;
using System.Net;

namespace OracleCct.Protocol;

/// <summary>Specifies the outcome of a request to the softphone.</summary>
public enum CalloutOutcome
{
    /// <summary>The callout was carried out.</summary>
    Success,

    /// <summary>The handler replied with an Error, or no handler is registered.</summary>
    Error,

    /// <summary>The handler, the dispatcher or the registry threw.</summary>
    Failed,

    /// <summary>The callout did not end by its deadline.</summary>
    TimedOut,

    /// <summary>The callout was not carried out, since too many callouts were waiting.</summary>
    Busy,

    /// <summary>The request is not a valid callout.</summary>
    Unreadable,

    /// <summary>The guard refused the request. <see cref="CalloutObservation.Refusal"/> has the reason.</summary>
    Refused,
}

/// <summary>Represents a request to the softphone and its response.</summary>
/// <remarks>
/// Immutable, and safe to use from several threads. It contains no password, unless your own code puts one into <see cref="Exception"/> or <see
/// cref="Message"/>.
/// </remarks>
public sealed record CalloutObservation : CctObservation
{
    /// <summary>Gets the outcome.</summary>
    public required CalloutOutcome Outcome { get; init; }

    /// <summary>Gets the reason for which the guard refused the request. Null if it did not.</summary>
    public CalloutRefusal? Refusal { get; init; }

    /// <summary>Gets the address of the machine that sent the request. Null if the host does not know it.</summary>
    public IPAddress? RemoteAddress { get; init; }

    /// <summary>
    /// Gets the function, such as <c>MakeCall</c>, up to the first character that no name has. Null if the request was refused or is not valid.
    /// </summary>
    public string? FunctionName { get; init; }

    /// <summary>Gets the agent. Null if the callout names none, or was not read.</summary>
    public AgentIdentity? Agent { get; init; }

    /// <summary>Gets the query string with asterisks in place of a password, as <see cref="CalloutQueryFormatter.Redact"/> returns it. Never null.</summary>
    public required string Query { get; init; }

    /// <summary>Gets whether the callout repeated a dial that was running or had just ended, and got its reply.</summary>
    public bool Joined { get; init; }

    /// <summary>Gets the HTTP status of the response.</summary>
    public required int StatusCode { get; init; }

    /// <summary>Gets the text of the Error reply. Null for a success.</summary>
    public string? Message { get; init; }

    /// <summary>
    /// Gets the exception of the handler, the dispatcher or the registry. Null if none was thrown. The library does not control its text, so check it before
    /// you log it.
    /// </summary>
    public Exception? Exception { get; init; }

    internal override bool HoldsForeignText => Message is not null || Exception is not null;

    internal override void WriteTo(JsonLine line)
    {
        line.Add("kind", "callout");
        line.Add("from", RemoteAddress?.ToString());
        line.Add("function", FunctionName);
        line.Add("telesetNumber", Agent is { } one ? SafeText.TelesetNumber(one) : null);
        line.Add("agentID", Agent is { } other ? SafeText.AgentId(other) : null);
        line.Add("query", Query);
        line.Add("outcome", Outcome.ToString());
        line.Add("refusal", Refusal?.ToString());
        line.Add("joined", Joined ? true : null);
        line.Add("status", StatusCode);
        line.Add("message", Message);
        line.Add("exception", Exception?.GetType().FullName);
    }

    /// <summary>Returns function, agent and outcome, as in <c>MakeCall of agent 7001 at 70002: Success</c>.</summary>
    public override string ToString() => $"{FunctionName ?? "Callout"}{(Agent is { } agent ? $" of {agent}" : "")}: {Outcome}";
}
