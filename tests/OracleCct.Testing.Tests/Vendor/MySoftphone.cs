using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Testing.Tests.Vendor;

/// <summary>Represents what a vendor has: a softphone around a <see cref="TelephonyAdapter"/>.</summary>
internal sealed class MySoftphone : System.IAsyncDisposable
{
    private CallSession? _call;

    /// <param name="events">The client that a test brings. <see langword="null"/> sends events over HTTP.</param>
    public MySoftphone(IEventClient? events = null) => Adapter = new(new() { Listener = new() { Port = 0 } }, cct =>
    {
        cct.Handle<LoginCallout>(login => login.AgentPassword.Reveal() == "1234" ? CalloutReply.Success : CalloutReply.Error("Wrong password."))
            .Accept<LogoutCallout>()
            .Accept<ReadyCallout>()
            .Accept<NotReadyCallout>()
            .HandleAsync<MakeCallCallout>(DialAsync);
        if (events is not null)
        {
            cct.UseEventClient(events);
        }
    });

    public TelephonyAdapter Adapter { get; }

    public async Task RingAsync(AgentIdentity agent, string number) =>
        _call = await Adapter.Desktops[agent].ScreenPopAsync(new(ScreenPopEvent.NewSourceId(), number, agent.TelesetNumber));

    public Task AnswerAsync() => _call!.EstablishedAsync();

    public Task HangUpAsync() => _call!.ReleasedAsync();

    public ValueTask DisposeAsync() => Adapter.DisposeAsync();

    private async ValueTask<CalloutReply> DialAsync(MakeCallCallout dial, CalloutContext context, CancellationToken cancellationToken)
    {
        if (!dial.DialString.All(c => c is >= '0' and <= '9'))
        {
            return CalloutReply.Error("That is not a number.");
        }

        await RingAsync(dial.Agent, dial.DialString);
        return CalloutReply.Success;
    }
}
