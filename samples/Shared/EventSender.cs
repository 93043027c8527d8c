using System;
using System.Linq;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>Tells each agent's EBS what happens to the agent's calls, each call one step after the other.</summary>
internal sealed class EventSender(AgentDesktops desktops, Action<string> say)
{
    /// <summary>Sends the event that belongs to a change of a call. Returns at once.</summary>
    public void Send(Call call, CallState state) => call.Told = state == CallState.Ringing ? PopAsync(call) : GoOnAsync(call, call.Told, state);

    private async Task PopAsync(Call call)
    {
        try
        {
            call.Session = await desktops[call.Agent].ScreenPopAsync(new() { SourceId = call.Id, Ani = DigitsOf(call.Number), Dnis = call.Agent.TelesetNumber });
            Say("ScreenPop", call, call.Session.ScreenPop);
        }
        catch (ProtocolFormatException exception)
        {
            say($"ScreenPop of {call}: not sent. {exception.Message}");
        }
    }

    private async Task GoOnAsync(Call call, Task before, CallState state)
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
            // The softphone has ended before.
        }
    }

    private void Say(string eventName, Call call, EventDelivery delivery) =>
        say($"{eventName} of {call}: {(delivery.Reason == NotSentReason.NotRegistered ? $"not sent, since {call.Agent} is not registered" : delivery)}");

    /// <summary>EBS's forms compare stored numbers digit by digit, and some fail at anything else. Null for a caller without a number: EBS is to look by other keys then.</summary>
    private static string? DigitsOf(string number)
    {
        string digits = new([.. number.Where(c => c is >= '0' and <= '9')]);
        return digits.Length == 0 ? null : digits;
    }
}
