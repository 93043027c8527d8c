using System;
using System.Linq;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>Sends the events of calls to each agent's EBS, one event of a call after the other.</summary>
internal sealed class EventSender(AgentDesktops desktops, Action<string> say)
{
    /// <summary>Starts to send the event that reports a change of a call, and returns immediately.</summary>
    public void Send(Call call, CallState state) => call.Told = state == CallState.Ringing ? PopAsync(call) : FollowAsync(call, call.Told, state);

    private async Task PopAsync(Call call)
    {
        try
        {
            var pop = new ScreenPopEvent { SourceId = call.Id, Ani = DigitsOf(call.Number), Dnis = call.Agent.TelesetNumber };
            call.Session = await desktops[call.Agent].ScreenPopAsync(pop);
            Say("ScreenPop", call, call.Session.ScreenPop);
        }
        catch (ProtocolFormatException exception)
        {
            say($"ScreenPop of {call}: not sent ({exception.Message})");
        }
    }

    private async Task FollowAsync(Call call, Task before, CallState state)
    {
        await before;
        if (call.Session is not { } session)
        {
            return;
        }

        try
        {
            if (state == CallState.Talking)
            {
                Say("CallEstablished", call, await session.EstablishedAsync());
            }
            else
            {
                Say("CallReleased", call, await session.ReleasedAsync());
            }
        }
        catch (ObjectDisposedException)
        {
            // The softphone has ended.
        }
    }

    private void Say(string eventName, Call call, EventDelivery delivery) =>
        say($"{eventName} of {call}: {(delivery.Reason == NotSentReason.NotRegistered ? $"not sent, because {call.Agent} is not registered" : delivery)}");

    /// <summary>Returns the digits of a number. EBS's forms compare stored numbers digit by digit, and some forms fail on other characters.</summary>
    /// <returns><see langword="null"/> when the caller has no number: EBS then searches by other keys.</returns>
    private static string? DigitsOf(string number)
    {
        string digits = new([.. number.Where(c => c is >= '0' and <= '9')]);
        return digits.Length == 0 ? null : digits;
    }
}
