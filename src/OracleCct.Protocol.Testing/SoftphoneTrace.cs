using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace OracleCct.Protocol.Testing;

/// <summary>
/// What the library's trace source has said since a simulator was started. It says something where the softphone runs in the same process, of every softphone
/// there: <see cref="About"/> selects the simulator's own.
/// </summary>
internal sealed class SoftphoneTrace : TraceListener
{
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly Queue<DiagnosticObservation> _entries = new();
    private readonly int _max;

    public SoftphoneTrace(int max)
    {
        _max = max;
        _ = CctDiagnostics.TraceSource.Listeners.Add(this);
    }

    /// <summary>Returns the texts of the entries about some agents and their messages, oldest first.</summary>
    /// <param name="agents">The agents of the simulator, also those who were removed.</param>
    /// <param name="messages">The messages of the simulator.</param>
    /// <param name="isAnswer">Tells whether the outcome of an event is the answer of this simulator.</param>
    public IReadOnlyList<string> About(IReadOnlyCollection<UwqAgent> agents, IReadOnlyList<UwqMessage> messages, Func<EventDelivery, bool> isAnswer)
    {
        _ = CctDiagnostics.Flush(FlushTimeout);
        DiagnosticObservation[] entries;
        lock (_gate)
        {
            entries = [.. _entries];
        }

        return [.. entries.Where(IsOwn).Select(entry => entry.Text)];

        bool IsOwn(DiagnosticObservation entry) => entry.Observation switch
        {
            CalloutObservation callout => messages.Any(message => IsOf(message, callout)),
            EventAttemptObservation attempt => agents.Any(agent => agent.EbsAddress == attempt.EbsAddress),
            EventOutcomeObservation { EbsAddress: { } address } outcome =>
                agents.Any(agent => agent.Identity == outcome.Agent && agent.EbsAddress == address) && isAnswer(outcome.Delivery),
            EventOutcomeObservation outcome => agents.Any(agent => agent.Identity == outcome.Agent),
            _ => agents.Any(agent => Names(entry.Text, agent.Identity)),
        };
    }

    public override void TraceData(TraceEventCache? eventCache, string source, TraceEventType eventType, int id, object? data)
    {
        if (data is DiagnosticObservation entry)
        {
            lock (_gate)
            {
                _entries.Enqueue(entry);
                if (_entries.Count > _max)
                {
                    _ = _entries.Dequeue();
                }
            }
        }
    }

    public override void Write(string? message)
    {
    }

    public override void WriteLine(string? message)
    {
    }

    protected override void Dispose(bool disposing)
    {
        CctDiagnostics.TraceSource.Listeners.Remove(this);
        base.Dispose(disposing);
    }

    /// <summary>
    /// A callout is of this simulator when it has sent one like it that did not succeed: other simulators of the process may have the same agents.
    /// </summary>
    private static bool IsOf(UwqMessage message, CalloutObservation callout)
    {
        if (!message.IsCallout || message.Reply is { IsSuccess: true })
        {
            return false;
        }

        return callout.FunctionName is { } name
            ? message.Agent == callout.Agent && string.Equals(message.Name, name, StringComparison.OrdinalIgnoreCase)
            : callout.Query.EndsWith(message.Text, StringComparison.Ordinal) && (message.Reply is not { ErrorMessage: { } error } || error == callout.Message);
    }

    /// <summary>Indicates whether a text names an agent, and not one whose number only begins with the agent's.</summary>
    private static bool Names(string text, AgentIdentity agent)
    {
        string name = agent.ToString();
        for (int at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            int end = at + name.Length;
            if (end == text.Length || !char.IsLetterOrDigit(text[end]))
            {
                return true;
            }
        }

        return false;
    }
}
