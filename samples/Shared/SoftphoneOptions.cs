using System;
using System.Collections.Generic;
using System.Globalization;

namespace OracleCct.Samples;

/// <summary>Represents the options of the command line.</summary>
internal sealed class SoftphoneOptions
{
    /// <summary>Gets the port for callouts. The default is <value>3107</value>; 0 selects a free port.</summary>
    public int Port { get; private set; } = 3107;

    /// <summary>Gets the time that a dialled number rings before it answers. The default is <value>500</value> milliseconds.</summary>
    public TimeSpan AnswerAfter { get; private set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Gets the time from answer to end. <see cref="TimeSpan.Zero"/>, the default, means that a call lasts until one side hangs up.</summary>
    public TimeSpan TalkFor { get; private set; }

    /// <summary>Reads the command line.</summary>
    /// <returns>An error message, or <see langword="null"/> when the command line is valid.</returns>
    public static string? Read(IReadOnlyList<string> args, out SoftphoneOptions options)
    {
        options = new();
        for (int i = 0; i < args.Count; i += 2)
        {
            string name = args[i];
            if (name is not ("--port" or "--answer-after" or "--talk-for"))
            {
                return $"\"{name}\" is not an option. Use --port N, --answer-after MS or --talk-for MS.";
            }

            int max = name == "--port" ? 65535 : int.MaxValue;
            if (i + 1 == args.Count
                || !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int value)
                || value > max)
            {
                string kind = name == "--port" ? "a port number" : "a number of milliseconds";
                return $"{name} requires {kind} from 0 to {max.ToString(CultureInfo.InvariantCulture)}.";
            }

            switch (name)
            {
                case "--port":
                    options.Port = value;
                    break;
                case "--answer-after":
                    options.AnswerAfter = TimeSpan.FromMilliseconds(value);
                    break;
                default:
                    options.TalkFor = TimeSpan.FromMilliseconds(value);
                    break;
            }
        }

        return null;
    }
}
