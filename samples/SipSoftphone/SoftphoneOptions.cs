using System.Collections.Generic;
using System.Globalization;

namespace OracleCct.Samples;

/// <summary>What the command line says.</summary>
internal sealed class SoftphoneOptions
{
    /// <summary>Of callouts. 0: any free port.</summary>
    public int Port { get; private set; } = 3107;

    /// <summary>Where baresip takes commands.</summary>
    public BaresipPlace Baresip { get; private set; } = new("127.0.0.1", 4444);

    /// <summary>The phone's <c>telesetNumber</c> in EBS. Null: the user of baresip's account.</summary>
    public string? Extension { get; private set; }

    /// <summary>Reads the command line.</summary>
    /// <returns>What is wrong with it, in one sentence; null when nothing is.</returns>
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
                        return "--port needs a port: a number from 0 to 65535.";
                    }

                    options.Port = port;
                    break;
                case "--baresip":
                    if (BaresipPlace.Read(value) is not { } place)
                    {
                        return "--baresip needs a host and a port, as in 127.0.0.1:4444.";
                    }

                    options.Baresip = place;
                    break;
                case "--extension":
                    if (string.IsNullOrWhiteSpace(value))
                    {
                        return "--extension needs the extension that EBS knows the phone by.";
                    }

                    options.Extension = value;
                    break;
                default:
                    return $"There is no option \"{name}\": the options are --port N, --baresip HOST:PORT and --extension NUMBER.";
            }
        }

        return null;
    }
}
