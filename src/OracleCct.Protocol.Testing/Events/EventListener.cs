using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol.Testing;

/// <summary>Listens for the events of one agent, on a plain socket.</summary>
internal sealed class EventListener(UwqSimulator simulator, UwqAgent agent, BackgroundTasks background, CancellationToken end)
{
    public const int MaxConnections = 100;

    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    private const string Failed = "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    private const string Continue = "HTTP/1.1 100 Continue\r\n\r\n";

    private static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromMinutes(5);

    private TcpListener? _listener;
    private int _connections;

    public static TcpListener Open(int port, AgentIdentity agent)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException exception)
        {
            throw new IOException($"Port {port} cannot be opened for the events of {agent}: {exception.Message}", exception);
        }
    }

    public void Start(TcpListener listener)
    {
        _listener = listener;
        background.Run(() => AcceptAsync(listener));
    }

    public void Stop()
    {
        _listener?.Stop();
        _listener = null;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                TcpClient client = await listener.AcceptTcpClientAsync().ConfigureAwait(false);
                if (Interlocked.Increment(ref _connections) > MaxConnections)
                {
                    simulator.ReportCrowd(agent);
                    client.Dispose();
                    _ = Interlocked.Decrement(ref _connections);
                }
                else
                {
                    background.Run(() => ServeAsync(client));
                }
            }
        }
        catch (Exception exception) when (HttpConnection.IsOfTheNetwork(exception))
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = new HttpConnection(client);
        try
        {
            // A connection that sends nothing is not an event, and no fault applies to it.
            if (!await WithLimitAsync(connection, _ => connection.HasMoreAsync(), ReadLimit).ConfigureAwait(false))
            {
                return;
            }

            UwqFault fault = agent.Fault;
            DateTimeOffset at = simulator.Time.GetUtcNow();
            if (fault is UwqFault.Reset or UwqFault.Down)
            {
                simulator.Receive(agent, ReceivedEvent.Reset(at));
                connection.Reset();
            }
            else
            {
                simulator.Receive(agent, await WithLimitAsync(connection, limit => ReadAsync(connection, at, fault, limit), ReadLimit).ConfigureAwait(false));
                _ = await WithLimitAsync(connection, _ => AnswerAsync(connection, fault), SilenceLimit).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (HttpConnection.IsOfTheNetwork(exception) || exception is OperationCanceledException)
        {
            // The client has disconnected, or the simulator was disposed.
        }
        finally
        {
            _ = Interlocked.Decrement(ref _connections);
        }
    }

    private async Task<T> WithLimitAsync<T>(HttpConnection connection, Func<CancellationToken, Task<T>> work, TimeSpan limit)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(end);
        ending.CancelAfter(limit);
        return await connection.EndingWithAsync(() => work(ending.Token), ending.Token).ConfigureAwait(false);
    }

    private async Task<ReceivedEvent> ReadAsync(HttpConnection connection, DateTimeOffset at, UwqFault fault, CancellationToken limit)
    {
        HttpHead? head = null;
        try
        {
            head = await connection.ReadHeadAsync().ConfigureAwait(false);
            string[] request = head!.StartLine.Split(' ');
            if (request.Length != 3 || !request[2].StartsWith("HTTP/", StringComparison.Ordinal))
            {
                return ReceivedEvent.Cut(at, fault, head, "It does not begin with an HTTP request line.");
            }

            if (head.Has("Expect", "100-continue"))
            {
                await connection.WriteAsync(Continue).ConfigureAwait(false);
            }

            return ReceivedEvent.Whole(at, fault, head, await connection.ReadBodyAsync(head, untilEnd: false).ConfigureAwait(false));
        }
        catch (Exception exception) when (HttpConnection.IsOfTheNetwork(exception) && !end.IsCancellationRequested)
        {
            return ReceivedEvent.Cut(at, fault, head, limit.IsCancellationRequested ? "It did not end within 30 seconds." : exception.Message);
        }
    }

    private async Task<bool> AnswerAsync(HttpConnection connection, UwqFault fault)
    {
        if (fault == UwqFault.Silent)
        {
            return await connection.WaitForEndAsync().ConfigureAwait(false);
        }

        if (fault == UwqFault.Slow)
        {
            await simulator.DelayAsync(simulator.Options.SlowAnswerDelay).ConfigureAwait(false);
        }

        await connection.WriteAsync(fault switch
        {
            UwqFault.Status500 => Failed,
            UwqFault.HalfAnswer => Ok.Substring(0, 7),
            _ => Ok,
        }).ConfigureAwait(false);
        connection.EndSending();
        return true;
    }
}
