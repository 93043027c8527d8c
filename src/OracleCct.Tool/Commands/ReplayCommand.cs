using System;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Protocol.Testing;

namespace OracleCct.Tool.Commands;

/// <summary>Defines <c>cct replay</c>, which sends the callouts of a transcript again.</summary>
internal static class ReplayCommand
{
    // A day, in seconds.
    private const double LongestPause = 86_400;

    public static Command Create(ToolConsole console)
    {
        var link = new SoftphoneLink();
        var password = new PasswordOption();
        Argument<string> file = new("TRANSCRIPT") { Description = "A file with the JSON lines that TranscriptWriter and \"cct listen --json\" write." };
        ParsedOption<double> speed = new(
            "--speed",
            "FACTOR",
            "Keeps the pauses of the transcript: 1 for the original speed, 2 for twice as fast. [default: no pauses]",
            "a number from 0.001 to 1000",
            TryParseSpeed);
        var command = new ToolCommand(
            "replay",
            "Sends the callouts of a transcript to a softphone again.",
            ["cct replay transcript.jsonl", "cct replay transcript.jsonl --speed 1 --password - < password.txt"],
            "Sends the callouts in their order, one after another. The exit code is 1 if a callout that succeeded now fails, or the reverse. "
            + "A transcript hides passwords (docs/telemetry.md), so Login and Logout need a password from you. Other callouts with hidden parts are omitted.")
        {
            file,
            speed,
        };
        link.AddTo(command);
        password.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            Transcript transcript = await Transcript.ReadAsync(parsed.GetValue(file)!, cancellationToken);
            AgentPassword? agentPassword = transcript.Callouts.Any(callout => callout.NeedsPassword)
                ? await password.RequireAsync(console, parsed, "The transcript has a Login or Logout without its password.", cancellationToken)
                : null;
            return await RunAsync(console, parsed, link, transcript, agentPassword, speed.Read(parsed), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        ToolConsole console,
        ParseResult parsed,
        SoftphoneLink link,
        Transcript transcript,
        AgentPassword? password,
        double speed,
        CancellationToken cancellationToken)
    {
        var output = new Output(console, parsed);
        var messages = new MessageOutput(console, output);
        await using UwqSimulator simulator = link.Start(console, parsed, SoftphoneLink.Quiet with { OnMessage = messages.Show });
        int sent = 0;
        int differ = 0;
        int omitted = 0;
        long begin = console.Time.GetTimestamp();
        foreach (TranscriptCallout recorded in transcript.Callouts)
        {
            if (recorded.WithPassword(password) is not { } callout)
            {
                omitted++;
                string query = CalloutQueryFormatter.Redact(recorded.Query);
                output.Show(
                    new() { ["kind"] = "omitted", ["line"] = recorded.Line, ["query"] = query },
                    $"[yellow]Line {recorded.Line} is omitted[/]: the transcript hides a part of it. {query}");
                continue;
            }

            if (speed > 0)
            {
                double wait = ((recorded.At - transcript.Callouts[0].At).TotalSeconds / speed) - console.Time.GetElapsedTime(begin).TotalSeconds;
                await Task.Delay(TimeSpan.FromSeconds(Math.Clamp(wait, 0, LongestPause)), console.Time, cancellationToken);
            }

            UwqReply reply = await simulator.SendAsync(callout, cancellationToken);
            sent++;
            if (reply.IsSuccess != recorded.WasSuccess)
            {
                differ++;
                output.Show(
                    new() { ["kind"] = "difference", ["line"] = recorded.Line, ["was"] = recorded.Outcome, ["is"] = reply.Kind.ToString() },
                    $"             [red]Different outcome[/]: it was {recorded.Outcome} in line {recorded.Line}.");
            }
        }

        var summary = new JsonObject { ["kind"] = "replay", ["sent"] = sent, ["differ"] = differ, ["omitted"] = omitted, ["skipped"] = transcript.Skipped };
        string colour = Describe.Colour(differ == 0);
        output.Show(
            summary,
            $"callouts sent: {sent}, [{colour}]different outcome: {differ}[/], omitted: {omitted}; other lines skipped: {transcript.Skipped}");
        return differ == 0 && omitted == 0 ? ExitCode.Fine : ExitCode.NotFine;
    }

    private static bool TryParseSpeed(string text, out double speed) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out speed) && speed is >= 0.001 and <= 1000;
}
