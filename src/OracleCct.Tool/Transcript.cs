using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Tool;

/// <summary>Represents the callouts of a transcript that reached a softphone and could be read.</summary>
internal sealed class Transcript
{
    private const int MostBytes = 100 << 20;

    private Transcript(IReadOnlyList<TranscriptCallout> callouts, int skipped)
    {
        Callouts = callouts;
        Skipped = skipped;
    }

    /// <summary>Gets the callouts in the order in which they began.</summary>
    public IReadOnlyList<TranscriptCallout> Callouts { get; }

    /// <summary>Gets how many lines contain something else: events, outcomes, and callouts that were refused or unreadable.</summary>
    public int Skipped { get; }

    /// <summary>Reads a transcript.</summary>
    /// <exception cref="UsageException">The file does not exist, or is not a transcript.</exception>
    public static async Task<Transcript> ReadAsync(string path, CancellationToken cancellationToken)
    {
        List<TranscriptCallout> callouts = [];
        int skipped = 0;
        using var reader = new StreamReader(await ReadBytesAsync(path, cancellationToken));
        for (int number = 1; reader.ReadLine() is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            if (ReadLine(path, number, line) is { } callout)
            {
                callouts.Add(callout);
            }
            else
            {
                skipped++;
            }
        }

        return new([.. callouts.OrderBy(callout => callout.At)], skipped);
    }

    /// <summary>Reads the whole file. The length of a pipe is known only after reading it.</summary>
    private static async Task<MemoryStream> ReadBytesAsync(string path, CancellationToken cancellationToken)
    {
        await using FileStream file = TextFile.Open(path);
        var text = new MemoryStream();
        byte[] chunk = new byte[81_920];
        while (await file.ReadAsync(chunk, cancellationToken) is > 0 and var length)
        {
            if (text.Length + length > MostBytes)
            {
                throw new UsageException($"The file {path} is larger than 100 MB. Split it.");
            }

            text.Write(chunk, 0, length);
        }

        text.Position = 0;
        return text;
    }

    private static TranscriptCallout? ReadLine(string path, int number, string line)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            JsonElement root = json.RootElement;
            if (root.GetProperty("kind").GetString() != "callout"
                || Text(root, "outcome") is not { } outcome
                || outcome is nameof(CalloutOutcome.Refused) or nameof(CalloutOutcome.Unreadable))
            {
                return null;
            }

            DateTimeOffset at = DateTimeOffset.Parse(Text(root, "time") ?? "", CultureInfo.InvariantCulture);
            return TranscriptCallout.TryRead(number, at, outcome, Text(root, "query") ?? "");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new UsageException(FormattableString.Invariant(
                $"Line {number} of {path} is not a complete line of a transcript. Nothing was sent. Repair or remove the line."));
        }
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}

/// <summary>Represents a callout of a transcript.</summary>
internal sealed class TranscriptCallout
{
    // CalloutQueryFormatter.Redact writes these for what it hides or cuts.
    private const string Hidden = "***";
    private const char Cut = '\u2026';

    private readonly Callout _callout;

    private TranscriptCallout(int line, DateTimeOffset at, string outcome, string query, Callout callout)
    {
        Line = line;
        At = at;
        Outcome = outcome;
        Query = query;
        _callout = callout;
    }

    /// <summary>Gets the number of the line, counted from 1.</summary>
    public int Line { get; }

    public DateTimeOffset At { get; }

    /// <summary>Gets the outcome: a CalloutOutcome, or the outcome that "cct send" writes.</summary>
    public string Outcome { get; }

    public string Query { get; }

    public bool WasSuccess => Outcome == nameof(CalloutOutcome.Success);

    public bool NeedsPassword => _callout is LoginCallout or LogoutCallout;

    /// <summary>Reads a callout.</summary>
    /// <returns>The callout, or null if the query is not a callout.</returns>
    public static TranscriptCallout? TryRead(int line, DateTimeOffset at, string outcome, string query) =>
        CalloutQueryFormatter.Default.TryRead(query, out Callout? callout, out _) ? new(line, at, outcome, query, callout) : null;

    /// <summary>Returns the callout with a password.</summary>
    /// <returns>The callout to send, or null if the transcript hides more of it than the password.</returns>
    public Callout? WithPassword(AgentPassword? password)
    {
        Callout callout = (_callout, password) switch
        {
            (LoginCallout login, not null) => login with { AgentPassword = password },
            (LogoutCallout logout, not null) => logout with { AgentPassword = password },
            _ => _callout,
        };
        string parameters = Query[(Query.IndexOf('?', StringComparison.Ordinal) + 1)..];
        int hidden = parameters.Split(Hidden).Length - 1;
        return hidden > (NeedsPassword ? 1 : 0) || parameters.Contains(Cut, StringComparison.Ordinal) ? null : callout;
    }
}
