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

    public static async Task FollowAsync(AgentDesktops desktops, AgentIdentity agent, CancellationToken token)
    {
        CallSession call = await desktops[agent].ScreenPopAsync(new() { SourceId = "42", Ani = "4155550100", Dnis = "70002" }, token);
        await call.EstablishedAsync(token);
        await call.ReleasedAsync(token);
    }

    internal sealed class Dialler : ICalloutHandler<MakeCallCallout>
    {
        public ValueTask<CalloutReply> HandleAsync(MakeCallCallout callout, CalloutContext context, CancellationToken cancellationToken) =>
            new(CalloutReply.Success);
    }
}
