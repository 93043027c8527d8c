using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol.Testing;

namespace OracleCct.Samples;

/// <summary>What the page works with: the simulator, its agents under numbers that are easy to name, and the latest messages.</summary>
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
        _simulator = UwqSimulator.Start(options.Softphone, new() { OnMessage = Take });
    }

    public Uri Softphone { get; }

    /// <summary>What is proposed for the first agent's listener. 0: any free port.</summary>
    public int ListenerPort { get; }

    /// <summary>Raised when there is something new to see.</summary>
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

    /// <summary>The messages after a number, oldest first, the latest of them if there are too many.</summary>
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

    /// <summary>Opens a listener for an agent, of whom the softphone does not know yet.</summary>
    /// <exception cref="System.IO.IOException">The listener's port is taken.</exception>
    /// <exception cref="ArgumentException">There is that agent already, or something of it cannot be.</exception>
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

    /// <summary>Signs an agent out, as far as the softphone lets it within seconds, and closes the listener.</summary>
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
                // The transcript shows that the softphone does not answer.
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

    /// <summary>Signs everybody out, as EBS does when an agent leaves it. A softphone that does not answer is not waited for.</summary>
    public async Task LeaveAsync()
    {
        using var deadline = new CancellationTokenSource(LongestFarewell);
        try
        {
            await Task.WhenAll(Agents.Where(agent => agent.IsRegistered).Select(agent => agent.SignOutAsync(deadline.Token)));
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("The softphone does not answer: agents are still signed in there.");
        }
    }

    public ValueTask DisposeAsync() => _simulator.DisposeAsync();

    private void Take(UwqMessage message)
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
                agent.Follow(message);
            }
        }

        Changes.Raise();
    }
}

/// <summary>A message under a number that grows.</summary>
internal sealed record DeskMessage(long Number, UwqMessage Message);
