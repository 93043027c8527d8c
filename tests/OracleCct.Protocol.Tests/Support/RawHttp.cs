using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace OracleCct.Protocol.Tests.Support;

/// <summary>An HTTP client that sends exactly the bytes it is given: the platform's own would mend them first.</summary>
internal static class RawHttp
{
    public static readonly Encoding Latin1 = Encoding.GetEncoding("iso-8859-1");

    /// <summary>Sends a request and reads all that comes until the server closes; each character is one byte.</summary>
    public static async Task<string> SendAsync(Uri server, string request)
    {
        using TcpClient client = await ConnectAsync(server);
        byte[] bytes = Latin1.GetBytes(request);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(bytes, 0, bytes.Length, Deadline.Token());
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer, 4096, Deadline.Token()).Within("the answer");
        return Latin1.GetString(answer.ToArray());
    }

    public static string Get(Uri server, string target) => Request("GET", server, target);

    public static string Request(string method, Uri server, string target, string headers = "", string body = "") =>
        $"{method} {target} HTTP/1.1\r\nHost: {server.Authority}\r\n{headers}Connection: close\r\n\r\n{body}";

    public static async Task<TcpClient> ConnectAsync(Uri server)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Port).Within("the connection");
        return client;
    }
}
