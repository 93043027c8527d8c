using System;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using OracleCct.Protocol;
using OracleCct.Protocol.Testing;

namespace OracleCct.Tool;

/// <summary>Describes messages in words, without passwords.</summary>
internal static class Describe
{
    /// <summary>
    /// Returns the parameters of a callout. Passwords, values that may be passwords, and parameters that the protocol does not define are omitted.
    /// </summary>
    public static string Parameters(Callout callout)
    {
        string agent = callout is AgentCallout { Agent: var identity } ? $"of {SafeText.Agent(identity)}" : "";
        return callout switch
        {
            RegisterCallout register =>
                FormattableString.Invariant($"{agent}, events to {SafeText.Value("ipAddress", register.IpAddress)} port {register.Port}"),
            LoginCallout login => $"{agent}, password ***, queue {SafeText.Value("agentQueue", login.AgentQueue)}",
            LogoutCallout logout => $"{agent}, password ***, queue {SafeText.Value("agentQueue", logout.AgentQueue)}",
            MakeCallCallout makeCall => $"{agent}, to {Number(makeCall.DialString)}",
            DialCanonicalCallout { DialString: { } number } => $"{agent}, to {Number(number)}",
            _ => agent,
        };
    }

    /// <summary>Returns the colour of a success or a failure.</summary>
    public static string Colour(bool isGood) => isGood ? "green" : "red";

    public static string Time(ToolConsole console, DateTimeOffset time) =>
        TimeZoneInfo.ConvertTime(time, console.Time.LocalTimeZone).ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    public static string IsoTime(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);

    public static double Milliseconds(TimeSpan duration) => Math.Round(duration.TotalMilliseconds, 3);

    /// <summary>Returns a reply in words, such as <c>Error (HTTP 200, 12 ms): The number is busy.</c></summary>
    public static string Reply(UwqReply reply)
    {
        string status = reply.StatusCode is { } code ? FormattableString.Invariant($"HTTP {code}, ") : "";
        string message = reply.Kind == UwqReplyKind.LostBody ? "a Java client does not read the body of this answer: " + reply.Body : reply.ErrorMessage ?? "";
        string twice = reply.Attempts > 1 ? ", sent twice" : "";
        string outcome = FormattableString.Invariant($"{reply.Kind} ({status}{reply.Duration.TotalMilliseconds:0} ms{twice})");
        return message.Length > 0 ? $"{outcome}: {message}" : outcome;
    }

    public static string Colour(ScreenPopSeverity severity) => severity == ScreenPopSeverity.Error ? "red" : "yellow";

    public static string Severity(ScreenPopSeverity severity) => severity == ScreenPopSeverity.Error ? "error" : "warning";

    public static string Sentences(ScreenPopFinding finding) => $"{finding.Problem} {finding.Effect} {finding.Advice}";

    public static JsonObject Json(ScreenPopFinding finding) => new()
    {
        ["kind"] = "finding",
        ["code"] = finding.Code,
        ["severity"] = Severity(finding.Severity),
        ["key"] = finding.Key,
        ["forms"] = Names(finding.Forms),
        ["problem"] = finding.Problem,
        ["effect"] = finding.Effect,
        ["advice"] = finding.Advice,
    };

    /// <summary>Returns an event in words, with the ID of its call.</summary>
    public static string Event(CctEvent cctEvent) => cctEvent is CallEvent call ? $"{call.Name} of call {call.SourceId}" : cctEvent.Name;

    /// <summary>Returns a number to dial, or asterisks if it may contain a password. Blanks between digits are allowed.</summary>
    private static string Number(string dialString) =>
        SafeText.Value("dialString", dialString.Replace(" ", "", StringComparison.Ordinal)) == SafeText.Hidden ? SafeText.Hidden : dialString;

    private static JsonArray Names(EbsForms forms) => [.. Options.Each(forms).Select(form => (JsonNode)Options.ShortName(form))];
}
