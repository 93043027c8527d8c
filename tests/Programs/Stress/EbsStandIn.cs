using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Stress;

/// <summary>Plays EBS's listener. Counts events, and counts those that arrive twice.</summary>
internal sealed class EbsStandIn : IDisposable
{
    private const int Remembered = 1000;

    private static readonly byte[] Answer = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<string, bool> _known = new();
    private readonly ConcurrentQueue<string> _order = new();
    private long _received;
    private long _repeated;

    public EbsStandIn()
    {
        _listener.Start(1000);
        _ = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public long Received => Interlocked.Read(ref _received);

    public long Repeated => Interlocked.Read(ref _repeated);

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
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var patience = new CancellationTokenSource(Patience);
                if (await ReadBodyAsync(client.GetStream(), patience.Token) is { } body)
                {
                    Count(body);
                    await client.GetStream().WriteAsync(Answer, patience.Token);
                }
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
            }
        }
    }

    private void Count(string body)
    {
        _ = Interlocked.Increment(ref _received);
        if (!_known.TryAdd(body, true))
        {
            _ = Interlocked.Increment(ref _repeated);
        }

        // Forget old events, because the memory of this process is measured.
        _order.Enqueue(body);
        if (_order.Count > Remembered && _order.TryDequeue(out string? oldest))
        {
            _ = _known.TryRemove(oldest, out _);
        }
    }

    private static async Task<string?> ReadBodyAsync(NetworkStream stream, CancellationToken token)
    {
        byte[] buffer = new byte[8192];
        int length = 0;
        while (true)
        {
            int count = await stream.ReadAsync(buffer.AsMemory(length), token);
            length += count;
            string text = Encoding.ASCII.GetString(buffer, 0, length);
            int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0 && length >= end + 4 + LengthOfBody(text))
            {
                return text[(end + 4)..];
            }

            if (count == 0)
            {
                return null;
            }
        }
    }

    private static int LengthOfBody(string request)
    {
        const string Header = "Content-Length: ";
        int start = request.IndexOf(Header, StringComparison.OrdinalIgnoreCase) + Header.Length;
        return int.Parse(request.AsSpan(start, request.IndexOf('\r', start) - start), CultureInfo.InvariantCulture);
    }
}
