using System;
using System.CommandLine;
using OracleCct.Protocol;

namespace OracleCct.Tool.Commands;

/// <summary>What follows a screen pop.</summary>
internal static class EventCommand
{
    public static Command Create(ToolConsole console)
    {
        string[] examples = ["cct event established --to 127.0.0.1:8888 --id 42", "cct event released --to 127.0.0.1:8888 --id 42"];
        return new ToolCommand("event", "Sends EBS what follows a ScreenPop in a call.", examples)
        {
            Create(console, "established", "The parties are connected (CallEstablished).", examples[0], id => new CallEstablishedEvent { SourceId = id }),
            Create(console, "released", "The call has ended (CallReleased).", examples[1], id => new CallReleasedEvent { SourceId = id }),
        };
    }

    private static ToolCommand Create(ToolConsole console, string name, string description, string example, Func<string, CctEvent> make)
    {
        ParsedOption<EventTarget> to = Addresses.Listener();
        Option<string> id = Options.Text("--id", "ID", "The call's id, as its ScreenPop had it (occtSourceID).", required: true);
        ParsedOption<TimeSpan> timeout = EventSender.Timeout();
        var command = new ToolCommand(name, description, [example]) { to, id, timeout };
        command.SetAction((parsed, cancellationToken) =>
            EventSender.SendAsync(new Output(console, parsed), to.Read(parsed)!, timeout.Read(parsed), make(parsed.GetValue(id)!), cancellationToken));
        return command;
    }
}
