using System;
using System.Collections.Generic;
using System.Text;

namespace OracleCct.Protocol.Testing;

/// <summary>Represents what arrived at an agent's listener.</summary>
internal sealed class ReceivedEvent
{
    private ReceivedEvent(DateTimeOffset at, UwqFault fault, HttpHead? head, byte[] body, string? trouble)
    {
        At = at;
        Fault = fault;
        Head = head;
        Body = body;
        Trouble = trouble;
        Text = Encoding.UTF8.GetString(body);
        ProtocolError? error = null;
        if (trouble is null && CctXmlFormatter.Default.TryRead(body, out IReadOnlyList<CctEvent>? events, out error))
        {
            Count = events!.Count;
            Event = events.Count == 1 ? events[0] : null;
        }

        Error = error;
    }

    public DateTimeOffset At { get; }

    public UwqFault Fault { get; }

    /// <summary>Gets whether EBS accepted it. An event that it did not accept has no effect.</summary>
    public bool IsTaken => Fault is not (UwqFault.Status500 or UwqFault.Reset);

    public HttpHead? Head { get; }

    public byte[] Body { get; }

    /// <summary>Gets the body as UTF-8.</summary>
    public string Text { get; }

    /// <summary>Gets why the request could not be read; null when it could.</summary>
    public string? Trouble { get; }

    /// <summary>Gets why the document cannot be read; null when it can.</summary>
    public ProtocolError? Error { get; }

    /// <summary>Gets how many events the document contains.</summary>
    public int Count { get; }

    /// <summary>Gets the event, when there is exactly one.</summary>
    public CctEvent? Event { get; }

    /// <summary>Returns the same with another document.</summary>
    public ReceivedEvent WithText(string text) => new(At, Fault, Head, Encoding.UTF8.GetBytes(text), Trouble);

    public static ReceivedEvent Whole(DateTimeOffset at, UwqFault fault, HttpHead head, byte[] body) => new(at, fault, head, body, null);

    public static ReceivedEvent Cut(DateTimeOffset at, UwqFault fault, HttpHead? head, string trouble) => new(at, fault, head, [], trouble);

    public static ReceivedEvent Reset(DateTimeOffset at) => new(at, UwqFault.Reset, null, [], "");
}
