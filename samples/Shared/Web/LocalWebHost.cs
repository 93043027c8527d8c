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

/// <summary>Configures and starts a web server that is reachable from this machine only.</summary>
internal static class LocalWebHost
{
    /// <param name="builder">The builder of the application.</param>
    /// <param name="port">The port to listen on. 0 selects a free port.</param>
    /// <param name="longestBody">The maximum size of a request body, in bytes.</param>
    public static void ListenLocally(this WebApplicationBuilder builder, int port, long longestBody)
    {
        builder.Logging.SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None) // TryStartAsync reports a failed start
            .AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error); // Kestrel warns on a machine without IPv6
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

    /// <summary>Starts the application, or writes to standard error why it cannot start.</summary>
    /// <param name="app">The application.</param>
    /// <param name="port">The port to listen on.</param>
    /// <param name="kind">The program's kind, in a word: another instance can have the port.</param>
    /// <returns>The URL, or <see langword="null"/> when the application could not start.</returns>
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
                ? FormattableString.Invariant($"This user is not allowed to listen on port {port}. Choose a port above 1023 with --port N.")
                : FormattableString.Invariant(
                    $"Port {port} is taken by another program (perhaps another {kind}). End that program, or choose another port with --port N."));
            return null;
        }
    }
}
