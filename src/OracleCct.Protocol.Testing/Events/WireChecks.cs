using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace OracleCct.Protocol.Testing;

/// <summary>Checks whether an event has the plainest form, which every small Java server can read.</summary>
internal static class WireChecks
{
    private const int MostDiagnoses = 3;
    private static readonly byte[][] Marks = [[0xEF, 0xBB, 0xBF], [0xFE, 0xFF], [0xFF, 0xFE]];

    /// <returns>The code and the message of each problem.</returns>
    public static IEnumerable<(string Code, string Message)> Check(ReceivedEvent received)
    {
        if (received.Fault == UwqFault.Reset)
        {
            return [];
        }

        return received.Trouble is { } trouble ? [("UWQ011", $"The request cannot be read. {trouble}")] : CheckHead(received.Head!).Concat(CheckBody(received));
    }

    private static IEnumerable<(string Code, string Message)> CheckHead(HttpHead head)
    {
        string[] request = head.StartLine.Split(' ');
        if (request[0] != "POST")
        {
            yield return ("UWQ001", $"The event is sent by {Shown(request[0])}. Send it by POST.");
        }

        if (request.Length > 1 && request[1] != "/")
        {
            yield return ("UWQ002", $"The event is sent to {Shown(request[1].Split('?')[0])}. Register gives a host and a port but no path. Send it to /.");
        }

        string? type = head["Content-Type"];
        if (!string.Equals(type?.Split(';')[0].Trim(), "text/xml", StringComparison.OrdinalIgnoreCase))
        {
            yield return ("UWQ003", $"The Content-Type is {(type is null ? "missing" : Shown(type))}. Send text/xml.");
        }

        if (head.IsChunked || head.ContentLength is null)
        {
            yield return ("UWQ004", $"The event has no Content-Length{(head.IsChunked ? " because it is chunked" : "")}. Send its length in bytes.");
        }

        if (head["Expect"] is not null)
        {
            yield return (
                "UWQ005", "The event has an Expect header, to which a small server may never answer. On .NET Framework, set ExpectContinue to false.");
        }
    }

    private static IEnumerable<(string Code, string Message)> CheckBody(ReceivedEvent received)
    {
        byte[]? mark = Marks.FirstOrDefault(one => received.Body.Take(one.Length).SequenceEqual(one));
        if (mark is not null)
        {
            yield return ("UWQ006", "The document begins with a byte order mark. Omit it, for example with new UTF8Encoding(false).");
        }

        string text = received.Text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        bool isDeclared = text.StartsWith("<?xml", StringComparison.Ordinal);
        if (isDeclared || text.Contains("<!DOCTYPE", StringComparison.Ordinal))
        {
            yield return (
                "UWQ007", $"The document has {(isDeclared ? "an XML declaration" : "a document type")}, and none of Oracle's examples does. Omit it.");
        }

        int foreign = Array.FindIndex(received.Body, mark?.Length ?? 0, one => one > 127);
        if (foreign >= 0)
        {
            yield return ("UWQ008", $"The byte at offset {Text(foreign)} is not ASCII. Write the character as a reference, such as &#233;.");
        }

        if (received.Error is { } error)
        {
            IEnumerable<string> advice = CctDoctor.Examine(received.Body).Take(MostDiagnoses).Select(diagnosis => diagnosis.ToString());
            yield return ("UWQ010", string.Join(" ", new[] { $"The document cannot be read: {error.Message}" }.Concat(advice)));
        }
        else if (received.Count != 1)
        {
            yield return ("UWQ009", $"The document contains {Text(received.Count)} events. Send one, because EBS may use only the first.");
        }
        else if (received.Event is UnknownEvent { Name: not ("TelephonyEnabled" or "TelephonyDisabled") })
        {
            yield return (
                "UWQ110",
                $"{Shown(received.Event.Name)} does not occur in Oracle's examples. Use ScreenPop, CallEstablished or CallReleased, in this spelling.");
        }
    }

    private static string Shown(string text) => text.Length <= 64 ? text : $"{text.Substring(0, 64)}…";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
