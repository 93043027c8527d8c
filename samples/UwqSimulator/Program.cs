// Plays EBS against a softphone, by hand: a web page signs agents in, sends callouts, and shows what the softphone tells.
using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
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
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            await Console.Error.WriteLineAsync(exception is SocketException { SocketErrorCode: SocketError.AccessDenied }
                ? FormattableString.Invariant($"This user may not listen on port {options.Port}: choose one from 1024 on with --port N.")
                : FormattableString.Invariant($"Port {options.Port} is taken by another program, perhaps by another simulator: end that one, or choose another with --port N."));
            return CannotStart;
        }

        Console.WriteLine($"listening {new UriBuilder(app.Urls.First()) { Host = "localhost" }.Uri}");
        await app.WaitForShutdownAsync();
        await desk.LeaveAsync();
        return 0;
    }

    private static WebApplication Build(SimulatorOptions options, SimulatorDesk desk)
    {
        // The page lies beside the program, from wherever that is started.
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None) // what keeps it from starting is said above, in one sentence
            .AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error); // a machine without IPv6 is no reason to worry
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
