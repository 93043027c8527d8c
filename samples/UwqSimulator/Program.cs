// Plays EBS against a softphone, by hand: a web page signs agents in, sends callouts, and shows what the softphone tells.
using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OracleCct.Samples;

internal static class Program
{
    private const int CannotStart = 2;

    private static async Task<int> Main(string[] args)
    {
        if (SimulatorOptions.Read(args, out SimulatorOptions options) is { } problem)
        {
            await Console.Error.WriteLineAsync(problem);
            return CannotStart;
        }

        await using var desk = new SimulatorDesk(options);
        await using WebApplication app = Build(options, desk);
        try
        {
            await app.StartAsync();
        }
        catch (IOException)
        {
            await Console.Error.WriteLineAsync($"Port {options.Port} is taken by another program, perhaps by this one a second time: choose another with --port, or 0 for any that is free.");
            return CannotStart;
        }

        Console.WriteLine($"listening http://localhost:{new Uri(app.Urls.First()).Port}/");
        await app.WaitForShutdownAsync();
        await desk.LeaveAsync();
        return 0;
    }

    private static WebApplication Build(SimulatorOptions options, SimulatorDesk desk)
    {
        // The page lies beside the program, from wherever that is started.
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None); // Main says what keeps it from starting
        builder.Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        builder.Services.ConfigureHttpJsonOptions(json => SimulatorPage.Configure(json.SerializerOptions));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 65_536;
            if (options.Port == 0)
            {
                kestrel.Listen(IPAddress.Loopback, 0);
            }
            else
            {
                kestrel.ListenLocalhost(options.Port);
            }
        });

        WebApplication app = builder.Build();
        app.Use(PageGuard.CheckAsync);
        app.UseDefaultFiles();
        app.UseStaticFiles();
        SimulatorPage.Map(app, desk);
        return app;
    }
}
