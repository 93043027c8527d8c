using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol.Testing;

/// <summary>An agent who works in EBS, with a listener of their own for events.</summary>
/// <remarks>
/// <para>Safe to use from several threads. <see cref="UwqSimulator.AddAgent"/> makes one.</para>
/// <para>Each method that sends a callout returns what came back, be it good or bad, and throws an <see cref="ObjectDisposedException"/> once the simulator is disposed.</para>
/// </remarks>
public sealed class UwqAgent
{
    internal UwqAgent(AgentIdentity identity, ListenerAddress listener)
    {
        Identity = identity;
        Listener = listener;
    }

    /// <summary>Who the agent is.</summary>
    public AgentIdentity Identity { get; }

    /// <summary>Where the agent's events are to go: what Register says.</summary>
    public ListenerAddress Listener { get; }

    /// <summary>What is wrong with the agent's listener. It counts for events that arrive from now on.</summary>
    /// <value><see cref="UwqFault.None"/> by default.</value>
    /// <exception cref="System.IO.IOException">The listener was down, and somebody has taken its port meanwhile.</exception>
    public UwqFault Fault { get; set; }

    /// <summary>The agent's calls, by their first event, oldest first: a snapshot.</summary>
    public IReadOnlyList<UwqCall> Calls => throw new NotImplementedException();

    /// <summary>Sends Register, which tells the softphone where this agent's events go.</summary>
    public Task<UwqReply> RegisterAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Sends Unregister.</summary>
    public Task<UwqReply> UnregisterAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Sends Login, with password and queue of the agent's options.</summary>
    public Task<UwqReply> LoginAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Sends Logout, with password and queue of the agent's options.</summary>
    public Task<UwqReply> LogoutAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Sends Ready.</summary>
    public Task<UwqReply> ReadyAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Sends NotReady.</summary>
    public Task<UwqReply> NotReadyAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Sends MakeCall.</summary>
    /// <param name="dialString">The number to dial.</param>
    /// <param name="cancellationToken">Ends the wait for the reply.</param>
    /// <exception cref="ArgumentNullException"><paramref name="dialString"/> is null.</exception>
    public Task<UwqReply> MakeCallAsync(string dialString, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Sends DialCanonical.</summary>
    /// <param name="dialString">The number to dial.</param>
    /// <param name="cancellationToken">Ends the wait for the reply.</param>
    /// <exception cref="ArgumentNullException"><paramref name="dialString"/> is null.</exception>
    public Task<UwqReply> DialCanonicalAsync(string dialString, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Register, Login and Ready.</summary>
    /// <exception cref="UwqExpectationException">One of them was not a success.</exception>
    public Task SignInAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>NotReady, Logout and Unregister.</summary>
    /// <exception cref="UwqExpectationException">One of them was not a success.</exception>
    public Task SignOutAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Takes the agent's next event that no expectation has taken yet, or waits for it.</summary>
    /// <typeparam name="TEvent">What it must be; <see cref="CctEvent"/> for any.</typeparam>
    /// <param name="condition">What must hold for it; null: nothing more.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The event.</returns>
    /// <exception cref="UwqExpectationException">The next event is of another type, cannot be read or does not meet the condition, or none came in time.</exception>
    /// <exception cref="ObjectDisposedException">The simulator was disposed.</exception>
    public Task<TEvent> ExpectAsync<TEvent>(Func<TEvent, bool>? condition = null, CancellationToken cancellationToken = default)
        where TEvent : CctEvent => throw new NotImplementedException();

    /// <summary>Who it is and where it listens.</summary>
    public override string ToString() => $"{Identity} on {Listener}";
}
