using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Testing.Tests.Vendor;

/// <summary>What a vendor has: a softphone whose parts are handed to it.</summary>
internal sealed class MySoftphone : System.IAsyncDisposable
{
    private readonly InMemoryAgentRegistry _agents = new();
    private readonly AgentDesktops _desktops;
    private CallSession? _call;
    private int _calls;

    public MySoftphone(IEventClient events)
    {
        _desktops = new(_agents, events);
        CalloutHandlers handlers = new CalloutHandlers()
            .Handle<LoginCallout>(login => login.AgentPassword.Reveal() == "1234" ? CalloutReply.Success : CalloutReply.Error("Wrong password."))
            .Accept<LogoutCallout>()
            .Accept<ReadyCallout>()
            .Accept<NotReadyCallout>()
            .HandleAsync<MakeCallCallout>(DialAsync);
        Endpoint = new(new CalloutDispatcher(handlers, _agents));
    }

    public CalloutEndpoint Endpoint { get; }

    public async Task RingAsync(AgentIdentity agent, string number)
    {
        string id = Interlocked.Increment(ref _calls).ToString(System.Globalization.CultureInfo.InvariantCulture);
        _call = await _desktops[agent].ScreenPopAsync(new() { SourceId = id, Ani = number, Dnis = agent.TelesetNumber });
    }

    public Task AnswerAsync() => _call!.EstablishedAsync();

    public Task HangUpAsync() => _call!.ReleasedAsync();

    public ValueTask DisposeAsync() => _desktops.DisposeAsync();

    private async ValueTask<CalloutReply> DialAsync(MakeCallCallout dial, CalloutContext context, CancellationToken cancellationToken)
    {
        if (!dial.DialString.All(c => c is >= '0' and <= '9'))
        {
            return CalloutReply.Error("That is no number.");
        }

        await RingAsync(dial.Agent, dial.DialString);
        return CalloutReply.Success;
    }
}
