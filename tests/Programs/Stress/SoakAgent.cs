using System;
using System.Globalization;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Stress;

/// <summary>An agent whose EBS dials, and whose softphone tells of the call.</summary>
internal sealed class SoakAgent(AgentIdentity identity, CalloutSender callouts, Func<AgentIdentity, CctEvent, CancellationToken, Task<EventDelivery>> send, SoakCounts counts)
{
    private int _calls;

    /// <summary>The call that the agent has, or has had last.</summary>
    public Task Call { get; private set; } = Task.CompletedTask;

    public Task RegisterAsync(int port) => AskAsync(new RegisterCallout { TelesetNumber = identity.TelesetNumber, AgentId = identity.AgentId, IpAddress = "127.0.0.1", Port = port });

    public void BeginCall() => Call = Task.Run(CallAsync);

    private async Task CallAsync()
    {
        string number = (++_calls).ToString(CultureInfo.InvariantCulture);
        string id = $"{identity.AgentId}-{number}";
        await AskAsync(new MakeCallCallout { TelesetNumber = identity.TelesetNumber, AgentId = identity.AgentId, DialString = number });
        await TellAsync(new ScreenPopEvent { SourceId = id, Ani = number, Dnis = identity.TelesetNumber });
        await TellAsync(new CallEstablishedEvent { SourceId = id });
        await TellAsync(new CallReleasedEvent { SourceId = id });
        await AskAsync(new ReadyCallout { TelesetNumber = identity.TelesetNumber, AgentId = identity.AgentId });
    }

    private async Task AskAsync(Callout callout)
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

    private async Task TellAsync(CctEvent cctEvent)
    {
        counts.SendEvent();
        EventDelivery delivery = await send(identity, cctEvent, CancellationToken.None);
        counts.EndEvent(delivery.Status == EventDeliveryStatus.Delivered ? null : $"{cctEvent.Name}: {delivery} {delivery.Exception?.GetBaseException().Message}");
    }
}
