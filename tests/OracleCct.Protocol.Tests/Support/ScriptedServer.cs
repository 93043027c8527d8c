using System;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol.Tests.Support;

/// <summary>In place of EBS's listener: takes requests as bytes and does with each connection what the test says.</summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new(Deadline.Limit);
    private readonly Func<Connection, Task> _script;

    public ScriptedServer(Func<Connection, Task> script)
    {
        _script = script;
        _listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    /// <summary>Every request, whole or in part, as it came.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public EbsAddress Address => new("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);

    public static ScriptedServer Answering(string answer) => new(async connection =>
    {
        _ = await connection.ReadRequestAsync();
        await connection.WriteAsync(answer);
    });

    /// <summary>An answer with a length, as any server sends it.</summary>
    public static string Response(int status, string body, string headers = "") =>
        $"HTTP/1.1 {status} Whatever\r\n{headers}Content-Type: text/plain\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}";

    public void Dispose()
    {
        _end.Cancel();
        _listener.Stop();
        _end.Dispose();
    }

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
                await _script(new Connection(client, this));
            }
            catch (Exception exception) when (exception is System.IO.IOException or ObjectDisposedException or SocketException or OperationCanceledException)
            {
            }
        }
    }

    internal sealed class Connection(TcpClient client, ScriptedServer server)
    {
        private readonly NetworkStream _stream = client.GetStream();

        /// <summary>Reads headers and, by the content length, the body.</summary>
        public async Task<string> ReadRequestAsync()
        {
            var request = new StringBuilder();
            byte[] buffer = new byte[4096];
            while (!IsWhole(request.ToString()))
            {
                int count = await _stream.ReadAsync(buffer, 0, buffer.Length, server._end.Token);
                if (count == 0)
                {
                    break;
                }

                _ = request.Append(RawHttp.Latin1.GetString(buffer, 0, count));
            }

            server.Requests.Enqueue(request.ToString());
            return request.ToString();
        }

        public async Task WriteAsync(string answer)
        {
            byte[] bytes = RawHttp.Latin1.GetBytes(answer);
            await _stream.WriteAsync(bytes, 0, bytes.Length, server._end.Token);
        }

        /// <summary>Ends the connection with a reset in place of an orderly end.</summary>
        public void Reset()
        {
            client.LingerState = new LingerOption(true, 0);
            client.Close();
        }

        public Task HangAsync() => Task.Delay(Timeout.Infinite, server._end.Token);

        private static bool IsWhole(string request)
        {
            int end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0)
            {
                return false;
            }

            const string Header = "Content-Length: ";
            int length = request.IndexOf(Header, StringComparison.OrdinalIgnoreCase);
            int expected = length < 0 ? 0 : int.Parse(
                request.Substring(length + Header.Length, request.IndexOf('\r', length) - length - Header.Length),
                System.Globalization.CultureInfo.InvariantCulture);
            return request.Length >= end + 4 + expected;
        }
    }
}
