using System;
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
    private readonly CalloutListener _listener;

    public Softphone(Action<Callout> onCallout)
    {
        CalloutHandlers handlers = new CalloutHandlers()
            .Handle<LoginCallout>(LogInAsync)
            .Handle<LogoutCallout>(LogOutAsync)
            .Handle<ReadyCallout>((_, _, _) => SetReadyAsync(true))
            .Handle<NotReadyCallout>((_, _, _) => SetReadyAsync(false))
            .Handle<MakeCallCallout>(DialAsync);

        // Register and Unregister need no handler: the dispatcher keeps the registry of agents. CheckStatus has nothing to do.
        var dispatcher = new WatchedDispatcher(new CalloutDispatcher(handlers, _agents), onCallout);
        _listener = new(new CalloutEndpoint(dispatcher), new() { Port = 0 });
        _listener.Start();
    }

    public Uri Url => _listener.Url;

    public bool IsReady { get; private set; }

    /// <summary>The call that was dialled last.</summary>
    public Call? Dialled { get; private set; }

    /// <summary>The switch reports: a call rings, be it incoming or outgoing.</summary>
    public Task<EventDelivery> RingingAsync(Call call)
    {
        // The agent gets no other call before EBS, where the interaction is finished, says Ready again.
        IsReady = false;
        return TellAsync(call.Agent, new ScreenPopEvent { SourceId = call.Id, Ani = call.Number, Dnis = call.Agent.TelesetNumber });
    }

    /// <summary>The switch reports: both sides can talk.</summary>
    public Task<EventDelivery> AnsweredAsync(Call call) => TellAsync(call.Agent, new CallEstablishedEvent { SourceId = call.Id });

    /// <summary>The switch reports: the call is over.</summary>
    public Task<EventDelivery> HungUpAsync(Call call) => TellAsync(call.Agent, new CallReleasedEvent { SourceId = call.Id });

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        _events.Dispose();
    }

    private async Task<EventDelivery> TellAsync(AgentIdentity agent, CctEvent cctEvent)
    {
        ListenerAddress listener = await _agents.FindAsync(agent) ?? throw new InvalidOperationException($"EBS has not registered {agent}.");
        return await _events.SendAsync(listener, cctEvent);
    }

    private ValueTask<CalloutReply> LogInAsync(LoginCallout login, CalloutContext context, CancellationToken cancellationToken)
    {
        // Here a real one logs in to its ACD with login.AgentPassword.Reveal(). That makes nobody ready yet.
        return new(CalloutReply.Success);
    }

    private ValueTask<CalloutReply> LogOutAsync(LogoutCallout logout, CalloutContext context, CancellationToken cancellationToken) => SetReadyAsync(false);

    private ValueTask<CalloutReply> SetReadyAsync(bool ready)
    {
        IsReady = ready;
        return new(CalloutReply.Success);
    }

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
