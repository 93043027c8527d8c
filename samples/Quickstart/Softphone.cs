using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>
/// A softphone for one agent, reduced to its EBS side: callouts come in by handlers, and what the switch reports about a call goes out as events.
/// </summary>
internal sealed class Softphone : IAsyncDisposable
{
    private readonly InMemoryAgentRegistry _agents = new();
    private readonly HttpEventClient _events = new();
    private readonly AgentStateTracker _states = new();
    private readonly AgentDesktops _desktops;
    private readonly ConcurrentDictionary<Call, CallSession> _sessions = new();
    private readonly CalloutListener _listener;

    public Softphone(Action<Callout> onCallout)
    {
        _desktops = new(_agents, _events, agentStates: _states);
        CalloutHandlers handlers = new CalloutHandlers()
            .HandleAsync<LoginCallout>(LogInAsync)
            .HandleAsync<LogoutCallout>(LogOutAsync)
            .Accept<ReadyCallout>() // the tracker of states learns from it
            .Accept<NotReadyCallout>()
            .HandleAsync<MakeCallCallout>(DialAsync);

        // Register and Unregister need no handler: the dispatcher keeps the registry of agents. CheckStatus has nothing to do.
        var dispatcher = new WatchedDispatcher(new CalloutDispatcher(handlers, _agents, agentStates: _states), onCallout);
        _listener = new(new CalloutEndpoint(dispatcher), new() { Port = 0 });
        _listener.Start();
    }

    public Uri Url => _listener.Url;

    /// <summary>From when a call rings, the agent gets no other before EBS, where the interaction is finished, says Ready again.</summary>
    public bool IsReady(AgentIdentity agent) => _states.AvailabilityOf(agent) == AgentAvailability.Available;

    /// <summary>The call that was dialled last.</summary>
    public Call? Dialled { get; private set; }

    /// <summary>The switch reports: a call rings, be it incoming or outgoing.</summary>
    public async Task<EventDelivery> RingingAsync(Call call)
    {
        CallSession session = await _desktops[call.Agent].ScreenPopAsync(new() { SourceId = call.Id, Ani = call.Number, Dnis = call.Agent.TelesetNumber });
        _sessions[call] = session;
        return session.ScreenPop;
    }

    /// <summary>The switch reports: both sides can talk.</summary>
    public Task<EventDelivery> AnsweredAsync(Call call) => _sessions[call].EstablishedAsync();

    /// <summary>The switch reports: the call is over.</summary>
    public Task<EventDelivery> HungUpAsync(Call call) => _sessions[call].ReleasedAsync();

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        await _desktops.DisposeAsync();
        _events.Dispose();
    }

    private ValueTask<CalloutReply> LogInAsync(LoginCallout login, CalloutContext context, CancellationToken cancellationToken)
    {
        // Here a real one logs in to its ACD with login.AgentPassword.Reveal(). That makes nobody ready yet.
        return new(CalloutReply.Success);
    }

    private ValueTask<CalloutReply> LogOutAsync(LogoutCallout logout, CalloutContext context, CancellationToken cancellationToken) => new(CalloutReply.Success);

    private ValueTask<CalloutReply> DialAsync(MakeCallCallout makeCall, CalloutContext context, CancellationToken cancellationToken)
    {
        if (!makeCall.DialString.All(c => c is >= '0' and <= '9'))
        {
            return new(CalloutReply.Error($"{makeCall.DialString} is no number that can be dialled."));
        }

        Dialled = new(makeCall.Agent, makeCall.DialString);
        return new(CalloutReply.Success);
    }
}
