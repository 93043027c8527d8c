using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using OracleCct.Protocol;

/// <summary>The parts of README.md that are not whole programs, so that they are compiled.</summary>
internal static class Snippets
{
    internal interface IAcd
    {
        Task LogInAsync(string agentId, string password, CancellationToken token);
    }

    public static void Add(IServiceCollection services, IAcd acd)
    {
        services.AddOracleCct(cct => cct
            .HandleAsync<LoginCallout>(async (login, context, token) =>
            {
                await acd.LogInAsync(login.AgentId, login.AgentPassword.Reveal(), token);
                return CalloutReply.Success;
            })
            .AddHandler<MakeCallCallout, Dialler>()
            .Configure<CalloutListenerOptions>(listener => listener with { Port = 3107 }));
    }

    public static void Change(TelephonyAdapterBuilder cct) =>
        cct.Configure<CalloutGuardOptions>(guard => guard with { Origins = ["https://ebs.example.com:4443"] })
           .Configure<AgentDesktopOptions>(desktops => desktops with { ScreenPopTimeToLive = TimeSpan.FromSeconds(5) });

    public static TelephonyAdapterOptions WithoutInit()
    {
        var options = new TelephonyAdapterOptions(registryFile: "agents.txt");
        return options;
    }

    public static async Task FollowAsync(TelephonyAdapter adapter, AgentIdentity agent, string sourceId, CancellationToken token)
    {
        CallSession call = await adapter.Desktops[agent].ScreenPopAsync(new ScreenPopEvent(sourceId, "+1 (415) 555-0100", "70002"), token);
        call.EnsureDelivered();
        await call.EstablishedAsync(token);
        await call.ReleasedAsync(token);
    }

    internal sealed class Dialler : ICalloutHandler<MakeCallCallout>
    {
        public ValueTask<CalloutReply> HandleAsync(MakeCallCallout callout, CalloutContext context, CancellationToken cancellationToken) =>
            new(CalloutReply.Success);
    }
}
