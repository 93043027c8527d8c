using System.CommandLine;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Tool.Commands;

/// <summary>Defines <c>cct listen</c>, which plays a softphone and shows what EBS sends.</summary>
internal static class ListenCommand
{
    public static Command Create(ToolConsole console)
    {
        ParsedOption<int> port = Options.Port(
            "--port", "The port to listen on, as in EBS's profile option \"CCT: Basic Telephony: Third Party URL\". 0 uses any free port.", "3107");
        Option<string> error = Options.Text("--error", "MESSAGE", "Answers every callout with this Error. [default: success]");
        Option<bool> unknown = new("--show-unknown") { Description = "Also shows parameters that the protocol does not define. They may contain a password." };
        var command = new ToolCommand(
            "listen",
            "Plays a softphone and shows what EBS sends.",
            [
                "cct listen",
                "cct listen --port 3108 --error \"The phone is unplugged.\"",
                "cct listen --json > transcript.jsonl",
            ],
            "Answers every callout with success. Accepts callouts from this machine only. Press Ctrl+C to stop. "
            + "With --json the output is a transcript, which \"cct replay\" reads.")
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
        await Task.Yield(); // System.CommandLine handles Ctrl+C only after this method returns.
        using var transcript = new TranscriptWriter(console.Output, leaveOpen: true);
        await using var observers = new ObserverHub(output.IsJson ? transcript : new TurnedAway(console, output));
        var endpoint = new CalloutEndpoint(dispatcher, observers: observers, timeProvider: console.Time);
        await using var listener = new CalloutListener(endpoint, new() { Port = port }, console.Time);
        listener.Start();
        output.Show(new() { ["kind"] = "listening", ["url"] = listener.Url.ToString() }, $"Listening on {listener.Url} (press Ctrl+C to stop)");

        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (cancellationToken.Register(end.SetResult))
        {
            await end.Task;
        }

        return ExitCode.Fine;
    }

    /// <summary>Answers every callout with the same reply.</summary>
    private sealed class Dispatcher(ToolConsole console, Output output, CalloutReply reply, bool showsUnknown) : ICalloutDispatcher
    {
        public ValueTask<CalloutReply> DispatchAsync(Callout callout, CalloutContext context, CancellationToken cancellationToken = default)
        {
            string time = Describe.Time(console, context.ReceivedAt);
            string colour = Describe.Colour(reply.IsSuccess);
            string outcome = reply.IsSuccess ? "Success" : "Error";
            output.Say($"[grey]{time}[/] [bold]{SafeText.Function(callout)}[/] {Describe.Parameters(callout)} -> [{colour}]{outcome}[/]");
            if (showsUnknown)
            {
                Show(callout);
            }
            else if (callout.ExtraFields.Count > 0)
            {
                output.Say($"             unknown parameters: {callout.ExtraFields.Count} (use --show-unknown to show them)");
            }

            return new(reply);
        }

        private void Show(Callout callout)
        {
            foreach (WireField field in callout.ExtraFields)
            {
                var json = new JsonObject
                {
                    ["kind"] = "unknown",
                    ["function"] = SafeText.Function(callout),
                    ["name"] = field.Name,
                    ["value"] = field.Value,
                };
                output.Show(json, $"             {field.Name}={field.Value}");
            }
        }
    }

    /// <summary>Shows callouts that do not reach the dispatcher.</summary>
    private sealed class TurnedAway(ToolConsole console, Output output) : ICctObserver
    {
        public void Observe(CctObservation observation)
        {
            if (observation is CalloutObservation callout && (callout.Joined || callout.Outcome is not (CalloutOutcome.Success or CalloutOutcome.Error)))
            {
                string outcome = callout.Joined ? "repeated callout: gets the same answer" : $"{callout.Outcome}: {callout.Message}";
                output.Say($"[grey]{Describe.Time(console, callout.At)}[/] [red]{outcome}[/]");
                output.Say($"             {callout.Query}");
            }
        }
    }
}
