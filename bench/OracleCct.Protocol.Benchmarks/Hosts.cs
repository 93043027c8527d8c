using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OracleCct.Protocol;

namespace OracleCct.Benchmarks;

/// <summary>Hosts servers that answer callouts over HTTP: the library, and the platform alone, which gives every request the same answer.</summary>
internal sealed class Hosts : IAsyncDisposable
{
    private readonly WebApplication _kestrel;
    private readonly WebApplication _bareKestrel;
    private readonly CalloutListener _listener;
    private readonly HttpListener _bareListener = new();
    private readonly Task _barelyAnswering;
    private long _carriedOut;

    public Hosts()
    {
        _kestrel = NewApplication(services =>
            services.AddOracleCct(cct => cct.HideQueriesInLogs().HandleAsync<CheckStatusCallout>(CarryOut).HandleAsync<LoginCallout>(CarryOut)));
        _ = _kestrel.MapOracleCct();
        _kestrel.Start();
        _listener = new(_kestrel.Services.GetRequiredService<CalloutEndpoint>(), new() { Port = 0 });
        _listener.Start();

        _bareKestrel = NewApplication(_ => { });
        _ = _bareKestrel.Map("/", AnswerBarely);
        _bareKestrel.Start();
        BareListener = new Uri($"http://localhost:{FreePort()}/");
        _bareListener.Prefixes.Add(BareListener.AbsoluteUri);
        _bareListener.Start();
        _barelyAnswering = Task.Run(AnswerBarelyAsync);
    }

    public Uri Kestrel => new(_kestrel.Urls.Single());

    public Uri BareKestrel => new(_bareKestrel.Urls.Single());

    public Uri Listener => _listener.Url;

    public Uri BareListener { get; }

    /// <summary>Gets how many callouts a handler has handled. An answer with status 200 may also be an Error.</summary>
    public long CarriedOut => Interlocked.Read(ref _carriedOut);

    /// <summary>Throws if the answers differ, because then the times are not comparable.</summary>
    public async Task ThrowUnlessEqualAsync()
    {
        string[] answers = await Task.WhenAll(new[] { Kestrel, BareKestrel, Listener, BareListener }.Select(AskAsync));
        if (answers[0] != answers[1] || answers[2] != answers[3])
        {
            string[] lines = ["The answers differ, so the times are not comparable.", .. answers];
            throw new InvalidOperationException(string.Join(Environment.NewLine, lines));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        _bareListener.Close();
        await _barelyAnswering;
        await _kestrel.DisposeAsync();
        await _bareKestrel.DisposeAsync();
    }

    public static WebApplication NewApplication(Action<IServiceCollection> configure)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        _ = builder.Logging.ClearProviders();
        _ = builder.WebHost.UseUrls("http://127.0.0.1:0");
        configure(builder.Services);
        return builder.Build();
    }

    private ValueTask<CalloutReply> CarryOut(Callout callout, CalloutContext context, CancellationToken cancellationToken)
    {
        _ = Interlocked.Increment(ref _carriedOut);
        return new(CalloutReply.Success);
    }

    private static Task AnswerBarely(HttpContext context)
    {
        context.Response.StatusCode = 200;
        context.Response.ContentLength = 0;
        context.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }

    private async Task AnswerBarelyAsync()
    {
        while (true)
        {
            try
            {
                HttpListenerContext context = await _bareListener.GetContextAsync();
                _ = Task.Run(() =>
                {
                    context.Response.StatusCode = 200;
                    context.Response.ContentLength64 = 0;
                    context.Response.AddHeader("Cache-Control", "no-store");
                    context.Response.Close();
                });
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private static async Task<string> AskAsync(Uri url)
    {
        using var client = new HttpClient();
        using HttpResponseMessage answer = await client.GetAsync(new Uri(url, "?FunctionName=CheckStatus"));
        string[] headers =
        [
            .. from header in answer.Headers.Concat(answer.Content.Headers)
               where header.Key != "Date"
               orderby header.Key
               select $"{header.Key}: {string.Join(", ", header.Value)}",
        ];
        return $"{(int)answer.StatusCode}; {string.Join("; ", headers)}; {await answer.Content.ReadAsStringAsync()}";
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
