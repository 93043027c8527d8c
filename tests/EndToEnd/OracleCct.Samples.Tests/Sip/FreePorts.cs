using System;
using System.Net;
using System.Net.Sockets;

namespace OracleCct.Samples.Tests.Sip;

/// <summary>Finds free ports of 127.0.0.1, for programs that cannot select a free port themselves.</summary>
internal static class FreePorts
{
    private const int Attempts = 100;

    public static int Tcp()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    public static int Udp()
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.Client.LocalEndPoint!).Port;
    }

    /// <summary>Returns a port that is free for SIP over UDP and TCP, and whose next port is free for TLS.</summary>
    public static int Sip()
    {
        for (int attempt = 1; attempt <= Attempts; attempt++)
        {
            int port = Udp();
            if (port < IPEndPoint.MaxPort && IsFreeForTcp(port) && IsFreeForTcp(port + 1))
            {
                return port;
            }
        }

        throw new InvalidOperationException("No two consecutive ports are free.");
    }

    private static bool IsFreeForTcp(int port)
    {
        try
        {
            using var socket = new TcpListener(IPAddress.Loopback, port);
            socket.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
