using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol.Testing;

namespace OracleCct.Samples;

/// <summary>Provides the data of the page: the simulator, its agents by number, and the latest messages.</summary>
/// <remarks>Safe to use from several threads.</remarks>
internal sealed class SimulatorDesk : IAsyncDisposable
{
    private const int MostMessages = 1_000;

    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private readonly UwqSimulator _simulator;
    private readonly SortedList<int, DeskAgent> _agents = [];
    private readonly Queue<DeskMessage> _messages = [];
    private int _lastAgent;
    private long _lastMessage;

    public SimulatorDesk(SimulatorOptions options)
    {
        Softphone = options.Softphone;
        ListenerPort = options.ListenerPort;
        _simulator = UwqSimulator.Start(options.Softphone, new() { OnMessage = Record });
    }

    public Uri Softphone { get; }

    /// <summary>Gets the default port of the first agent's listener. 0 selects a free port.</summary>
    public int ListenerPort { get; }

    /// <summary>Gets the signal that is raised when the data changes.</summary>
    public ChangeSignal Changes { get; } = new();

    public IReadOnlyList<UwqProblem> Problems => _simulator.Problems;

    public IReadOnlyList<DeskAgent> Agents
    {
        get
        {
            lock (_gate)
            {
                return [.. _agents.Values];
            }
        }
    }

    /// <summary>Returns the messages after a number, oldest first. If there are more than <paramref name="most"/>, returns the latest.</summary>
    public IReadOnlyList<DeskMessage> MessagesAfter(long number, int most)
    {
        lock (_gate)
        {
            return [.. _messages.SkipWhile(message => message.Number <= number).TakeLast(most)];
        }
    }

    public DeskAgent? Find(int number)
    {
        lock (_gate)
        {
            return _agents.GetValueOrDefault(number);
        }
    }

    /// <summary>Opens a listener for an agent. The softphone is not informed yet.</summary>
    /// <exception cref="System.IO.IOException">The listener's port is in use.</exception>
    /// <exception cref="ArgumentException">The agent already exists, or one of its values is not valid.</exception>
    public DeskAgent Add(string telesetNumber, string agentId, UwqAgentOptions options)
    {
        UwqAgent agent = _simulator.AddAgent(telesetNumber, agentId, options);
        DeskAgent added;
        lock (_gate)
        {
            added = new(++_lastAgent, agent, options.Queue);
            _agents.Add(added.Number, added);
        }

        Changes.Raise();
        return added;
    }

    /// <summary>Signs an agent out and closes the listener. Gives up on a softphone that does not reply within seconds.</summary>
    public async Task RemoveAsync(DeskAgent agent, CancellationToken cancellationToken)
    {
        if (agent.IsRegistered)
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            deadline.CancelAfter(LongestFarewell);
            try
            {
                _ = await agent.SignOutAsync(deadline.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // The transcript shows that the softphone does not reply.
            }
        }

        _ = await _simulator.RemoveAgentAsync(agent.Agent);
        lock (_gate)
        {
            _ = _agents.Remove(agent.Number);
        }

        Changes.Raise();
    }

    public void SetFault(DeskAgent agent, UwqFault fault)
    {
        agent.Agent.Fault = fault;
        Changes.Raise();
    }

    public Task<UwqReply> SendAsync(string query, CancellationToken cancellationToken) => _simulator.SendQueryAsync(query, cancellationToken);

    /// <summary>Signs all agents out, as EBS does when an agent leaves. Gives up on a softphone that does not reply within seconds.</summary>
    public async Task SignOutAllAsync()
    {
        using var deadline = new CancellationTokenSource(LongestFarewell);
        try
        {
            await Task.WhenAll(Agents.Where(agent => agent.IsRegistered).Select(agent => agent.SignOutAsync(deadline.Token)));
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("The softphone does not reply. Agents remain signed in there.");
        }
    }

    public ValueTask DisposeAsync() => _simulator.DisposeAsync();

    private void Record(UwqMessage message)
    {
        lock (_gate)
        {
            _messages.Enqueue(new(++_lastMessage, message));
            if (_messages.Count > MostMessages)
            {
                _ = _messages.Dequeue();
            }

            foreach (DeskAgent agent in _agents.Values.Where(agent => agent.Agent.Identity == message.Agent))
            {
                agent.Update(message);
            }
        }

        Changes.Raise();
    }
}

/// <summary>Represents a message with its sequence number.</summary>
internal sealed record DeskMessage(long Number, UwqMessage Message);
