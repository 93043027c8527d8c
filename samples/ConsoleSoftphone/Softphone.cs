using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>Ties the switch to EBS: callouts come in and work the switch, and what happens at the switch goes out as events.</summary>
internal sealed class Softphone : IAsyncDisposable
{
    private static readonly TimeSpan LastEventsDeadline = TimeSpan.FromSeconds(5);

    private readonly Action<string> _say;
    private readonly InMemoryAgentRegistry _agents = new();
    private readonly HttpEventClient _events = new();
    private readonly AgentStateTracker _states = new();
    private readonly AgentDesktops _desktops;
    private readonly CalloutListener _listener;

    /// <param name="options">Port and times.</param>
    /// <param name="say">Takes a line for the user.</param>
    public Softphone(SoftphoneOptions options, Action<string> say)
    {
        _say = say;

        // Shorter than usual: on one machine, an EBS that cannot be reached within seconds is not there.
        _desktops = new(_agents, _events, new() { ScreenPopTimeToLive = TimeSpan.FromSeconds(5) }, agentStates: _states);
        Switch = new(options.AnswerAfter, options.TalkFor, new EventSender(_desktops, say).Send);

        CalloutHandlers handlers = new CalloutHandlers()
            .Accept<LoginCallout>() // a real one gives AgentPassword.Reveal() to its ACD; nobody is ready by that
            .Accept<LogoutCallout>()
            .Accept<ReadyCallout>() // the tracker of states learns from it
            .Accept<NotReadyCallout>()
            .HandleAsync<MakeCallCallout>((makeCall, _, _) => Dial(makeCall, makeCall.DialString))
            .HandleAsync<DialCanonicalCallout>((dial, _, _) => Dial(dial, dial.DialString ?? ""));
        var dispatcher = new CalloutDispatcher(handlers, _agents, agentStates: _states);
        _listener = new(new CalloutEndpoint(new LoggingDispatcher(dispatcher, say)), new() { Port = options.Port });
    }

    public PretendSwitch Switch { get; }

    public Uri Url => _listener.Url;

    /// <exception cref="System.IO.IOException">The port is taken, or listening is not allowed: the message says what to do.</exception>
    public void Start() => _listener.Start();

    /// <summary>The agents whom EBS has registered, and where each one's EBS listens.</summary>
    public async Task<IReadOnlyDictionary<AgentIdentity, EbsAddress>> AgentsAsync() => await _agents.ListAsync();

    /// <summary>From when a call rings, its agent is not ready until the next Ready: first the interaction is to be finished in EBS.</summary>
    public bool IsReady(AgentIdentity agent) => _states.AvailabilityOf(agent) == AgentAvailability.Available;

    /// <summary>Takes no more callouts, ends all calls, and tells EBS so.</summary>
    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        IReadOnlyList<Call> calls = Switch.Calls();
        Switch.Close();
        Task told = Task.WhenAll(calls.Select(call => call.Told));
        if (await Task.WhenAny(told, Task.Delay(LastEventsDeadline)) != told)
        {
            _say("EBS does not answer: its last events are given up.");
        }

        await _desktops.DisposeAsync();
        _events.Dispose();
    }

    private static ValueTask<CalloutReply> Done() => new(CalloutReply.Success);

    private ValueTask<CalloutReply> Dial(AgentCallout callout, string number) =>
        Switch.Dial(callout.Agent, number) is { } problem ? new(CalloutReply.Error(problem)) : Done();
}
