using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net;

namespace OracleCct.Samples;

/// <summary>Represents the options of the command line.</summary>
internal sealed class SimulatorOptions
{
    /// <summary>Gets the port of the page. The default is <value>8890</value>; 0 selects a free port.</summary>
    public int Port { get; private set; } = 8890;

    /// <summary>Gets the URL that callouts go to. The default is <value>http://localhost:3107/</value>.</summary>
    public Uri Softphone { get; private set; } = new("http://localhost:3107/");

    /// <summary>Gets the port that the page suggests for the first agent's listener. The default, <value>0</value>, selects a free port.</summary>
    public int ListenerPort { get; private set; }

    /// <summary>Reads the command line.</summary>
    /// <returns>An error message, or <see langword="null"/> when the command line is valid.</returns>
    public static string? Read(IReadOnlyList<string> args, out SimulatorOptions options)
    {
        options = new();
        for (int i = 0; i < args.Count; i += 2)
        {
            string name = args[i];
            string value = i + 1 < args.Count ? args[i + 1] : "";
            switch (name)
            {
                case "--port" when IsPort(value, out int port):
                    options.Port = port;
                    break;
                case "--listener-port" when IsPort(value, out int port):
                    options.ListenerPort = port;
                    break;
                case "--softphone" when IsUrl(value, out Uri? url):
                    options.Softphone = url!;
                    break;
                case "--port" or "--listener-port":
                    return $"{name} requires a port number from 0 to {IPEndPoint.MaxPort}.";
                case "--softphone":
                    return "--softphone requires the softphone's URL, for example http://localhost:3107/.";
                default:
                    return $"\"{name}\" is not an option. Use --port N, --softphone URL or --listener-port N.";
            }
        }

        return null;
    }

    private static bool IsPort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= IPEndPoint.MaxPort;

    private static bool IsUrl(string text, out Uri? url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url) && url.Scheme == Uri.UriSchemeHttp && url is { Query: "", Fragment: "", UserInfo: "" };
}
