using System;
using System.Collections.Generic;
using System.Linq;
using OracleCct.Protocol.Testing;

namespace OracleCct.Samples;

/// <summary>What the page shows, as it is sent there.</summary>
/// <param name="Softphone">Where callouts go.</param>
/// <param name="ListenerPort">Proposed for the first agent's listener.</param>
/// <param name="Agents">In the order in which they were added.</param>
/// <param name="Calls">The latest first.</param>
/// <param name="ProblemCount">How many problems there are in all.</param>
/// <param name="Problems">The latest of them, oldest first.</param>
/// <param name="Messages">The messages since the last view, oldest first.</param>
internal sealed record SimulatorView(
    string Softphone, int ListenerPort, IReadOnlyList<AgentView> Agents, IReadOnlyList<CallView> Calls, int ProblemCount, IReadOnlyList<ProblemView> Problems, IReadOnlyList<MessageView> Messages)
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

internal sealed record AgentView(int Number, string TelesetNumber, string AgentId, string Queue, string Listener, UwqFault Fault, bool IsRegistered, bool IsLoggedIn, bool IsReady)
{
    public AgentView(DeskAgent agent)
        : this(
            agent.Number,
            agent.Agent.Identity.TelesetNumber,
            agent.Agent.Identity.AgentId,
            agent.Queue,
            agent.Agent.Listener.ToString(),
            agent.Agent.Fault,
            agent.IsRegistered,
            agent.IsLoggedIn,
            agent.IsReady)
    {
    }
}

/// <summary>A call: its card and its timeline.</summary>
/// <param name="Key">Tells it from all other calls on the page.</param>
/// <param name="Agent">Whose it is.</param>
/// <param name="SourceId">The id that its events carry.</param>
/// <param name="State">How far it is.</param>
/// <param name="Began">When its first event came.</param>
/// <param name="Pairs">What the screen pop says, in its order.</param>
/// <param name="Forms">What each of EBS's forms would do with that.</param>
/// <param name="Steps">Its events, oldest first.</param>
internal sealed record CallView(
    string Key, string Agent, string SourceId, UwqCallState State, DateTimeOffset Began, IReadOnlyList<PairView> Pairs, IReadOnlyList<FormView> Forms, IReadOnlyList<StepView> Steps)
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

/// <summary>What a form of EBS would do with a screen pop.</summary>
/// <param name="Form">The form.</param>
/// <param name="Key">The key, as it was sent, by which it looks for the caller. Null: it gets none.</param>
/// <param name="Value">That key's value. Null: there is none.</param>
internal sealed record FormView(string Form, string? Key, string? Value);

internal sealed record ProblemView(string Code, string Severity, string? Agent, string Message)
{
    public ProblemView(UwqProblem problem)
        : this(problem.Code, problem.Severity.ToString(), problem.Agent?.ToString(), problem.Message)
    {
    }
}

internal sealed record MessageView(
    long Number, DateTimeOffset At, bool IsCallout, string? Agent, string Name, string Text, double Milliseconds, ReplyView? Reply, IReadOnlyList<ProblemView> Problems)
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
