// Plays EBS against a softphone, by hand: a web page signs agents in, sends callouts, and shows what the softphone tells.
using System;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace OracleCct.Samples;

internal static class Program
{
    private const int CannotStart = 2;
    private const int LongestBody = 65_536;

    private static async Task<int> Main(string[] args)
    {
        if (SimulatorOptions.Read(args, out SimulatorOptions options) is { } problem)
        {
            await Console.Error.WriteLineAsync(problem);
            return CannotStart;
        }

        await using var desk = new SimulatorDesk(options);
        await using WebApplication app = Build(options, desk);
        if (await app.TryStartAsync(options.Port, "simulator") is not { } url)
        {
            return CannotStart;
        }

        Console.WriteLine($"listening {url}");
        await app.WaitForShutdownAsync();
        await desk.LeaveAsync();
        return 0;
    }

    private static WebApplication Build(SimulatorOptions options, SimulatorDesk desk)
    {
        // The page lies beside the program, from wherever that is started.
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.ListenLocally(options.Port, LongestBody);
        builder.Services.ConfigureHttpJsonOptions(json => SimulatorPage.Configure(json.SerializerOptions));

        WebApplication app = builder.Build();
        app.Use(PageGuard.CheckAsync);
        app.UseDefaultFiles();
        app.UseStaticFiles();
        SimulatorPage.Map(app, desk);
        return app;
    }
}
