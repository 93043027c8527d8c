// A softphone with a web page: EBS's callouts go to "/", and the agent's page is at "/phone/". The switch is simulated. The page also simulates the callers.
using System;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OracleCct.Protocol;

namespace OracleCct.Samples;

internal static class Program
{
    private const int CannotStart = 2;
    private const int LongestBody = 4096;

    private static async Task<int> Main(string[] args)
    {
        if (SoftphoneOptions.Read(args, out SoftphoneOptions options) is { } problem)
        {
            await Console.Error.WriteLineAsync(problem);
            return CannotStart;
        }

        await using WebApplication app = Build(options);
        if (await app.TryStartAsync(options.Port, "softphone") is not { } url)
        {
            return CannotStart;
        }

        Softphone softphone = app.Services.GetRequiredService<Softphone>();
        softphone.Url = url;
        Terminal.Say($"listening {softphone.Url}");
        Terminal.Say($"the agent's page is {new Uri(softphone.Url, PhonePage.Path + "/")}");
        await app.WaitForShutdownAsync();
        await softphone.EndAsync();
        return 0;
    }

    private static WebApplication Build(SoftphoneOptions options)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.ListenLocally(options.Port, LongestBody);

        var feed = new LiveFeed();
        builder.Services
            .AddSingleton(options)
            .AddSingleton(feed)
            .AddSingleton<Softphone>()
            .AddOracleCct(cct => cct
                .HideQueriesInLogs()
                .AddObserver(feed)

                // Shorter than the default: on one machine, an EBS that cannot be reached within seconds is not running.
                .Configure<AgentDesktopOptions>(desktops => desktops with { ScreenPopTimeToLive = TimeSpan.FromSeconds(5) })

                // A real softphone passes AgentPassword.Reveal() to its ACD. Logging in does not make the agent ready.
                .Accept<LoginCallout>()
                .Accept<LogoutCallout>()
                .Accept<ReadyCallout>()
                .Accept<NotReadyCallout>()
                .AddHandler<MakeCallCallout, Dialler>()
                .AddHandler<DialCanonicalCallout, Dialler>());

        WebApplication app = builder.Build();
        app.UsePhonePage();
        app.MapOracleCct();
        return app;
    }
}
