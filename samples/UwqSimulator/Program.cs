// Simulates EBS for manual tests of a softphone: a web page signs agents in, sends callouts, and shows the softphone's events.
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
        await desk.SignOutAllAsync();
        return 0;
    }

    private static WebApplication Build(SimulatorOptions options, SimulatorDesk desk)
    {
        // The page's files are in the program's folder, whatever the current directory is.
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
