using System;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>
/// EBS as a softphone meets it: it sends callouts, and listens for events. On bare sockets, so that what it hands over is what crossed the wire.
/// </summary>
internal sealed class EbsSide : IDisposable
{
    private readonly Uri _softphone;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<HttpExchange> _events = new();
    private readonly SemaphoreSlim _arrived = new(0);

    /// <param name="softphone">What the profile option "CCT: Basic Telephony: Third Party URL" says.</param>
    public EbsSide(Uri softphone)
    {
        _softphone = softphone;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    public async Task<HttpExchange> CallOutAsync(Callout callout)
    {
        string requestLine = $"GET {_softphone.AbsolutePath}?{CalloutQueryFormatter.Default.Write(callout)} HTTP/1.1";
        using var client = new TcpClient();
        await client.ConnectAsync(_softphone.Host, _softphone.Port);
        using NetworkStream stream = client.GetStream();
        await HttpMessage.WriteAsync(stream, requestLine, $"Host: {_softphone.Authority}", "Connection: close");
        return new(new(requestLine, ""), await HttpMessage.ReadAsync(stream));
    }

    /// <summary>The next event in the order of arrival, which has been answered by then.</summary>
    public async Task<HttpExchange> NextEventAsync(TimeSpan deadline) =>
        await _arrived.WaitAsync(deadline) && _events.TryDequeue(out HttpExchange? exchange)
            ? exchange
            : throw new TimeoutException($"No event came within {deadline.TotalSeconds} s.");

    public bool HasEvents => !_events.IsEmpty;

    public void Dispose()
    {
        _listener.Stop();
        _arrived.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (NetworkStream stream = client.GetStream())
        {
            HttpMessage request = await HttpMessage.ReadAsync(stream);
            _events.Enqueue(new(request, new("HTTP/1.1 200 OK", "")));
            await HttpMessage.WriteAsync(stream, "HTTP/1.1 200 OK", "Content-Length: 0", "Connection: close");
            _ = _arrived.Release();
        }
    }
}
