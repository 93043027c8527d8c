using System.Collections.Generic;

namespace OracleCct.Protocol;

/// <summary>Remembers the latest calls that popped, so that none pops twice.</summary>
internal sealed class PoppedCalls
{
    internal const int Capacity = 100_000;

    private readonly object _gate = new();
    private readonly Dictionary<(AgentIdentity Agent, string SourceId), LinkedListNode<(AgentIdentity Agent, string SourceId)>> _nodes = [];
    private readonly LinkedList<(AgentIdentity Agent, string SourceId)> _oldestFirst = new();

    /// <returns><see langword="true"/> when the call is new.</returns>
    public bool TryAdd(AgentIdentity agent, string sourceId)
    {
        lock (_gate)
        {
            if (_nodes.ContainsKey((agent, sourceId)))
            {
                return false;
            }

            if (_nodes.Count == Capacity)
            {
                _ = _nodes.Remove(_oldestFirst.First!.Value);
                _oldestFirst.RemoveFirst();
            }

            _nodes.Add((agent, sourceId), _oldestFirst.AddLast((agent, sourceId)));
            return true;
        }
    }

    public void Remove(AgentIdentity agent, string sourceId)
    {
        lock (_gate)
        {
            if (_nodes.TryGetValue((agent, sourceId), out LinkedListNode<(AgentIdentity Agent, string SourceId)>? node))
            {
                _ = _nodes.Remove((agent, sourceId));
                _oldestFirst.Remove(node);
            }
        }
    }
}
