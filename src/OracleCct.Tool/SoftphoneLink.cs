using System;
using System.CommandLine;
using System.Threading;
using OracleCct.Protocol.Testing;

namespace OracleCct.Tool;

/// <summary>Represents the options of a command that sends callouts as EBS's client does.</summary>
internal sealed class SoftphoneLink
{
    private readonly ParsedOption<Uri> _to = Addresses.Softphone();
    private readonly ParsedOption<UwqQueryEncoding> _encoding = Options.Choice(
        "--encoding",
        "ENCODING",
        "How to escape values: java (a space as +), percent (a space as %20), or none.",
        [("java", UwqQueryEncoding.JavaUrlEncoder), ("percent", UwqQueryEncoding.Percent), ("none", UwqQueryEncoding.None)]);

    private readonly ParsedOption<TimeSpan> _timeout = Options.Seconds("--timeout", "How long to wait for the softphone's answer to a callout.", "30");

    public void AddTo(Command command)
    {
        command.Add(_to);
        command.Add(_encoding);
        command.Add(_timeout);
    }

    /// <summary>Starts a simulator of EBS.</summary>
    /// <param name="console">Provides the clock.</param>
    /// <param name="parsed">The command line, which says where and how to send.</param>
    /// <param name="options">The other options of the simulator.</param>
    public UwqSimulator Start(ToolConsole console, ParseResult parsed, UwqSimulatorOptions options) => UwqSimulator.Start(
        _to.Read(parsed)!,
        options with { QueryEncoding = _encoding.Read(parsed), CalloutTimeout = _timeout.Read(parsed) },
        console.Time);

    /// <summary>Returns options of a simulator that sends no callouts by itself.</summary>
    public static UwqSimulatorOptions Quiet { get; } = new() { CheckStatusInterval = Timeout.InfiniteTimeSpan };
}
