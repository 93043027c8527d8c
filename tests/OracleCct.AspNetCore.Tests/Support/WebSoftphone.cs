using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OracleCct.Protocol;
using OracleCct.Protocol.Tests.Support;

namespace OracleCct.AspNetCore.Tests.Support;

/// <summary>Runs an application on Kestrel that receives callouts on a free loopback port and logs everything into memory.</summary>
internal sealed class WebSoftphone : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebSoftphone(WebApplication app, LogRecorder log)
    {
        _app = app;
        Log = log;
    }

    public LogRecorder Log { get; }

    public IServiceProvider Services => _app.Services;

    public Uri Url => new(_app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());

    /// <summary>Builds and starts the application.</summary>
    /// <param name="cct">Adds handlers and options.</param>
    /// <param name="build">Configures the application before it is built.</param>
    /// <param name="map">Maps the endpoints. <see langword="null"/> calls MapOracleCct with its defaults.</param>
    /// <param name="protocols">The HTTP protocols of the server.</param>
    public static async Task<WebSoftphone> StartAsync(
        Action<TelephonyAdapterBuilder>? cct = null,
        Action<WebApplicationBuilder>? build = null,
        Action<WebApplication>? map = null,
        HttpProtocols protocols = HttpProtocols.Http1)
    {
        var log = new LogRecorder();
        WebApplicationBuilder builder = NewBuilder(log);
        _ = builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        build?.Invoke(builder);
        _ = builder.Services.AddOracleCct(cct ?? (_ => { }));
        WebApplication app = builder.Build();
        if (map is null)
        {
            _ = app.MapOracleCct();
        }
        else
        {
            map(app);
        }

        await app.StartAsync().Within("the start");
        return new(app, log);
    }

    /// <summary>Creates a builder that ignores the configuration of this machine and logs only to <paramref name="log"/>.</summary>
    public static WebApplicationBuilder NewBuilder(LogRecorder log)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        _ = builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Trace);
        return builder;
    }

    /// <summary>Sends a GET as EBS does, and returns the whole response.</summary>
    public Task<string> GetAsync(string target) => RawHttp.SendAsync(Url, RawHttp.Get(Url, target)).Within(target);

    public Task<string> SendAsync(string method, string target, string headers = "", string body = "") =>
        RawHttp.SendAsync(Url, RawHttp.Request(method, Url, target, headers, body)).Within($"{method} {target}");

    public Task StopAsync() => _app.StopAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

/// <summary>Handles Ready and records each agent.</summary>
internal sealed class ReadyCounter
{
    private readonly ConcurrentQueue<string> _agents = new();

    public string[] Agents => [.. _agents];

    public void AddTo(TelephonyAdapterBuilder builder) => builder.HandleAsync<ReadyCallout>((ready, _, _) =>
    {
        _agents.Enqueue(ready.AgentId);
        return new(CalloutReply.Success);
    });
}
