using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>
/// A softphone for one agent, reduced to its EBS side: handlers take callouts, and what the switch reports about a call goes out as events.
/// </summary>
internal sealed class Softphone : IAsyncDisposable
{
    private readonly TelephonyAdapter _adapter;
    private readonly ConcurrentDictionary<Call, CallSession> _sessions = new();

    public Softphone(Action<Callout> onCallout)
    {
        // Register and Unregister need no handler: the adapter keeps the registry of agents. CheckStatus needs none either.
        _adapter = new(cct => cct
            .Configure<CalloutListenerOptions>(listener => listener with { Port = 0 })
            .DecorateDispatcher(dispatcher => new WatchedDispatcher(dispatcher, onCallout))

            // A real softphone passes AgentPassword.Reveal() to its ACD. Logging in does not make the agent ready.
            .Accept<LoginCallout>()
            .Accept<LogoutCallout>()
            .Accept<ReadyCallout>()
            .Accept<NotReadyCallout>()
            .Handle<MakeCallCallout>(Dial));
        _adapter.Start();
    }

    public Uri Url => _adapter.Url;

    /// <summary>Gets the call that was dialled last.</summary>
    public Call? Dialled { get; private set; }

    /// <summary>
    /// Indicates whether the agent takes calls. From when a call rings, the agent gets no other until EBS, where the interaction is finished, sends Ready
    /// again.
    /// </summary>
    public bool IsReady(AgentIdentity agent) => _adapter.AgentStates.AvailabilityOf(agent) == AgentAvailability.Available;

    /// <summary>The switch reports: a call rings, incoming or outgoing.</summary>
    public async Task<EventDelivery> RingingAsync(Call call)
    {
        CallSession session = await _adapter.Desktops[call.Agent].ScreenPopAsync(new(call.Id, call.Number, call.Agent.TelesetNumber));
        _sessions[call] = session;
        return session.ScreenPop;
    }

    /// <summary>The switch reports: both sides can talk.</summary>
    public Task<EventDelivery> AnsweredAsync(Call call) => _sessions[call].EstablishedAsync();

    /// <summary>The switch reports: the call is over.</summary>
    public Task<EventDelivery> HungUpAsync(Call call) => _sessions[call].ReleasedAsync();

    public ValueTask DisposeAsync() => _adapter.DisposeAsync();

    private CalloutReply Dial(MakeCallCallout makeCall)
    {
        if (!makeCall.DialString.All(c => c is >= '0' and <= '9'))
        {
            return CalloutReply.Error($"{makeCall.DialString} is not a number that can be dialled.");
        }

        Dialled = new(makeCall.Agent, makeCall.DialString);
        return CalloutReply.Success;
    }
}
