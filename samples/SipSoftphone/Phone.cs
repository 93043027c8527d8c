using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>Represents baresip as a phone with one line.</summary>
/// <remarks>Safe to use from several threads. All changes are reported in order, one after the other.</remarks>
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

    /// <param name="place">The address where baresip takes commands.</param>
    /// <param name="onChange">Receives every call that starts to ring, is answered or ends.</param>
    /// <param name="say">Writes a line for the user.</param>
    public Phone(BaresipPlace place, Func<PhoneCall, CallState, Task> onChange, Action<string> say)
    {
        _baresip = new(place, say);
        _onChange = onChange;
        _say = say;
    }

    /// <summary>Gets the current call, or <see langword="null"/> when there is none.</summary>
    public PhoneCall? Call => _call;

    /// <summary>Gets the user of the phone's account, or <see langword="null"/> when the phone has no account.</summary>
    public string? User => _baresip.User;

    /// <exception cref="System.IO.IOException">baresip cannot be reached.</exception>
    public Task StartAsync() => _baresip.StartAsync(OnEventAsync, EndAsync);

    /// <summary>Calls a number.</summary>
    /// <returns>The reason why that is not possible, or <see langword="null"/> when the phone is calling.</returns>
    public async Task<string?> DialAsync(AgentIdentity agent, string number)
    {
        string dialled = string.Concat(number.Where(c => !IsSeparator(c)));
        if (!IsNumber(dialled))
        {
            return $"\"{number}\" is not a number that this phone can dial. Use digits, * and a leading +.";
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

            // A call that ended without an event ended because the connection to baresip was lost.
            return problem ?? (call is { State: CallState.Ended, SipId: null } ? "The phone stopped while it dialled. Start baresip again." : null);
        });
    }

    /// <summary>Answers the call that rings.</summary>
    /// <returns>The reason why that is not possible, or <see langword="null"/> when the call is answered.</returns>
    public Task<string?> AnswerAsync() =>
        _call is { DialledBy: null, State: CallState.Ringing } ? _baresip.CommandAsync("accept") : Task.FromResult<string?>("No call is ringing.");

    /// <summary>Ends or rejects the call.</summary>
    /// <returns>The reason why that is not possible, or <see langword="null"/> when the call is ended.</returns>
    public Task<string?> HangUpAsync() =>
        _call is null ? Task.FromResult<string?>("There is no call.") : _baresip.CommandAsync("hangup");

    /// <summary>Ends the call and refuses new ones.</summary>
    public async ValueTask DisposeAsync()
    {
        bool isUp = await InTurnAsync(() =>
        {
            _isClosed = true;
            return Task.FromResult(_call is not null);
        });
        if (isUp)
        {
            // There is no need to wait for the event: the call counts as ended when the connection ends.
            _ = await Task.WhenAny(HangUpAsync(), Task.Delay(HangUpDeadline));
        }

        await _baresip.DisposeAsync();
    }

    private static bool IsSeparator(char c) => c is ' ' or '(' or ')' or '-' or '.' or '/';

    /// <summary>
    /// Indicates whether a number consists of digits, asterisks and at most a leading plus. Nothing else may get into an address:
    /// baresip 1.0.0 treats parts of addresses as format strings.
    /// </summary>
    private static bool IsNumber(string dialled) =>
        dialled.Length <= MaxDialled
        && dialled.Any(char.IsAsciiDigit)
        && dialled.Skip(dialled[0] == '+' ? 1 : 0).All(c => char.IsAsciiDigit(c) || c == '*');

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

    /// <summary>Handles an event of baresip. An event can arrive before <see cref="DialAsync"/> sees the response: its call counts as ringing first.</summary>
    private Task OnEventAsync(BaresipEvent happened) => InTurnAsync(async () =>
    {
        switch (happened.Type)
        {
            case "CALL_INCOMING" when happened.CallId is not null && !_isClosed:
                await RingAsync(happened);
                break;
            case "CALL_RINGING" or "CALL_PROGRESS" when TryMatchCall(happened):
                await ChangeAsync(_call!, CallState.Ringing);
                break;
            case "CALL_ESTABLISHED" when TryMatchCall(happened):
                await ChangeAsync(_call!, CallState.Ringing);
                await ChangeAsync(_call!, CallState.Talking);
                break;
            case "CALL_CLOSED" when TryMatchCall(happened):
                PhoneCall ended = _call!;
                _say($"The call {ended} has ended: {happened.Reason ?? "no reason given"}");
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
            _say($"A second call, {call}, rings at the phone. The softphone supports one call: set call_max_calls to 1 in the configuration of baresip.");
            return;
        }

        _call = call;
        await ChangeAsync(call, CallState.Ringing);
    }

    /// <summary>Indicates whether an event belongs to the current call. Takes the ID of a dialled call from its first event.</summary>
    private bool TryMatchCall(BaresipEvent happened)
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

    /// <summary>Changes the state of a call and reports it, unless the call has that state already, or ends before it rang.</summary>
    private async Task ChangeAsync(PhoneCall call, CallState state)
    {
        if (call.State >= state)
        {
            return;
        }

        bool isReported = call.State is not null || state != CallState.Ended;
        call.State = state;
        if (state == CallState.Ended)
        {
            _call = null;
        }

        if (isReported)
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
