using System.CommandLine;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Protocol.Testing;

namespace OracleCct.Tool.Commands;

/// <summary>A softphone that answers everything, and shows what EBS sends.</summary>
internal static class ListenCommand
{
    public static Command Create(ToolConsole console)
    {
        ParsedOption<int> port = Options.Port("--port", "The port to listen on, which EBS's profile option \"CCT: Basic Telephony: Third Party URL\" names. 0: any free one.", "3107");
        Option<string> error = Options.Text("--error", "MESSAGE", "Answer every callout with this Error. [default: success]");
        Option<bool> unknown = new("--show-unknown") { Description = "Show what callouts have beyond the protocol, too. It may be a password." };
        var command = new ToolCommand(
            "listen",
            "Plays a softphone, and shows what EBS sends.",
            [
                "cct listen",
                "cct listen --port 3108 --error \"The phone is unplugged.\"",
                "cct listen --json > transcript.jsonl",
            ],
            "It answers every callout with success, takes callouts of this machine only, and ends with Ctrl+C. With --json it writes a transcript, which \"cct replay\" reads.")
        {
            port,
            error,
            unknown,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var output = new Output(console, parsed);
            CalloutReply reply = parsed.GetValue(error) is { } message ? CalloutReply.Error(message) : CalloutReply.Success;
            return RunAsync(console, output, port.Read(parsed), new Dispatcher(console, output, reply, parsed.GetValue(unknown)), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(ToolConsole console, Output output, int port, Dispatcher dispatcher, CancellationToken cancellationToken)
    {
        await Task.Yield(); // System.CommandLine heeds Ctrl+C only when this method has returned
        using var transcript = new TranscriptWriter(console.Output, leaveOpen: true);
        await using var observers = new ObserverHub(output.IsJson ? transcript : new TurnedAway(console, output));
        await using var listener = new CalloutListener(new CalloutEndpoint(dispatcher, observers: observers), new() { Port = port });
        listener.Start();
        output.Show(new() { ["kind"] = "listening", ["url"] = listener.Url.ToString() }, $"Listening on {listener.Url} (Ctrl+C ends)");

        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (cancellationToken.Register(end.SetResult))
        {
            await end.Task;
        }

        return ExitCode.Fine;
    }

    /// <summary>Gives one reply to everything.</summary>
    private sealed class Dispatcher(ToolConsole console, Output output, CalloutReply reply, bool showsUnknown) : ICalloutDispatcher
    {
        public ValueTask<CalloutReply> DispatchAsync(Callout callout, CalloutContext context, CancellationToken cancellationToken = default)
        {
            output.Say($"[grey]{Describe.Time(console, context.ReceivedAt)}[/] [bold]{Shown.Function(callout)}[/] {Describe.Parameters(callout)} -> [{Describe.Colour(reply.IsSuccess)}]{(reply.IsSuccess ? "Success" : "Error")}[/]");
            if (showsUnknown)
            {
                Show(callout);
            }
            else if (callout.ExtraFields.Count > 0)
            {
                output.Say($"             and {callout.ExtraFields.Count} beyond the protocol (--show-unknown shows them)");
            }

            return new(reply);
        }

        private void Show(Callout callout)
        {
            foreach (WireField field in callout.ExtraFields)
            {
                var json = new JsonObject { ["kind"] = "unknown", ["function"] = Shown.Function(callout), ["name"] = field.Name, ["value"] = field.Value };
                output.Show(json, $"             {field.Name}={field.Value}");
            }
        }
    }

    /// <summary>Shows what does not reach the dispatcher.</summary>
    private sealed class TurnedAway(ToolConsole console, Output output) : ICctObserver
    {
        public void Observe(CctObservation observation)
        {
            if (observation is CalloutObservation callout && (callout.Joined || callout.Outcome is not (CalloutOutcome.Success or CalloutOutcome.Error)))
            {
                string outcome = callout.Joined ? "the same again: gets the same answer" : $"{callout.Outcome}: {callout.Message}";
                output.Say($"[grey]{Describe.Time(console, callout.At)}[/] [red]{outcome}[/]");
                output.Say($"             {callout.Query}");
            }
        }
    }
}
