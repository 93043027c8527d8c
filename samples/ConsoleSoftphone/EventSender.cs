using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>Tells each agent's EBS what happens to the agent's calls: one event after the other, so that they arrive in their order.</summary>
internal sealed class EventSender(IAgentRegistry agents, IEventClient client, Action<string> say)
{
    private readonly object _gate = new();
    private readonly Dictionary<AgentIdentity, Task> _last = [];

    /// <summary>Sends the event that belongs to a change of a call. Returns at once.</summary>
    public void Send(Call call, CallState state)
    {
        CctEvent cctEvent = state switch
        {
            CallState.Ringing => new ScreenPopEvent { SourceId = call.Id, Ani = DigitsOf(call.Number), Dnis = call.Agent.TelesetNumber },
            CallState.Talking => new CallEstablishedEvent { SourceId = call.Id },
            _ => new CallReleasedEvent { SourceId = call.Id },
        };
        lock (_gate)
        {
            Task previous = _last.TryGetValue(call.Agent, out Task? task) ? task : Task.CompletedTask;
            _last[call.Agent] = Task.Run(() => SendAfterAsync(previous, call, cctEvent));
        }
    }

    /// <summary>Completes when what was given to <see cref="Send"/> before has been sent.</summary>
    public Task WhenSentAsync()
    {
        lock (_gate)
        {
            return Task.WhenAll(_last.Values);
        }
    }

    private async Task SendAfterAsync(Task previous, Call call, CctEvent cctEvent)
    {
        await previous;
        try
        {
            // Looked up for each event: EBS may have registered anew in the middle of a call.
            string outcome = await agents.FindAsync(call.Agent) is { } listener
                ? (await client.SendAsync(listener, cctEvent)).ToString()
                : $"not sent, since {call.Agent} is not registered";
            say($"{cctEvent.Name} of {call}: {outcome}");
        }
        catch (ProtocolFormatException exception)
        {
            say($"{cctEvent.Name} of {call}: not sent. {exception.Message}");
        }
    }

    /// <summary>EBS's forms compare stored numbers digit by digit, and some fail at anything else.</summary>
    private static string DigitsOf(string number) => new([.. number.Where(c => c is >= '0' and <= '9')]);
}
