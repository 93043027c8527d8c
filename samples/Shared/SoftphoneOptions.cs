using System;
using System.Collections.Generic;
using System.Globalization;

namespace OracleCct.Samples;

/// <summary>What the command line says.</summary>
internal sealed class SoftphoneOptions
{
    /// <summary>0: any free port.</summary>
    public int Port { get; private set; } = 3107;

    /// <summary>How long a number that the agent has dialled rings before somebody answers.</summary>
    public TimeSpan AnswerAfter { get; private set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a call lasts from its answer on. Zero: until somebody hangs up.</summary>
    public TimeSpan TalkFor { get; private set; }

    /// <summary>Reads the command line.</summary>
    /// <returns>What is wrong with it, in one sentence; null when nothing is.</returns>
    public static string? Read(IReadOnlyList<string> args, out SoftphoneOptions options)
    {
        options = new();
        for (int i = 0; i < args.Count; i += 2)
        {
            string name = args[i];
            if (name is not ("--port" or "--answer-after" or "--talk-for"))
            {
                return $"There is no option \"{name}\": the options are --port N, --answer-after MS and --talk-for MS.";
            }

            int max = name == "--port" ? 65535 : int.MaxValue;
            if (i + 1 == args.Count
                || !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int value)
                || value > max)
            {
                return $"{name} needs {(name == "--port" ? "a port" : "a time in milliseconds")}: a number from 0 to {max.ToString(CultureInfo.InvariantCulture)}.";
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
