using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net;

namespace OracleCct.Samples;

/// <summary>What the command line says.</summary>
internal sealed class SimulatorOptions
{
    /// <summary>Where the page is. 0: any free port.</summary>
    public int Port { get; private set; } = 8890;

    /// <summary>Where callouts go.</summary>
    public Uri Softphone { get; private set; } = new("http://localhost:3107/");

    /// <summary>What the page proposes as the port of the first agent's listener. 0: any free port.</summary>
    public int ListenerPort { get; private set; }

    /// <summary>Reads the command line.</summary>
    /// <returns>What is wrong with it, in one sentence; null when nothing is.</returns>
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
                    return $"{name} needs a port: a number from 0 to {IPEndPoint.MaxPort}.";
                case "--softphone":
                    return "--softphone needs the softphone's address, as in http://localhost:3107/.";
                default:
                    return $"There is no option \"{name}\": the options are --port N, --softphone URL and --listener-port N.";
            }
        }

        return null;
    }

    private static bool IsPort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= IPEndPoint.MaxPort;

    private static bool IsUrl(string text, out Uri? url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url) && url.Scheme == Uri.UriSchemeHttp && url is { Query: "", Fragment: "", UserInfo: "" };
}
