using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol.Testing;

/// <summary>Represents an agent who works in the simulated EBS, with a separate listener for the agent's events.</summary>
/// <remarks>
/// <para>Safe to use from several threads. <see cref="UwqSimulator.AddAgent"/> makes one.</para>
/// <para>Each method that sends a callout returns what came back, be it good or bad, and throws an <see cref="ObjectDisposedException"/> once the simulator is
/// disposed.</para>
/// </remarks>
public sealed class UwqAgent
{
    private readonly UwqSimulator _simulator;
    private readonly UwqAgentOptions _options;
    private readonly Queue<UwqMessage> _unread = new();
    private readonly LinkedList<TaskCompletionSource<UwqMessage>> _waiting = new();
    private EventListener? _listener;
    private UwqFault _fault;
    private bool _hasLost;

    /// <summary>The number of ScreenPops since Ready, and of dialled numbers that had not popped before it.</summary>
    private int _pops;
    private int _dials;

    internal UwqAgent(UwqSimulator simulator, AgentIdentity identity, EbsAddress ebsAddress, UwqAgentOptions options)
    {
        _simulator = simulator;
        _options = options;
        Identity = identity;
        EbsAddress = ebsAddress;
    }

    internal AgentPassword Password => _options.Password;

    /// <summary>Gets the agent's id and extension.</summary>
    public AgentIdentity Identity { get; }

    /// <summary>Gets the address for the agent's events, which Register sends.</summary>
    public EbsAddress EbsAddress { get; }

    /// <summary>Gets or sets the fault of the agent's listener. It applies to events that arrive from now on.</summary>
    /// <value><see cref="UwqFault.None"/> by default.</value>
    /// <exception cref="System.IO.IOException">The listener was down, and another program has taken its port.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enumeration.</exception>
    public UwqFault Fault
    {
        get => _simulator.Locked(() => _fault);
        set
        {
            if (value is < UwqFault.None or > UwqFault.HalfAnswer)
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "The fault is not valid. Use a member of UwqFault.");
            }

