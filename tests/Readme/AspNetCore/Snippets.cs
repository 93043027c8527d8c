using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using OracleCct.Protocol;

/// <summary>The parts of README.md that are no whole programs, so that they are compiled.</summary>
internal static class Snippets
{
    internal interface IAcd
    {
        Task LogInAsync(string agentId, string password, CancellationToken token);
    }

    public static void Add(IServiceCollection services, IAcd acd)
    {
        services.AddOracleCct(cct => cct
            .Handle<LoginCallout>(async (login, context, token) =>
            {
                await acd.LogInAsync(login.AgentId, login.AgentPassword.Reveal(), token);
                return CalloutReply.Success;
            })
            .AddHandler<MakeCallCallout, Dialler>()
            .Use(new CalloutListenerOptions { Port = 3107 }));
    }

    public static async Task<EventDeliveryStatus> SendAsync(IEventClient client, ListenerAddress listener, CancellationToken token)
    {
        EventDelivery delivery = await client.SendAsync(listener, new CallReleasedEvent { SourceId = "42" }, token);
        return delivery.Status;
    }

    internal sealed class Dialler : ICalloutHandler<MakeCallCallout>
    {
        public ValueTask<CalloutReply> HandleAsync(MakeCallCallout callout, CalloutContext context, CancellationToken cancellationToken) =>
            new(CalloutReply.Success);
    }
}
