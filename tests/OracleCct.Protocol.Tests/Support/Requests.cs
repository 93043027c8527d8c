using System.Collections.Generic;
using System.Net;

namespace OracleCct.Protocol.Tests.Support;

/// <summary>Requests as EBS's client sends them, from this machine.</summary>
internal static class Requests
{
    public const int Port = 3107;

    public static CalloutRequest Get(string query) => new()
    {
        Method = "GET",
        Query = query,
        Headers = EbsHeaders,
        RemoteAddress = IPAddress.Loopback,
        LocalPort = Port,
    };

    /// <summary>What Java's HTTP client sends by itself, in a browser's plug-in too.</summary>
    private static readonly KeyValuePair<string, string>[] EbsHeaders =
    [
        new("User-Agent", "Mozilla/4.0 (Windows 10 10.0) Java/1.7.0_80"),
        new("Host", "localhost:3107"),
        new("Accept", "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"),
        new("Connection", "keep-alive"),
        new("Cookie", "JSESSIONID=0123456789abcdef"),
    ];
}
