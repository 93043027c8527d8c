using System.Collections.Generic;
using System.Linq;

namespace OracleCct.Protocol.Testing;

/// <summary>Tracks the calls of all agents by their events. The oldest calls are forgotten. Not thread-safe.</summary>
internal sealed class CallBook(int max)
{
    private readonly Dictionary<(AgentIdentity Agent, string SourceId), Entry> _calls = [];
    private readonly Queue<Entry> _oldest = new();
    private readonly Dictionary<string, AgentIdentity> _owners = [];

    /// <summary>
    /// The number of ScreenPops of an agent that EBS did not accept because of its own fault. Their calls continue, because the softphone cannot know.
    /// </summary>
    private readonly Dictionary<AgentIdentity, int> _lostPops = [];

    public IReadOnlyList<UwqCall> CallsOf(AgentIdentity agent) => [.. _oldest.Where(entry => entry.Agent == agent).Select(entry => entry.Snapshot())];

    /// <returns>The code and the message of the problem with the event's place in its call; null when there is none.</returns>
    public (string Code, string Message)? Check(AgentIdentity agent, CallEvent callEvent)
    {
        string id = Shown(callEvent.SourceId);
        if (_owners.TryGetValue(callEvent.SourceId, out AgentIdentity owner) && owner != agent)
        {
            return ("UWQ102", $"The id {id} is of a call of {owner}. Use a different id for each call, and send its events to the agent who has the call.");
        }

        _ = _calls.TryGetValue((agent, callEvent.SourceId), out Entry? call);
        return (callEvent, call) switch
        {
            (ScreenPopEvent, not null) =>
                ("UWQ101", $"The id {id} has been used before. Use a new id for each call, and send one ScreenPop: a second one opens a second window."),
            (CallEstablishedEvent or CallReleasedEvent, null) when TryExcuseLostPop(agent) => null,
            (CallEstablishedEvent, null) =>
                ("UWQ103", $"The call {id} has had no ScreenPop, so EBS does not know it. Send the ScreenPop first, with the same id."),
            (CallReleasedEvent, null) =>
                ("UWQ104", $"The call {id} has had no ScreenPop, so EBS does not know it. Send the ScreenPop first, with the same id."),
            (CallEstablishedEvent, { State: UwqCallState.Established }) => ("UWQ105", $"The call {id} was already established. Send CallEstablished once."),
            (CallEstablishedEvent, { State: UwqCallState.Released }) =>
                ("UWQ106", $"The call {id} was already released. Send CallEstablished before CallReleased."),
            (CallReleasedEvent, { State: UwqCallState.Released }) => ("UWQ107", $"The call {id} was already released. Send CallReleased once."),
            _ => null,
        };
    }

    /// <summary>Counts an event that was not accepted and may have been a ScreenPop.</summary>
    public void LosePop(AgentIdentity agent) => _lostPops[agent] = (_lostPops.TryGetValue(agent, out int count) ? count : 0) + 1;

    public void Add(AgentIdentity agent, CallEvent callEvent, UwqMessage message)
    {
        if (!_calls.TryGetValue((agent, callEvent.SourceId), out Entry? call))
        {
            call = new(agent, callEvent.SourceId);
            _calls.Add((agent, callEvent.SourceId), call);
            _oldest.Enqueue(call);
            if (!_owners.TryGetValue(callEvent.SourceId, out _))
            {
                _owners.Add(callEvent.SourceId, agent);
            }
        }

        call.ScreenPop ??= callEvent as ScreenPopEvent;
        UwqCallState state = callEvent switch
        {
            CallReleasedEvent => UwqCallState.Released,
            CallEstablishedEvent => UwqCallState.Established,
            _ => UwqCallState.Popped,
        };
        call.State = state > call.State ? state : call.State;
        call.Messages.Enqueue(message);
        if (call.Messages.Count > max)
        {
            _ = call.Messages.Dequeue();
        }

        if (_oldest.Count > max)
        {
            Entry oldest = _oldest.Dequeue();
            _ = _calls.Remove((oldest.Agent, oldest.SourceId));
            if (_owners.TryGetValue(oldest.SourceId, out AgentIdentity owner) && owner == oldest.Agent)
            {
                _ = _owners.Remove(oldest.SourceId);
            }
        }
    }

    private bool TryExcuseLostPop(AgentIdentity agent)
    {
        if (!_lostPops.TryGetValue(agent, out int count) || count == 0)
        {
            return false;
        }

        _lostPops[agent] = count - 1;
        return true;
    }

    private static string Shown(string id) => id.Length == 0 ? "\"\"" : id.Length <= 64 ? id : $"{id.Substring(0, 64)}…";

    private sealed class Entry(AgentIdentity agent, string sourceId)
    {
        public AgentIdentity Agent { get; } = agent;

        public string SourceId { get; } = sourceId;

        public UwqCallState State { get; set; }

        public ScreenPopEvent? ScreenPop { get; set; }

        public Queue<UwqMessage> Messages { get; } = new();

        public UwqCall Snapshot() => new() { SourceId = SourceId, State = State, ScreenPop = ScreenPop, Messages = new ValueList<UwqMessage>(Messages) };
    }
}
