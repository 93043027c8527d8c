using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol.Testing;

/// <summary>Plays EBS's Universal Work Queue against a softphone: sends callouts as EBS's Java client does, and collects and checks the events that come back.</summary>
/// <remarks>Safe to use from several threads. It shows no password anywhere. Disposing it ends all that it has begun.</remarks>
public sealed class UwqSimulator : IAsyncDisposable
{
    private UwqSimulator()
    {
    }

    /// <summary>The agents, in the order in which they were added: a snapshot.</summary>
    public IReadOnlyList<UwqAgent> Agents => throw new NotImplementedException();

    /// <summary>Callouts and events, oldest first: a snapshot.</summary>
    public IReadOnlyList<UwqMessage> Messages => throw new NotImplementedException();

    /// <summary>The same in print, with what is wrong with each.</summary>
    public string Transcript => throw new NotImplementedException();

    /// <summary>What is wrong so far, oldest first: a snapshot.</summary>
    public IReadOnlyList<UwqProblem> Problems => throw new NotImplementedException();

    /// <summary>Starts a simulator that talks HTTP.</summary>
    /// <param name="softphone">Where the softphone listens: what the profile option <c>CCT: Basic Telephony: Third Party URL</c> says, such as <c>http://localhost:3107</c>.</param>
    /// <param name="options">How it behaves; null stands for the defaults.</param>
    /// <returns>The simulator. It has sent nothing yet.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="softphone"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="softphone"/> is not an absolute http URL, or has a query, a fragment or a user.</exception>
    public static UwqSimulator Start(Uri softphone, UwqSimulatorOptions? options = null) => throw new NotImplementedException();

    /// <summary>Starts a simulator that hands callouts over and takes events without any socket.</summary>
    /// <param name="softphone">Makes the softphone: it is given the client that leads to this simulator, and returns where its callouts go.</param>
    /// <param name="options">How it behaves; null stands for the defaults.</param>
    /// <returns>The simulator. It has sent nothing yet.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="softphone"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="softphone"/> returned null.</exception>
    public static UwqSimulator StartInMemory(Func<IEventClient, CalloutEndpoint> softphone, UwqSimulatorOptions? options = null) => throw new NotImplementedException();

    /// <summary>Adds an agent and opens a listener on 127.0.0.1 for the agent's events. Nothing is sent yet.</summary>
    /// <param name="telesetNumber">The agent's extension.</param>
    /// <param name="agentId">The agent's id.</param>
    /// <param name="options">Password, queue and port; null stands for the defaults.</param>
    /// <exception cref="ArgumentNullException"><paramref name="telesetNumber"/> or <paramref name="agentId"/> is null.</exception>
    /// <exception cref="ArgumentException">There is such an agent already.</exception>
    /// <exception cref="System.IO.IOException">The port is taken.</exception>
    /// <exception cref="ObjectDisposedException">The simulator was disposed.</exception>
    public UwqAgent AddAgent(string telesetNumber, string agentId, UwqAgentOptions? options = null) => throw new NotImplementedException();

    /// <summary>Closes the listener of an agent and forgets the agent. Messages and problems stay. Nothing is sent.</summary>
    /// <returns>Whether it was an agent of this simulator.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="agent"/> is null.</exception>
    public Task<bool> RemoveAgentAsync(UwqAgent agent) => throw new NotImplementedException();

    /// <summary>Sends a callout, whichever it is.</summary>
    /// <param name="callout">The callout. It need not name an agent of this simulator.</param>
    /// <param name="cancellationToken">Ends the wait for the reply.</param>
    /// <returns>What came back, be it good or bad.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="callout"/> is null.</exception>
    /// <exception cref="ProtocolFormatException">The callout cannot be written as a query string.</exception>
    /// <exception cref="ObjectDisposedException">The simulator was disposed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<UwqReply> SendAsync(Callout callout, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Sends a query string as it stands, malformed ones too.</summary>
    /// <param name="query">What follows the question mark. It is written as UTF-8.</param>
    /// <param name="cancellationToken">Ends the wait for the reply.</param>
    /// <returns>What came back, be it good or bad.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="query"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="query"/> holds a line end, which would begin another header, or is longer than 1,000,000 characters.</exception>
    /// <exception cref="ObjectDisposedException">The simulator was disposed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<UwqReply> SendQueryAsync(string query, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Fails when there is any problem, or an event that no expectation has taken. Call it at the end of a test.</summary>
    /// <exception cref="UwqExpectationException">There is; the message shows it, and the transcript.</exception>
    public void Verify() => throw new NotImplementedException();

    /// <summary>Closes all listeners and connections, and ends callouts that are under way.</summary>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
