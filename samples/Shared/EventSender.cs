using System;
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
            // The desktop sends the digits of the number, and no number for a text that is not one.
            var pop = new ScreenPopEvent { SourceId = call.Id, Ani = call.Number, Dnis = call.Agent.TelesetNumber };
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
}
