using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Stress;

/// <summary>Plays the EBS of all agents. Each fault has ports where a request meets it. Records the events that arrive complete.</summary>
internal sealed class FaultyEbs : IDisposable
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private readonly CancellationTokenSource _end = new();
    private readonly Port[] _ports;

    /// <summary>Starts listening.</summary>
    /// <param name="addresses">How many addresses to use, so that a run does not exhaust the ports between two of them.</param>
    public FaultyEbs(int addresses)
    {
        // Only Linux provides all of 127.0.0.0/8 without configuration.
        addresses = RuntimeInformation.IsOSPlatform(OSPlatform.Linux) ? addresses : 1;
        _ports = [.. All.SelectMany(fault => Enumerable.Range(1, addresses).Select(i => new Port(this, fault, IPAddress.Parse($"127.0.0.{i}"))))];
        Addresses = _ports.ToLookup(port => port.Fault, port => port.Address);
        Faults = _ports.ToDictionary(port => port.Address, port => port.Fault);
        foreach (Port port in _ports)
        {
            _ = Task.Run(port.RunAsync);
        }
    }

    public static IReadOnlyList<Fault> All { get; } = [.. Enumerable.Range(0, (int)Fault.HalfAnAnswer + 1).Select(i => (Fault)i)];

    public ILookup<Fault, EbsAddress> Addresses { get; }

    public IReadOnlyDictionary<EbsAddress, Fault> Faults { get; }

    /// <summary>Gets the events that arrived complete, in order.</summary>
    public ConcurrentQueue<CallEvent> Received { get; } = new();

    public void Dispose()
    {
        _end.Cancel();
        foreach (Port port in _ports)
        {
            port.Dispose();
        }

        _end.Dispose();
    }

    private sealed class Port : IDisposable
    {
        private readonly FaultyEbs _ebs;
        private readonly CancellationToken _end;
        private readonly IPEndPoint _endPoint;
        private readonly ConcurrentDictionary<TcpClient, bool> _clients = new();
        private TcpListener _listener;

        public Port(FaultyEbs ebs, Fault fault, IPAddress address)
        {
            _ebs = ebs;
            _end = ebs._end.Token;
            Fault = fault;
            _listener = new TcpListener(address, 0);
            _listener.Start(1024);
            _endPoint = (IPEndPoint)_listener.LocalEndpoint;
            Address = new(address.ToString(), _endPoint.Port);
        }

        public Fault Fault { get; }

        public EbsAddress Address { get; }

        public async Task RunAsync()
        {
            while (!_end.IsCancellationRequested)
            {
                Task accepting = AcceptAsync(_listener);
                if (Fault is not (Fault.Down or Fault.Restart))
                {
                    await accepting;
                    return;
                }

                await DelayAsync(Fault == Fault.Down ? 50 : 150);
                Close(reset: Fault == Fault.Restart);
                await accepting;
                await DelayAsync(Fault == Fault.Down ? 150 : 0);
                await OpenAsync();
            }
        }

        public void Dispose() => Close(reset: true);

        private void Close(bool reset)
        {
            _listener.Stop();
            foreach (TcpClient client in reset ? _clients.Keys : [])
            {
                Reset(client);
            }
        }

        private async Task OpenAsync()
        {
            while (!_end.IsCancellationRequested)
            {
                try
                {
                    _listener = new TcpListener(_endPoint);
                    _listener.Start(1024);
                    return;
                }
                catch (SocketException)
                {
                    // Another socket has the port at this moment, such as an outgoing connection.
                    await DelayAsync(20);
                }
            }
        }

        private async Task AcceptAsync(TcpListener listener)
        {
            try
            {
                while (true)
                {
                    TcpClient client = await listener.AcceptTcpClientAsync();
                    _ = Task.Run(() => ServeAsync(client), CancellationToken.None);
                }
            }
            catch (Exception exception) when (IsOfTheNetwork(exception))
            {
            }
        }

        private async Task ServeAsync(TcpClient client)
        {
            using (client)
            {
                _ = _clients.TryAdd(client, true);
                try
                {
                    await AnswerAsync(client);
                }
                catch (Exception exception) when (IsOfTheNetwork(exception))
                {
                }

                _ = _clients.TryRemove(client, out _);
            }
        }

        private async Task AnswerAsync(TcpClient client)
        {
            if (Fault == Fault.ResetBeforeReading)
            {
                Reset(client);
                return;
            }

            NetworkStream stream = client.GetStream();
            if (Fault == Fault.ResetInTheBody)
            {
                // Read the headers and the beginning of the body.
                _ = await ReadAsync(stream, text => BodyOf(text).Length > 0);
                Reset(client);
                return;
            }

            string request = await ReadAsync(stream, IsWhole);
            if (!IsWhole(request))
            {
                return;
            }

            _ebs.Received.Enqueue((CallEvent)CctXmlFormatter.Default.Read(BodyOf(request)).Single());
            switch (Fault)
            {
                case Fault.ResetBeforeTheAnswer:
                    Reset(client);
                    return;
                case Fault.Silent:
                    await Task.Delay(Timeout.Infinite, _end);
                    return;
                case Fault.Slow:
                    await DelayAsync(300);
                    break;
            }

            byte[] answer = Encoding.ASCII.GetBytes(Fault switch
            {
                Fault.Answer500 => "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 4\r\nConnection: close\r\n\r\noops",
                Fault.Answer302 => "HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                Fault.Garbage => "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                Fault.HalfAnAnswer => Ok.Substring(0, 25),
                _ => Ok,
            });
            await stream.WriteAsync(answer, 0, answer.Length, _end);
        }

        private async Task<string> ReadAsync(NetworkStream stream, Func<string, bool> isEnough)
        {
            string text = "";
            byte[] buffer = new byte[4096];
            while (!isEnough(text))
            {
                int count = await stream.ReadAsync(buffer, 0, buffer.Length, _end);
                if (count == 0)
                {
                    break;
                }

                text += Encoding.ASCII.GetString(buffer, 0, count);
            }

            return text;
        }

        private async Task DelayAsync(int milliseconds)
        {
            try
            {
                await Task.Delay(milliseconds, _end);
            }
            catch (OperationCanceledException)
            {
            }
        }

        private static string BodyOf(string request)
        {
            int end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            return end < 0 ? "" : request.Substring(end + 4);
        }

        private static bool IsWhole(string request) => BodyOf(request).EndsWith("</CCTSDK>", StringComparison.Ordinal);

        /// <summary>Ends a connection with a reset instead of closing it.</summary>
        private static void Reset(TcpClient client)
        {
            try
            {
                client.LingerState = new LingerOption(true, 0);
                client.Close();
            }
            catch (Exception exception) when (IsOfTheNetwork(exception))
            {
            }
        }

        private static bool IsOfTheNetwork(Exception exception) =>
            exception is SocketException or IOException or ObjectDisposedException or OperationCanceledException
                or InvalidOperationException or NullReferenceException;
    }
}
