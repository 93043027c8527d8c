using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace OracleCct.Samples;

/// <summary>A web server for this machine alone, which says in one sentence what keeps it from starting.</summary>
internal static class LocalWebHost
{
    /// <param name="builder">The application's.</param>
    /// <param name="port">Where to listen; 0 is any free port.</param>
    /// <param name="longestBody">The longest body of a request, in bytes.</param>
    public static void ListenLocally(this WebApplicationBuilder builder, int port, long longestBody)
    {
        builder.Logging.SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None) // TryStartAsync says it
            .AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error); // a machine without IPv6 is no reason to worry
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = longestBody;
            if (port == 0)
            {
                kestrel.Listen(IPAddress.Loopback, 0);
            }
            else
            {
                kestrel.ListenLocalhost(port);
            }
        });
    }

    /// <param name="app">The application.</param>
    /// <param name="port">Where it is to listen.</param>
    /// <param name="kind">What the program is, in a word: another may have the port.</param>
    /// <returns>Where it listens. Null: it could not start.</returns>
    public static async Task<Uri?> TryStartAsync(this WebApplication app, int port, string kind)
    {
        try
        {
            await app.StartAsync();
            return new UriBuilder(app.Urls.First()) { Host = "localhost" }.Uri;
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            await Console.Error.WriteLineAsync(exception is SocketException { SocketErrorCode: SocketError.AccessDenied }
                ? FormattableString.Invariant($"This user may not listen on port {port}: choose one from 1024 on with --port N.")
                : FormattableString.Invariant($"Port {port} is taken by another program, perhaps by another {kind}: end that one, or choose another with --port N."));
            return null;
        }
    }
}
