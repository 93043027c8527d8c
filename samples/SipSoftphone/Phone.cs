using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>baresip as a phone with one line: what is up there, and the keys.</summary>
/// <remarks>Safe to use from several threads. Whoever is told of changes is told of all of them in their order, each after the one before.</remarks>
internal sealed class Phone : IAsyncDisposable
{
    private const int MaxDialled = 40;

    private static readonly TimeSpan HangUpDeadline = TimeSpan.FromSeconds(2);

    private readonly BaresipClient _baresip;
    private readonly Func<PhoneCall, CallState, Task> _onChange;
    private readonly Action<string> _say;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private PhoneCall? _call;
    private bool _isClosed;

    /// <param name="place">Where baresip takes commands.</param>
    /// <param name="onChange">Told when a call rings, is answered, has ended.</param>
    /// <param name="say">Takes a line for the user.</param>
    public Phone(BaresipPlace place, Func<PhoneCall, CallState, Task> onChange, Action<string> say)
    {
        _baresip = new(place, say);
        _onChange = onChange;
        _say = say;
    }

    /// <summary>The call that is up.</summary>
    public PhoneCall? Call => _call;

    /// <summary>The user of the phone's account. Null where it has none.</summary>
    public string? User => _baresip.User;

    /// <exception cref="System.IO.IOException">There is no baresip.</exception>
    public Task StartAsync() => _baresip.StartAsync(OnEventAsync, EndAsync);

    /// <summary>Calls a number.</summary>
    /// <returns>Why that is not possible; null when it is being called.</returns>
    public async Task<string?> DialAsync(AgentIdentity agent, string number)
    {
        string dialled = string.Concat(number.Where(c => !IsSeparator(c)));
        if (!IsNumber(dialled))
        {
            return $"\"{number}\" is no number that this phone can dial.";
        }

        var call = new PhoneCall(dialled, agent);
        if (await InTurnAsync(() => Task.FromResult(Begin(call))) is { } busy)
        {
            return busy;
        }

        string? problem = await _baresip.CommandAsync("dial", dialled);
        return await InTurnAsync(async () =>
        {
            if (problem is null)
            {
                await ChangeAsync(call, CallState.Ringing);
            }
            else if (call == _call)
            {
                await ChangeAsync(call, CallState.Ended);
            }

            // Without an event of its own, it has ended since baresip has gone.
            return problem ?? (call is { State: CallState.Ended, SipId: null } ? "The phone has gone while it dialled." : null);
        });
    }

    /// <returns>Why there is nothing to answer; null when it is done.</returns>
    public Task<string?> AnswerAsync() =>
        _call is { DialledBy: null, State: CallState.Ringing } ? _baresip.CommandAsync("accept") : Task.FromResult<string?>("No call rings.");

    /// <returns>Why there is nothing to end; null when it is done.</returns>
    public Task<string?> HangUpAsync() =>
        _call is null ? Task.FromResult<string?>("There is no call.") : _baresip.CommandAsync("hangup");

    /// <summary>Ends the call. There is none after that.</summary>
    public async ValueTask DisposeAsync()
    {
        bool isUp = await InTurnAsync(() =>
        {
            _isClosed = true;
            return Task.FromResult(_call is not null);
        });
        if (isUp)
        {
            // Its event need not be waited for: with the connection, the call counts as ended.
            _ = await Task.WhenAny(HangUpAsync(), Task.Delay(HangUpDeadline));
        }

        await _baresip.DisposeAsync();
    }

    private static bool IsSeparator(char c) => c is ' ' or '(' or ')' or '-' or '.' or '/';

    /// <summary>Only digits, asterisk and a plus in front: baresip 1.0.0 takes parts of an address for a format, so that nothing else is to get into one.</summary>
    private static bool IsNumber(string dialled) =>
        dialled.Length <= MaxDialled && dialled.Any(char.IsAsciiDigit) && dialled.Skip(dialled[0] == '+' ? 1 : 0).All(c => char.IsAsciiDigit(c) || c == '*');

    private string? Begin(PhoneCall call)
    {
        if (_isClosed)
        {
            return "The softphone is shutting down.";
        }

        if (_call is not null)
        {
            return $"The phone is busy with a call {_call}.";
        }

        _call = call;
        return null;
    }

    /// <summary>An event may overtake whoever waits for the answer to dial: its call is being dialled, then.</summary>
    private Task OnEventAsync(BaresipEvent happened) => InTurnAsync(async () =>
    {
        switch (happened.Type)
        {
            case "CALL_INCOMING" when happened.CallId is not null && !_isClosed:
                await RingAsync(happened);
                break;
            case "CALL_RINGING" or "CALL_PROGRESS" when IsOfTheCall(happened):
                await ChangeAsync(_call!, CallState.Ringing);
                break;
            case "CALL_ESTABLISHED" when IsOfTheCall(happened):
                await ChangeAsync(_call!, CallState.Ringing);
                await ChangeAsync(_call!, CallState.Talking);
                break;
            case "CALL_CLOSED" when IsOfTheCall(happened):
                PhoneCall ended = _call!;
                _say($"The call {ended} has ended: {happened.Reason ?? "no reason is given"}");
                await ChangeAsync(ended, CallState.Ringing);
                await ChangeAsync(ended, CallState.Ended);
                break;
        }

        return true;
    });

    private async Task RingAsync(BaresipEvent incoming)
    {
        var call = new PhoneCall(SipAddress.NumberOf(incoming.PeerUri), dialledBy: null) { SipId = incoming.CallId };
        if (_call is not null)
        {
            _say($"Another call, {call}, rings at the phone, which has one line here: give baresip call_max_calls 1.");
            return;
        }

        _call = call;
        await ChangeAsync(call, CallState.Ringing);
    }

    /// <summary>The first event of a number that was dialled tells the call's id.</summary>
    private bool IsOfTheCall(BaresipEvent happened)
    {
        if (_call is { SipId: null } dialled && happened is { IsOutgoing: true, CallId: not null } && SipAddress.UserOf(happened.PeerUri) == dialled.Number)
        {
            dialled.SipId = happened.CallId;
        }

        return _call?.SipId is { } id && id == happened.CallId;
    }

    private Task EndAsync() => InTurnAsync(async () =>
    {
        if (_call is { } call)
        {
            await ChangeAsync(call, CallState.Ended);
        }

        return true;
    });

    /// <summary>What is known already is no change. Of a call that never was, nobody is told.</summary>
    private async Task ChangeAsync(PhoneCall call, CallState state)
    {
        if (call.State >= state)
        {
            return;
        }

        bool isKnown = call.State is not null || state != CallState.Ended;
        call.State = state;
        if (state == CallState.Ended)
        {
            _call = null;
        }

        if (isKnown)
        {
            await _onChange(call, state);
        }
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> action)
    {
        await _gate.WaitAsync();
        try
        {
            return await action();
        }
        finally
        {
            _ = _gate.Release();
        }
    }
}
