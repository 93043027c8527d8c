using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>
/// Simulates a telephone switch with an ACD. It places no real calls. An agent has at most one call.
/// </summary>
/// <remarks>
/// Safe to use from several threads. The switch reports all changes in order and waits for each report: <paramref name="onChange"/> must return quickly.
/// </remarks>
/// <param name="answerAfter">The time that a dialled number rings before it answers.</param>
/// <param name="talkFor">The time from answer to end. <see cref="TimeSpan.Zero"/> means that a call lasts until one side hangs up.</param>
/// <param name="onChange">Receives every call that starts to ring, is answered or ends.</param>
internal sealed class SimulatedSwitch(TimeSpan answerAfter, TimeSpan talkFor, Action<Call, CallState> onChange)
{
    private readonly object _gate = new();
    private readonly Dictionary<AgentIdentity, Call> _calls = [];
    private bool _closed;

    /// <summary>Gets the calls that ring or are answered.</summary>
    public IReadOnlyList<Call> Calls()
    {
        lock (_gate)
        {
            return [.. _calls.Values];
        }
    }

    /// <summary>Calls a number, which answers automatically.</summary>
    /// <returns>The reason why the call is not possible, or <see langword="null"/> when it rings.</returns>
    public string? Dial(AgentIdentity agent, string number) => Begin(agent, number, isOutgoing: true);

    /// <summary>Starts an incoming call, which rings at the agent's phone until <see cref="TryAnswer"/>.</summary>
    /// <returns>The reason why the call is not possible, or <see langword="null"/> when it rings.</returns>
    public string? Ring(AgentIdentity agent, string number) => Begin(agent, number, isOutgoing: false);

    /// <returns>Whether the call was ringing.</returns>
    public bool TryAnswer(Call call)
    {
        lock (_gate)
        {
            if (call.State != CallState.Ringing)
            {
                return false;
            }

            Change(call, CallState.Talking);
            if (talkFor > TimeSpan.Zero)
            {
                call.Next = new Timer(_ => TryHangUp(call), null, talkFor, Timeout.InfiniteTimeSpan);
            }

            return true;
        }
    }

    /// <returns>Whether the call had not ended yet.</returns>
    public bool TryHangUp(Call call)
    {
        lock (_gate)
        {
            if (call.State == CallState.Ended)
            {
                return false;
            }

            _ = _calls.Remove(call.Agent);
            Change(call, CallState.Ended);
            return true;
        }
    }

    /// <summary>Ends all calls and refuses new ones.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            foreach (Call call in _calls.Values.ToList())
            {
                _ = TryHangUp(call);
            }
        }
    }

    private string? Begin(AgentIdentity agent, string number, bool isOutgoing)
    {
        if (!IsNumber(number))
        {
            return $"\"{number}\" is not a telephone number. Use digits and the usual separators.";
        }

        lock (_gate)
        {
            if (_closed)
            {
                return "The softphone is shutting down.";
            }

            if (_calls.TryGetValue(agent, out Call? current))
            {
                return $"The phone of {agent} is busy with {current}.";
            }

            var call = new Call(ScreenPopEvent.NewSourceId(), agent, number, isOutgoing);
            _calls.Add(agent, call);
            Change(call, CallState.Ringing);
            if (isOutgoing)
            {
                call.Next = new Timer(_ => TryAnswer(call), null, answerAfter, Timeout.InfiniteTimeSpan);
            }

            return null;
        }
    }

    private void Change(Call call, CallState state)
    {
        call.Next?.Dispose();
        call.State = state;
        call.ChangedAt = DateTime.UtcNow;
        onChange(call, state);
    }

    /// <summary>Indicates whether a text consists of digits and the usual separators.</summary>
    private static bool IsNumber(string text) =>
        text.Any(IsDigit) && text.All(c => IsDigit(c) || c is '+' or '*' or '#' or '(' or ')' or '-' or '.' or '/' or ' ');

    private static bool IsDigit(char c) => c is >= '0' and <= '9';
}
