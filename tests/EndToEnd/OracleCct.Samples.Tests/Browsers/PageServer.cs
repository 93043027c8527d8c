using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace OracleCct.Samples.Tests.Browsers;

/// <summary>Represents a foreign web server: serves pages under any name of this machine, and detects when a page has finished.</summary>
internal sealed class PageServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IReadOnlyDictionary<string, string> _pages;
    private readonly TaskCompletionSource<string> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="pages">The pages, by path.</param>
    public PageServer(IReadOnlyDictionary<string, string> pages)
    {
        _pages = pages;
        _listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    /// <summary>Gets a task that completes with the query when the page requests <c>/done?…</c>.</summary>
    public Task<string> Done => _done.Task;

    public Uri Url(string host, string path = "/") => new($"http://{host}:{((IPEndPoint)_listener.LocalEndpoint).Port}{path}");

    public void Dispose() => _listener.Stop();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync();
                _ = Task.Run(() => ServeAsync(client));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                using NetworkStream stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII);
                string[] request = (await reader.ReadLineAsync() ?? "").Split(' ');
                while (await reader.ReadLineAsync() is { Length: > 0 })
                {
                }

                string target = request.Length > 1 ? request[1] : "";
                string path = target.Split('?')[0];
                bool isPage = _pages.TryGetValue(path, out string? page);
                if (path == "/done")
                {
                    _ = _done.TrySetResult(Uri.UnescapeDataString(target["/done".Length..].TrimStart('?')));
                }

                byte[] body = Encoding.UTF8.GetBytes(page ?? "");
                string contentType = path.EndsWith(".js", StringComparison.Ordinal) ? "text/javascript" : "text/html; charset=utf-8";
                string head = $"HTTP/1.1 {(isPage ? "200 OK" : "204 No Content")}\r\nContent-Type: {contentType}\r\n"
                    + (isPage ? $"Content-Length: {body.Length}\r\n" : "") + "Connection: close\r\n\r\n";
                await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
                await stream.WriteAsync(body);
            }
            catch (IOException)
            {
                // The browser has closed the connection.
            }
        }
    }
}
