using System.Collections.Generic;
using System.Globalization;

namespace OracleCct.Samples;

/// <summary>Represents the options of the command line.</summary>
internal sealed class SoftphoneOptions
{
    /// <summary>Gets the port for callouts. The default is <value>3107</value>; 0 selects a free port.</summary>
    public int Port { get; private set; } = 3107;

    /// <summary>Gets the address where baresip takes commands. The default is <value>127.0.0.1:4444</value>.</summary>
    public BaresipPlace Baresip { get; private set; } = new("127.0.0.1", 4444);

    /// <summary>Gets the phone's <c>telesetNumber</c> in EBS. <see langword="null"/>, the default, uses the user of baresip's account.</summary>
    public string? Extension { get; private set; }

    /// <summary>Reads the command line.</summary>
    /// <returns>An error message, or <see langword="null"/> when the command line is valid.</returns>
    public static string? Read(IReadOnlyList<string> args, out SoftphoneOptions options)
    {
        options = new();
        for (int i = 0; i < args.Count; i += 2)
        {
            string name = args[i];
            string value = i + 1 < args.Count ? args[i + 1] : "";
            switch (name)
            {
                case "--port":
                    if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port > 65535)
                    {
                        return "--port requires a port number from 0 to 65535.";
                    }

                    options.Port = port;
                    break;
                case "--baresip":
                    if (BaresipPlace.Read(value) is not { } place)
                    {
                        return "--baresip requires a host and a port, for example 127.0.0.1:4444.";
                    }

                    options.Baresip = place;
                    break;
                case "--extension":
                    if (string.IsNullOrWhiteSpace(value))
                    {
                        return "--extension requires the phone's extension in EBS, for example 70002.";
                    }

                    options.Extension = value;
                    break;
                default:
                    return $"\"{name}\" is not an option. Use --port N, --baresip HOST:PORT or --extension NUMBER.";
            }
        }

        return null;
    }
}
