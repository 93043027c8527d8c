using System;
using System.Collections.Generic;
using System.Text;

namespace OracleCct.Protocol.Testing;

/// <summary>What arrived at an agent's listener.</summary>
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

    /// <summary>Whether EBS has taken it. What it has not taken counts for nothing.</summary>
    public bool IsTaken => Fault is not (UwqFault.Status500 or UwqFault.Reset);

    public HttpHead? Head { get; }

    public byte[] Body { get; }

    /// <summary>The body as UTF-8.</summary>
    public string Text { get; }

    /// <summary>Why the request could not be read. Null when it could.</summary>
    public string? Trouble { get; }

    /// <summary>Why the document cannot be read.</summary>
    public ProtocolError? Error { get; }

    /// <summary>How many events the document holds.</summary>
    public int Count { get; }

    /// <summary>The event, when there is exactly one.</summary>
    public CctEvent? Event { get; }

    /// <summary>The same, but for what the document says.</summary>
    public ReceivedEvent WithText(string text) => new(At, Fault, Head, Encoding.UTF8.GetBytes(text), Trouble);

    public static ReceivedEvent Whole(DateTimeOffset at, UwqFault fault, HttpHead head, byte[] body) => new(at, fault, head, body, null);

    public static ReceivedEvent Cut(DateTimeOffset at, UwqFault fault, HttpHead? head, string trouble) => new(at, fault, head, [], trouble);

    public static ReceivedEvent Reset(DateTimeOffset at) => new(at, UwqFault.Reset, null, [], "");
}
