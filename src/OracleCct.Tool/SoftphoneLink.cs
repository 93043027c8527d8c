using System;
using System.CommandLine;
using System.Threading;
using OracleCct.Protocol.Testing;

namespace OracleCct.Tool;

/// <summary>The options of a command that sends callouts, which it does as EBS's client.</summary>
internal sealed class SoftphoneLink
{
    private readonly ParsedOption<Uri> _to = Addresses.Softphone();
    private readonly ParsedOption<UwqQueryEncoding> _encoding = Options.Choice(
        "--encoding",
        "ENCODING",
        "How values are escaped: java (a space as +), percent (a space as %20), or none.",
        [("java", UwqQueryEncoding.JavaUrlEncoder), ("percent", UwqQueryEncoding.Percent), ("none", UwqQueryEncoding.None)]);

    private readonly ParsedOption<TimeSpan> _timeout = Options.Seconds("--timeout", "How long the softphone may take to answer a callout.", "30");

    public void AddTo(Command command)
    {
        command.Add(_to);
        command.Add(_encoding);
        command.Add(_timeout);
    }

    /// <summary>Begins to play EBS.</summary>
    /// <param name="parsed">Where and how.</param>
    /// <param name="options">What else there is to say.</param>
    public UwqSimulator Start(ParseResult parsed, UwqSimulatorOptions options) => UwqSimulator.Start(
        _to.Read(parsed)!,
        options with { QueryEncoding = _encoding.Read(parsed), CalloutTimeout = _timeout.Read(parsed) });

    /// <summary>What sends callouts, and nothing by itself.</summary>
    public static UwqSimulatorOptions Quiet(ToolConsole console) => new() { CheckStatusInterval = Timeout.InfiniteTimeSpan, TimeProvider = console.Time };
}