            _simulator.Locked(() =>
            {
                if (_listener is not null && !IsClosed && (value == UwqFault.Down) != (_fault == UwqFault.Down))
                {
                    if (value == UwqFault.Down)
                    {
                        _listener.Stop();
                    }
                    else
                    {
                        _listener.Start(EventListener.Open(EbsAddress.Port, Identity));
                    }
                }

                _fault = value;
            });
        }
    }

    /// <summary>Gets a snapshot of the agent's calls, sorted by their first event, oldest first.</summary>
    public IReadOnlyList<UwqCall> Calls => _simulator.CallsOf(Identity);

    /// <summary>Gets whether EBS has sent Register, and no Unregister since then.</summary>
    internal bool IsRegistered { get; private set; }

    /// <summary>Gets the events that no expectation has taken.</summary>
    internal IReadOnlyCollection<UwqMessage> Unread => _unread;

    /// <summary>Gets whether the agent was removed, or the simulator disposed.</summary>
    internal bool IsClosed { get; private set; }

    /// <summary>Sends Register, which tells the softphone where this agent's events go.</summary>
    public Task<UwqReply> RegisterAsync(CancellationToken cancellationToken = default) =>
        _simulator.SendAsync(new RegisterCallout(Identity.TelesetNumber, Identity.AgentId, EbsAddress.Host, EbsAddress.Port), cancellationToken);

    /// <summary>Sends Unregister.</summary>
    public Task<UwqReply> UnregisterAsync(CancellationToken cancellationToken = default) =>
        _simulator.SendAsync(new UnregisterCallout { TelesetNumber = Identity.TelesetNumber, AgentId = Identity.AgentId }, cancellationToken);

    /// <summary>Sends Login, with password and queue of the agent's options.</summary>
    public Task<UwqReply> LoginAsync(CancellationToken cancellationToken = default) =>
        _simulator.SendAsync(new LoginCallout(Identity.TelesetNumber, Identity.AgentId, Password, _options.Queue), cancellationToken);

    /// <summary>Sends Logout, with password and queue of the agent's options.</summary>
    public Task<UwqReply> LogoutAsync(CancellationToken cancellationToken = default) =>
        _simulator.SendAsync(new LogoutCallout(Identity.TelesetNumber, Identity.AgentId, Password, _options.Queue), cancellationToken);

    /// <summary>Sends Ready.</summary>
    public Task<UwqReply> ReadyAsync(CancellationToken cancellationToken = default) =>
        _simulator.SendAsync(new ReadyCallout { TelesetNumber = Identity.TelesetNumber, AgentId = Identity.AgentId }, cancellationToken);

    /// <summary>Sends NotReady.</summary>
    public Task<UwqReply> NotReadyAsync(CancellationToken cancellationToken = default) =>
        _simulator.SendAsync(new NotReadyCallout { TelesetNumber = Identity.TelesetNumber, AgentId = Identity.AgentId }, cancellationToken);

    /// <summary>Sends MakeCall.</summary>
    /// <param name="dialString">The number to dial.</param>
    /// <param name="cancellationToken">Ends the wait for the reply.</param>
    /// <exception cref="ArgumentNullException"><paramref name="dialString"/> is null.</exception>
    public Task<UwqReply> MakeCallAsync(string dialString, CancellationToken cancellationToken = default) =>
        _simulator.SendAsync(
            new MakeCallCallout(Identity.TelesetNumber, Identity.AgentId, dialString ?? throw new ArgumentNullException(nameof(dialString))),
            cancellationToken);

    /// <summary>Sends DialCanonical.</summary>
    /// <param name="dialString">The number to dial.</param>
    /// <param name="cancellationToken">Ends the wait for the reply.</param>
    /// <exception cref="ArgumentNullException"><paramref name="dialString"/> is null.</exception>
    public Task<UwqReply> DialCanonicalAsync(string dialString, CancellationToken cancellationToken = default) =>
        _simulator.SendAsync(
            new DialCanonicalCallout
            {
                TelesetNumber = Identity.TelesetNumber,
                AgentId = Identity.AgentId,
                DialString = dialString ?? throw new ArgumentNullException(nameof(dialString)),
            },
            cancellationToken);

    /// <summary>Sends Register, Login and Ready.</summary>
    /// <exception cref="UwqExpectationException">One of them was not a success.</exception>
    public async Task SignInAsync(CancellationToken cancellationToken = default)
    {
        MustSucceed("Register", await RegisterAsync(cancellationToken).ConfigureAwait(false));
        MustSucceed("Login", await LoginAsync(cancellationToken).ConfigureAwait(false));
        MustSucceed("Ready", await ReadyAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Sends NotReady, Logout and Unregister.</summary>
    /// <exception cref="UwqExpectationException">One of them was not a success.</exception>
    public async Task SignOutAsync(CancellationToken cancellationToken = default)
    {
        MustSucceed("NotReady", await NotReadyAsync(cancellationToken).ConfigureAwait(false));
        MustSucceed("Logout", await LogoutAsync(cancellationToken).ConfigureAwait(false));
        MustSucceed("Unregister", await UnregisterAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Takes the agent's next event that no expectation has taken yet, or waits for it.</summary>
    /// <typeparam name="TEvent">The type that the event must have; <see cref="CctEvent"/> accepts any.</typeparam>
    /// <param name="condition">The condition that the event must meet; null accepts every event of the type.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The event.</returns>
    /// <exception cref="UwqExpectationException">The next event is of another type, cannot be read or does not meet the condition, or none came in
    /// time.</exception>
    /// <exception cref="ObjectDisposedException">The simulator was disposed.</exception>
    public async Task<TEvent> ExpectAsync<TEvent>(Func<TEvent, bool>? condition = null, CancellationToken cancellationToken = default)
        where TEvent : CctEvent
    {
        string name = typeof(TEvent).Name;
        string expected = $"{(typeof(TEvent) == typeof(CctEvent) ? "an event" : name.Substring(0, name.Length - "Event".Length))} of {Identity}";
        UwqMessage? message = await NextAsync(cancellationToken).ConfigureAwait(false);
        return message switch
        {
            null => throw _simulator.Failure(
                $"Expected {expected}, but none came within {_simulator.Options.ExpectationTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s."),
            { Event: null } => throw _simulator.Failure($"Expected {expected}, but the next message is not a single readable event."),
            { Event: TEvent cctEvent } => condition is null || condition(cctEvent)
                ? cctEvent
                : throw _simulator.Failure($"Expected {expected} that meets the condition, but the next one, received at {At(message)}, does not."),
            _ => throw _simulator.Failure($"Expected {expected}, but {Printable.Of(message.Name)} came next, at {At(message)}."),
        };
    }

    /// <summary>Returns the agent and its address.</summary>
    public override string ToString() => $"{Identity} on {EbsAddress}";

    internal void Listen(EventListener listener, TcpListener opened)
    {
        _listener = listener;
        listener.Start(opened);
    }

    /// <summary>Updates the agent when a callout is sent.</summary>
    internal void Follow(Callout callout)
    {
        if (callout is ReadyCallout)
        {
            _dials = Math.Max(0, _dials - _pops);
            _pops = 0;
        }

        _dials += callout is MakeCallCallout or DialCanonicalCallout ? 1 : 0;
        IsRegistered = IsRegistered || callout is RegisterCallout;
    }

    /// <summary>Updates the agent when the reply arrives. If the reply was lost, the softphone may have handled the callout.</summary>
    internal void Follow(Callout callout, UwqReply reply, bool wasRegistered)
    {
        bool isRefused = reply.Kind is UwqReplyKind.Error or UwqReplyKind.LostBody or UwqReplyKind.Redirect || reply.Attempts == 0;
        if (callout is RegisterCallout && isRefused)
        {
            IsRegistered = wasRegistered;
        }
        else if (callout is UnregisterCallout && reply.IsSuccess)
        {
            IsRegistered = false;
        }
        else if (callout is MakeCallCallout or DialCanonicalCallout && isRefused)
        {
            _dials = Math.Max(0, _dials - 1);
        }
    }

    /// <summary>Counts a ScreenPop, if the agent may have it.</summary>
    /// <returns>True when the agent may have it: one since Ready, and one for each number dialled. Nothing shows which is which.</returns>
    internal bool TryPop()
    {
        bool isAllowed = _pops <= _dials;
        _pops += isAllowed ? 1 : 0;
        return isAllowed;
    }

    /// <summary>Gives an event to the expectation that waits for it, or keeps it.</summary>
    /// <returns>True when too many events are kept, and the first one was just forgotten.</returns>
    internal bool Take(UwqMessage message, int max)
    {
        while (_waiting.First is { } waiting)
        {
            _waiting.RemoveFirst();
            if (waiting.Value.TrySetResult(message))
            {
                return false;
            }
        }

        _unread.Enqueue(message);
        if (_unread.Count <= max)
        {
            return false;
        }

        _ = _unread.Dequeue();
        bool isFirst = !_hasLost;
        _hasLost = true;
        return isFirst;
    }

    /// <summary>Stops listening, and fails pending expectations.</summary>
    internal void Close()
    {
        IsClosed = true;
        _listener?.Stop();
        foreach (TaskCompletionSource<UwqMessage> waiting in _waiting)
        {
            _ = waiting.TrySetException(Closed());
        }

        _waiting.Clear();
    }

    private static string At(UwqMessage message) => message.At.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    private ObjectDisposedException Closed() => new(nameof(UwqSimulator), $"The simulator was disposed, or {Identity} was removed.");

    private void MustSucceed(string callout, UwqReply reply)
    {
        if (!reply.IsSuccess)
        {
            throw _simulator.Failure($"Expected success for {callout} of {Identity}, but the reply was {reply}");
        }
    }

    /// <returns>Null when none came in time.</returns>
    private async Task<UwqMessage?> NextAsync(CancellationToken cancellationToken)
    {
        var arrival = new TaskCompletionSource<UwqMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _simulator.Locked(() =>
        {
            if (_unread.Count > 0)
            {
                arrival.SetResult(_unread.Dequeue());
            }
            else if (IsClosed)
            {
                arrival.SetException(Closed());
            }
            else
            {
                _ = _waiting.AddLast(arrival);
            }
        });

        using var deadline = new CancellationTokenSource(_simulator.Options.ExpectationTimeout);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await Waiting.UntilAsync(arrival.Task, ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The event may have arrived at the last moment.
            bool isWithdrawn = _simulator.Locked(() => arrival.TrySetCanceled() && _waiting.Remove(arrival));
            if (!isWithdrawn)
            {
                return await arrival.Task.ConfigureAwait(false);
            }

            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }
}
