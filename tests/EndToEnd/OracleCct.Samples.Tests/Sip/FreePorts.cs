using System;
using System.Net;
using System.Net.Sockets;

namespace OracleCct.Samples.Tests.Sip;

/// <summary>Ports of 127.0.0.1 that are free, for programs that cannot be told to take any.</summary>
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

    /// <summary>A port for SIP by UDP and by TCP, whose next port is free for TLS.</summary>
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

        throw new InvalidOperationException("No two ports in a row are free.");
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
