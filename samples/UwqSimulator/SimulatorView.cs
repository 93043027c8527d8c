using System;
using System.Collections.Generic;
using System.Linq;
using OracleCct.Protocol.Testing;

namespace OracleCct.Samples;

/// <summary>Represents the data that the page shows.</summary>
/// <param name="Softphone">The URL that callouts go to.</param>
/// <param name="ListenerPort">The default port of the first agent's listener.</param>
/// <param name="Agents">The agents, in the order in which they were added.</param>
/// <param name="Calls">The calls, latest first.</param>
/// <param name="ProblemCount">The number of all problems.</param>
/// <param name="Problems">The latest problems, oldest first.</param>
/// <param name="Messages">The messages since the last view, oldest first.</param>
internal sealed record SimulatorView(
    string Softphone,
    int ListenerPort,
    IReadOnlyList<AgentView> Agents,
    IReadOnlyList<CallView> Calls,
    int ProblemCount,
    IReadOnlyList<ProblemView> Problems,
    IReadOnlyList<MessageView> Messages)
{
    private const int MostCalls = 50;
    private const int MostProblems = 50;
    private const int MostMessages = 200;

    public static SimulatorView Of(SimulatorDesk desk, long lastMessage)
    {
        IReadOnlyList<DeskAgent> agents = desk.Agents;
        IReadOnlyList<UwqProblem> problems = desk.Problems;
        return new(
            desk.Softphone.AbsoluteUri,
            desk.ListenerPort,
            [.. agents.Select(agent => new AgentView(agent))],
            [.. agents.SelectMany(agent => agent.Agent.Calls.Select(call => new CallView(agent, call))).OrderByDescending(call => call.Began).Take(MostCalls)],
            problems.Count,
            [.. problems.TakeLast(MostProblems).Select(problem => new ProblemView(problem))],
            [.. desk.MessagesAfter(lastMessage, MostMessages).Select(message => new MessageView(message))]);
    }
}

internal sealed record AgentView(
    int Number, string TelesetNumber, string AgentId, string Queue, string Listener, UwqFault Fault, bool IsRegistered, bool IsLoggedIn, bool IsReady)
{
    public AgentView(DeskAgent agent)
        : this(
            agent.Number,
            agent.Agent.Identity.TelesetNumber,
            agent.Agent.Identity.AgentId,
            agent.Queue,
            agent.Agent.EbsAddress.ToString(),
            agent.Agent.Fault,
            agent.IsRegistered,
            agent.IsLoggedIn,
            agent.IsReady)
    {
    }
}

/// <summary>Represents a call with its events.</summary>
/// <param name="Key">The key that identifies the call on the page.</param>
/// <param name="Agent">The agent of the call.</param>
/// <param name="SourceId">The ID in the call's events.</param>
/// <param name="State">The state of the call.</param>
/// <param name="Began">The time of the first event.</param>
/// <param name="Pairs">The names and values of the screen pop, in order.</param>
/// <param name="Forms">How each of EBS's forms interprets the screen pop.</param>
/// <param name="Steps">The events, oldest first.</param>
internal sealed record CallView(
    string Key,
    string Agent,
    string SourceId,
    UwqCallState State,
    DateTimeOffset Began,
    IReadOnlyList<PairView> Pairs,
    IReadOnlyList<FormView> Forms,
    IReadOnlyList<StepView> Steps)
{
    public CallView(DeskAgent agent, UwqCall call)
        : this(
            $"{agent.Number}:{call.SourceId}",
            agent.Agent.Identity.ToString(),
            call.SourceId,
            call.State,
            call.Messages is [{ } first, ..] ? first.At : default,
            call.ScreenPop is { } pop ? [.. pop.GetPairs().Select(pair => new PairView(pair.Name, pair.Value))] : [],
            call.ScreenPop is { } popped ? [.. PoppedForm.Of(popped)] : [],
            [.. call.Messages.Select(message => new StepView(message.At, message.Name, [.. message.Problems.Select(problem => new ProblemView(problem))]))])
    {
    }
}

internal sealed record StepView(DateTimeOffset At, string Name, IReadOnlyList<ProblemView> Problems);

internal sealed record PairView(string Name, string Value);

/// <summary>Represents how a form of EBS interprets a screen pop.</summary>
/// <param name="Form">The form.</param>
/// <param name="Key">The key, as sent, by which the form searches for the caller. <see langword="null"/> when there is no key that the form uses.</param>
/// <param name="Value">The value of the key, or <see langword="null"/> when there is none.</param>
internal sealed record FormView(string Form, string? Key, string? Value);

internal sealed record ProblemView(string Code, string Severity, string? Agent, string Message)
{
    public ProblemView(UwqProblem problem)
        : this(problem.Code, problem.Severity.ToString(), problem.Agent?.ToString(), problem.Message)
    {
    }
}

internal sealed record MessageView(
    long Number,
    DateTimeOffset At,
    bool IsCallout,
    string? Agent,
    string Name,
    string Text,
    double Milliseconds,
    ReplyView? Reply,
    IReadOnlyList<ProblemView> Problems)
{
    public MessageView(DeskMessage message)
        : this(
            message.Number,
            message.Message.At,
            message.Message.IsCallout,
            message.Message.Agent?.ToString(),
            message.Message.Name,
            message.Message.Text,
            message.Message.Duration.TotalMilliseconds,
            message.Message.Reply is { } reply ? new ReplyView(message.Message.Name, reply) : null,
            [.. message.Message.Problems.Select(problem => new ProblemView(problem))])
    {
    }
}

internal sealed record ReplyView(string Callout, UwqReplyKind Kind, int? Status, string? ErrorMessage, string Body, int Attempts, double Milliseconds)
{
    public ReplyView(string callout, UwqReply reply)
        : this(callout, reply.Kind, reply.StatusCode, reply.ErrorMessage, reply.Body, reply.Attempts, reply.Duration.TotalMilliseconds)
    {
    }
}
