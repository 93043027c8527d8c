using System;
using System.Collections.Generic;
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
    private readonly EventSender _sender;
    private readonly CalloutListener _listener;

    /// <param name="options">Port and times.</param>
    /// <param name="say">Takes a line for the user.</param>
    public Softphone(SoftphoneOptions options, Action<string> say)
    {
        _say = say;
        _sender = new(_agents, _events, say);
        Switch = new(options.AnswerAfter, options.TalkFor, _sender.Send);

        CalloutHandlers handlers = new CalloutHandlers()
            .Handle<LoginCallout>((_, _, _) => Done()) // a real one gives AgentPassword.Reveal() to its ACD; nobody is ready by that
            .Handle<LogoutCallout>((logout, _, _) => SetReady(logout, false))
            .Handle<ReadyCallout>((ready, _, _) => SetReady(ready, true))
            .Handle<NotReadyCallout>((notReady, _, _) => SetReady(notReady, false))
            .Handle<UnregisterCallout>((unregister, _, _) => SetReady(unregister, false))
            .Handle<MakeCallCallout>((makeCall, _, _) => Dial(makeCall, makeCall.DialString))
            .Handle<DialCanonicalCallout>((dial, _, _) => Dial(dial, dial.DialString ?? ""));
        var dispatcher = new CalloutDispatcher(handlers, _agents);
        _listener = new(new CalloutEndpoint(new LoggingDispatcher(dispatcher, say)), new() { Port = options.Port });
    }

    public PretendSwitch Switch { get; }

    public Uri Url => _listener.Url;

    /// <exception cref="System.IO.IOException">The port is taken, or listening is not allowed: the message says what to do.</exception>
    public void Start() => _listener.Start();

    /// <summary>The agents whom EBS has registered, and where each one's EBS listens.</summary>
    public async Task<IReadOnlyDictionary<AgentIdentity, ListenerAddress>> AgentsAsync() => await _agents.ListAsync();

    /// <summary>Takes no more callouts, ends all calls, and tells EBS so.</summary>
    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        Switch.Close();
        Task sent = _sender.WhenSentAsync();
        if (await Task.WhenAny(sent, Task.Delay(LastEventsDeadline)) != sent)
        {
            _say("EBS does not answer: its last events are given up.");
        }

        _events.Dispose();
    }

    private static ValueTask<CalloutReply> Done() => new(CalloutReply.Success);

    private ValueTask<CalloutReply> SetReady(AgentCallout callout, bool ready)
    {
        Switch.SetReady(callout.Agent, ready);
        return Done();
    }

    private ValueTask<CalloutReply> Dial(AgentCallout callout, string number) =>
        Switch.Dial(callout.Agent, number) is { } problem ? new(CalloutReply.Error(problem)) : Done();
}
