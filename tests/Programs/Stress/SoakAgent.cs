using System;
using System.Globalization;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Stress;

/// <summary>Plays an agent whose EBS dials and whose softphone sends the events of the call.</summary>
internal sealed class SoakAgent(
    AgentIdentity identity, CalloutSender callouts, Func<AgentIdentity, CctEvent, CancellationToken, Task<EventDelivery>> send, SoakCounts counts)
{
    private int _calls;

    /// <summary>Gets the current or the last call of the agent.</summary>
    public Task Call { get; private set; } = Task.CompletedTask;

    public Task RegisterAsync(int port) => SendAsync(new RegisterCallout(identity.TelesetNumber, identity.AgentId, "127.0.0.1", port));

    public void BeginCall() => Call = Task.Run(CallAsync);

    private async Task CallAsync()
    {
        string number = (++_calls).ToString(CultureInfo.InvariantCulture);
        string id = $"{identity.AgentId}-{number}";
        await SendAsync(new MakeCallCallout(identity.TelesetNumber, identity.AgentId, number));
        await SendAsync(new ScreenPopEvent(id, number, identity.TelesetNumber));
        await SendAsync(new CallEstablishedEvent(id));
        await SendAsync(new CallReleasedEvent(id));
        await SendAsync(new ReadyCallout(identity.TelesetNumber, identity.AgentId));
    }

    private async Task SendAsync(Callout callout)
    {
        counts.SendCallout();
        try
        {
            counts.EndCallout(await callouts.SendAsync(callout));
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            counts.EndCallout($"{callout.FunctionName}: {exception.GetBaseException().Message}");
        }
    }

    private async Task SendAsync(CctEvent cctEvent)
    {
        counts.SendEvent();
        EventDelivery delivery = await send(identity, cctEvent, CancellationToken.None);
        bool isDelivered = delivery.Status == EventDeliveryStatus.Delivered;
        counts.EndEvent(isDelivered ? null : $"{cctEvent.Name}: {delivery} {delivery.Exception?.GetBaseException().Message}");
    }
}
