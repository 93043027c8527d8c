using System;
using System.CommandLine;
using System.Threading;
using OracleCct.Protocol.Testing;

namespace OracleCct.Tool;

/// <summary>The options of a command that sends callouts, which it does as EBS's client.</summary>
internal sealed class SoftphoneLink
{
    private readonly Option<Uri> _to = Addresses.Softphone();
    private readonly Option<UwqQueryEncoding> _encoding = Options.Choice(
        "--encoding",
        "ENCODING",
        "How values are escaped: java (a space as +), percent (a space as %20), or none. [default: java]",
        [("java", UwqQueryEncoding.JavaUrlEncoder), ("percent", UwqQueryEncoding.Percent), ("none", UwqQueryEncoding.None)],
        UwqQueryEncoding.JavaUrlEncoder);

    private readonly Option<TimeSpan> _timeout = Options.Seconds("--timeout", "How long the softphone may take to answer a callout.", 30);

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
        parsed.GetValue(_to)!,
        options with { QueryEncoding = parsed.GetValue(_encoding), CalloutTimeout = parsed.GetValue(_timeout) });

    /// <summary>What sends callouts, and nothing by itself.</summary>
    public static UwqSimulatorOptions Quiet(ToolConsole console) => new() { CheckStatusInterval = Timeout.InfiniteTimeSpan, TimeProvider = console.Time };
}
