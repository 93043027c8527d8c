using System;
using System.CommandLine;
using OracleCct.Protocol;

namespace OracleCct.Tool.Commands;

/// <summary>Defines <c>cct event</c>, which sends EBS an event of a call.</summary>
internal static class EventCommand
{
    public static Command Create(ToolConsole console)
    {
        string[] examples = ["cct event established --to 127.0.0.1:8888 --id 42", "cct event released --to 127.0.0.1:8888 --id 42"];
        return new ToolCommand("event", "Sends EBS an event that follows the screen pop of a call.", examples)
        {
            EventOf(console, "established", "Reports that the parties are connected (CallEstablished).", examples[0], id => new CallEstablishedEvent(id)),
            EventOf(console, "released", "Reports that the call has ended (CallReleased).", examples[1], id => new CallReleasedEvent(id)),
        };
    }

    private static ToolCommand EventOf(ToolConsole console, string name, string description, string example, Func<string, CctEvent> make)
    {
        ParsedOption<EventTarget> to = Addresses.Ebs();
        Option<string> id = Options.Text("--id", "ID", "The ID of the call, as in its ScreenPop (occtSourceID).", required: true);
        ParsedOption<TimeSpan> timeout = EventSender.Timeout();
        var command = new ToolCommand(name, description, [example]) { to, id, timeout };
        command.SetAction((parsed, cancellationToken) =>
            EventSender.SendAsync(console, new Output(console, parsed), to.Read(parsed)!, timeout.Read(parsed), make(parsed.GetValue(id)!), cancellationToken));
        return command;
    }
}
