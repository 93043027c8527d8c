using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>
/// A telephone switch with an ACD that only pretends: nobody is really called. An agent has at most one call.
/// </summary>
/// <remarks>
/// Safe to use from several threads. Whoever it tells of a change is told of all changes in their order and must not wait, since the switch does.
/// </remarks>
/// <param name="answerAfter">How long a number that was dialled rings until somebody answers.</param>
/// <param name="talkFor">How long a call lasts from its answer on; zero: until somebody hangs up.</param>
/// <param name="onChange">Told when a call has begun to ring, is answered, has ended.</param>
internal sealed class PretendSwitch(TimeSpan answerAfter, TimeSpan talkFor, Action<Call, CallState> onChange)
{
    private readonly object _gate = new();
    private readonly Dictionary<AgentIdentity, Call> _calls = [];
    private bool _closed;

    /// <summary>The calls that ring or are answered.</summary>
    public IReadOnlyList<Call> Calls()
    {
        lock (_gate)
        {
            return [.. _calls.Values];
        }
    }

    /// <summary>Calls a number, which will answer by itself.</summary>
    /// <returns>Why that is not possible; null when it rings.</returns>
    public string? Dial(AgentIdentity agent, string number) => Begin(agent, number, isOutgoing: true);

    /// <summary>Lets a caller ring at an agent's phone until <see cref="Answer"/>.</summary>
    /// <returns>Why that is not possible; null when it rings.</returns>
    public string? Ring(AgentIdentity agent, string number) => Begin(agent, number, isOutgoing: false);

    /// <returns>Whether the call rang.</returns>
    public bool Answer(Call call)
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
                call.Next = new Timer(_ => HangUp(call), null, talkFor, Timeout.InfiniteTimeSpan);
            }

            return true;
        }
    }

    /// <returns>Whether the call had not ended before.</returns>
    public bool HangUp(Call call)
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

    /// <summary>Ends all calls. There are none after that.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            foreach (Call call in _calls.Values.ToList())
            {
                _ = HangUp(call);
            }
        }
    }

    private string? Begin(AgentIdentity agent, string number, bool isOutgoing)
    {
        if (!IsNumber(number))
        {
            return $"\"{number}\" is no telephone number.";
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
                call.Next = new Timer(_ => Answer(call), null, answerAfter, Timeout.InfiniteTimeSpan);
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

    /// <summary>Digits, and what people write between them.</summary>
    private static bool IsNumber(string text) => text.Any(IsDigit) && text.All(c => IsDigit(c) || c is '+' or '*' or '#' or '(' or ')' or '-' or '.' or '/' or ' ');

    private static bool IsDigit(char c) => c is >= '0' and <= '9';
}
