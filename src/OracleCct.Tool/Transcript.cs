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

/// <summary>The callouts of a transcript that reached a softphone and could be read.</summary>
internal sealed class Transcript
{
    private const int MostBytes = 100 << 20;

    private Transcript(IReadOnlyList<TranscriptCallout> callouts, int passedOver)
    {
        Callouts = callouts;
        PassedOver = passedOver;
    }

    /// <summary>In the order in which they began.</summary>
    public IReadOnlyList<TranscriptCallout> Callouts { get; }

    /// <summary>How many lines hold something else: events, outcomes, and callouts that were turned away.</summary>
    public int PassedOver { get; }

    /// <exception cref="UsageException">There is no such file, or it is no transcript.</exception>
    public static async Task<Transcript> ReadAsync(string path, CancellationToken cancellationToken)
    {
        List<TranscriptCallout> callouts = [];
        int passedOver = 0;
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
                passedOver++;
            }
        }

        return new([.. callouts.OrderBy(callout => callout.At)], passedOver);
    }

    /// <summary>All of it: that a pipe is too long shows only when it has been read.</summary>
    private static async Task<MemoryStream> ReadBytesAsync(string path, CancellationToken cancellationToken)
    {
        await using FileStream file = TextFile.Open(path);
        var text = new MemoryStream();
        byte[] chunk = new byte[81_920];
        while (await file.ReadAsync(chunk, cancellationToken) is > 0 and var length)
        {
            if (text.Length + length > MostBytes)
            {
                throw new UsageException($"The file {path} has more than 100 MB.");
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
            if (root.GetProperty("kind").GetString() != "callout" || Text(root, "outcome") is not { } outcome || outcome is "Refused" or "Unreadable")
            {
                return null;
            }

            DateTimeOffset at = DateTimeOffset.Parse(Text(root, "time") ?? "", CultureInfo.InvariantCulture);
            return TranscriptCallout.TryRead(number, at, outcome, Text(root, "query") ?? "");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new UsageException(FormattableString.Invariant($"Line {number} of {path} is no line of a transcript; it may have broken off. Nothing was sent."));
        }
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}

/// <summary>A callout as a transcript has it.</summary>
internal sealed class TranscriptCallout
{
    // As CalloutQueryFormatter.Redact writes them.
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

    /// <summary>Counted from 1.</summary>
    public int Line { get; }

    public DateTimeOffset At { get; }

    /// <summary>A CalloutOutcome, or what "cct send" says of a reply.</summary>
    public string Outcome { get; }

    public string Query { get; }

    public bool WasSuccess => Outcome == nameof(CalloutOutcome.Success);

    public bool NeedsPassword => _callout is LoginCallout or LogoutCallout;

    /// <returns>Null for what is no callout.</returns>
    public static TranscriptCallout? TryRead(int line, DateTimeOffset at, string outcome, string query) =>
        CalloutQueryFormatter.Default.TryRead(query, out Callout? callout, out _) ? new(line, at, outcome, query, callout) : null;

    /// <returns>The callout to send; null when the transcript hides more of it than the password.</returns>
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
