using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>Connects the switch to EBS: callouts operate the switch, and what happens at the switch goes out as events.</summary>
internal sealed class Softphone : IAsyncDisposable
{
    private static readonly TimeSpan LastEventsDeadline = TimeSpan.FromSeconds(5);

    private readonly Action<string> _say;
    private readonly TelephonyAdapter _adapter;

    /// <param name="options">The port and the times.</param>
    /// <param name="say">Writes a line for the user.</param>
    public Softphone(SoftphoneOptions options, Action<string> say)
    {
        _say = say;
        _adapter = new(cct => cct
            .Configure<CalloutListenerOptions>(listener => listener with { Port = options.Port })

            // Shorter than the default: on one machine, an EBS that cannot be reached within seconds is not running.
            .Configure<AgentDesktopOptions>(desktops => desktops with { ScreenPopTimeToLive = TimeSpan.FromSeconds(5) })
            .DecorateDispatcher(dispatcher => new LoggingDispatcher(dispatcher, say))

            // A real softphone passes AgentPassword.Reveal() to its ACD. Logging in does not make the agent ready.
            .Accept<LoginCallout>()
            .Accept<LogoutCallout>()
            .Accept<ReadyCallout>()
            .Accept<NotReadyCallout>()
            .Handle<MakeCallCallout>(makeCall => Dial(makeCall, makeCall.DialString))
            .Handle<DialCanonicalCallout>(dial => Dial(dial, dial.DialString ?? "")));
        Switch = new(options.AnswerAfter, options.TalkFor, new EventSender(_adapter.Desktops, say).Send);
    }

    public SimulatedSwitch Switch { get; }

    public Uri Url => _adapter.Url;

    /// <exception cref="System.IO.IOException">The port is taken, or listening is not allowed: the message says what to do.</exception>
    public void Start() => _adapter.Start();

    /// <summary>Gets the agents that EBS has registered, and where each one's EBS listens.</summary>
    public async Task<IReadOnlyDictionary<AgentIdentity, EbsAddress>> AgentsAsync() => await _adapter.Registry.ListAsync();

    /// <summary>
    /// Indicates whether the agent takes calls. From when a call rings, the agent is not ready until the next Ready: the interaction is finished in EBS first.
    /// </summary>
    public bool IsReady(AgentIdentity agent) => _adapter.AgentStates.AvailabilityOf(agent) == AgentAvailability.Available;

    /// <summary>Stops taking callouts, ends all calls, and reports that to EBS.</summary>
    public async ValueTask DisposeAsync()
    {
        await _adapter.StopAsync();
        IReadOnlyList<Call> calls = Switch.Calls();
        Switch.Close();
        Task told = Task.WhenAll(calls.Select(call => call.Told));
        if (await Task.WhenAny(told, Task.Delay(LastEventsDeadline)) != told)
        {
            _say("EBS does not answer: the last events are given up.");
        }

        await _adapter.DisposeAsync();
    }

    private CalloutReply Dial(AgentCallout callout, string number) =>
        Switch.Dial(callout.Agent, number) is { } problem ? CalloutReply.Error(problem) : CalloutReply.Success;
}
