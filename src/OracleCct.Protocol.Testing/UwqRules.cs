using System;
using System.Collections.Generic;
using System.Linq;

namespace OracleCct.Protocol.Testing;

/// <summary>Represents a check of the simulator.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed class UwqRule
{
    internal UwqRule(string code, UwqProblemSeverity severity, string summary)
    {
        Code = code;
        Severity = severity;
        Summary = summary;
    }

    /// <summary>Gets the code of the check, such as <c>UWQ103</c>. A code never changes its meaning and is never reused.</summary>
    public string Code { get; }

    /// <summary>Gets the severity of the problems that the check finds.</summary>
    public UwqProblemSeverity Severity { get; }

    /// <summary>Gets an English phrase that says what the check finds.</summary>
    public string Summary { get; }

    /// <summary>Returns the code and the summary.</summary>
    public override string ToString() => $"{Code}: {Summary}";
}

/// <summary>Provides the checks that the simulator applies in addition to <see cref="ScreenPopRules"/>. <c>docs/testing.md</c> describes them.</summary>
/// <remarks>Safe to use from several threads.</remarks>
public static class UwqRules
{
    private const UwqProblemSeverity Error = UwqProblemSeverity.Error;
    private const UwqProblemSeverity Warning = UwqProblemSeverity.Warning;

    /// <summary>Gets every check, sorted by code.</summary>
    public static IReadOnlyList<UwqRule> All { get; } = Array.AsReadOnly<UwqRule>(
    [
        new("UWQ001", Error, "an event that is not sent by POST"),
        new("UWQ002", Warning, "an event that is sent to a path other than /"),
        new("UWQ003", Warning, "an event whose Content-Type is not text/xml"),
        new("UWQ004", Error, "an event without Content-Length, such as one in chunks"),
        new("UWQ005", Error, "an event with Expect: 100-continue"),
        new("UWQ006", Error, "an event that begins with a byte order mark"),
        new("UWQ007", Warning, "an event with an XML declaration or a document type"),
        new("UWQ008", Error, "an event with bytes that are not ASCII"),
        new("UWQ009", Error, "a document that does not contain exactly one event"),
        new("UWQ010", Error, "a document that cannot be read"),
        new("UWQ011", Error, "a request that is incomplete, too long or not HTTP"),
        new("UWQ012", Error, "more concurrent connections than a listener accepts"),
        new("UWQ101", Error, "a ScreenPop with an id that an earlier event of the agent had"),
        new("UWQ102", Error, "an event with the id of another agent's call"),
        new("UWQ103", Error, "CallEstablished without a ScreenPop before it"),
        new("UWQ104", Error, "CallReleased without a ScreenPop before it"),
        new("UWQ105", Error, "a second CallEstablished"),
        new("UWQ106", Error, "CallEstablished after CallReleased"),
        new("UWQ107", Error, "a second CallReleased"),
        new("UWQ108", Warning, "a second ScreenPop since Ready, beyond one for each MakeCall and DialCanonical"),
        new("UWQ109", Warning, "an event for an agent who is not registered"),
        new("UWQ110", Warning, "an event whose name does not occur in Oracle's examples"),
        new("UWQ111", Error, "an event that repeats an agent's password"),
        new("UWQ201", Error, "a reply with a status of 400 or above"),
        new("UWQ202", Error, "no reply to a callout"),
        new("UWQ203", Error, "no reply to a callout in time"),
        new("UWQ204", Warning, "a reply whose body is neither empty nor a CCTSDK document without events or with one Error"),
        new("UWQ205", Error, "a reply that repeats an agent's password, or a value that may be one"),
        new("UWQ206", Error, "a reply with a status below 400 other than 2xx"),
        new("UWQ301", Error, "an exception that OnMessage threw"),
        new("UWQ302", Error, "more unexpected events than the simulator keeps"),
    ]);

    internal static UwqProblem Problem(string code, AgentIdentity? agent, string message) => new()
    {
        Code = code,
        Severity = All.First(rule => rule.Code == code).Severity,
        Agent = agent,
        Message = message,
    };

    internal static bool Has(string? code) => code is not null && (All.Any(rule => rule.Code == code) || ScreenPopRules.All.Any(rule => rule.Code == code));
}
