using System;
using System.Collections.Generic;
using System.Web;
using OracleCct.Protocol;
#if NET
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
#endif

namespace OracleCct.Benchmarks;

/// <summary>Reads and writes callouts as query strings.</summary>
internal static class Queries
{
    private const string Login = "FunctionName=Login&telesetNumber=70002&agentID=7001&agentPassword=p%40ssw0rd42&agentQueue=7700";
    private const string CheckStatus = "FunctionName=CheckStatus";

    private static readonly LoginCallout LoginCallout = new("70002", "7001", new("p@ssw0rd42"), "7700");
    private static readonly CheckStatusCallout CheckStatusCallout = new();

    public static IReadOnlyList<Job> Jobs { get; } =
    [
        Reading("read Login", Login, LoginCallout),
        Reading("read CheckStatus", CheckStatus, CheckStatusCallout),
        new(
            "write Login",
            Login,
            new(nameof(CalloutQueryFormatter), () => CalloutQueryFormatter.Default.Write(LoginCallout)),
            [new("interpolation", () => Interpolated(LoginCallout))]),
    ];

    private static Job Reading(string name, string text, Callout callout) => new(name, callout, new(nameof(CalloutQueryFormatter), () => ByLibrary(text)),
    [
        new("ParseQueryString", () => ByParseQueryString(text)),
#if NET
        new("ParseQuery", () => ByParseQuery(text)),
        new("QueryStringEnumerable", () => ByQueryStringEnumerable(text)),
#endif
        new("span scan", () => BySpanScan(text)),
    ]);

    private static Callout ByLibrary(string text) =>
        CalloutQueryFormatter.Default.TryRead(text, out Callout? callout, out ProtocolError? error) ? callout : throw new ProtocolFormatException(error);

    private static Callout ByParseQueryString(string text)
    {
        var query = HttpUtility.ParseQueryString(text);
        return query["FunctionName"] switch
        {
            "Login" => NewLogin(query["telesetNumber"]!, query["agentID"]!, query["agentPassword"]!, query["agentQueue"]!),
            "CheckStatus" => CheckStatusCallout,
            _ => throw new FormatException(),
        };
    }

#if NET
    private static Callout ByParseQuery(string text)
    {
        Dictionary<string, StringValues> query = QueryHelpers.ParseQuery(text);
        return (string?)query["FunctionName"] switch
        {
            "Login" => NewLogin(query["telesetNumber"]!, query["agentID"]!, query["agentPassword"]!, query["agentQueue"]!),
            "CheckStatus" => CheckStatusCallout,
            _ => throw new FormatException(),
        };
    }

    private static Callout ByQueryStringEnumerable(string text)
    {
        var fields = default(Fields);
        foreach (QueryStringEnumerable.EncodedNameValuePair pair in new QueryStringEnumerable(text))
        {
            fields.Set(pair.DecodeName().Span, pair.DecodeValue().ToString());
        }

        return fields.ToCallout();
    }
#endif

    /// <summary>The lower bound: it has no limit, reports no error with its place, matches names in one case only, and keeps no unknown parameter.</summary>
    private static Callout BySpanScan(string text)
    {
        var fields = default(Fields);
        ReadOnlySpan<char> rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf('&');
            ReadOnlySpan<char> pair = end < 0 ? rest : rest.Slice(0, end);
            rest = end < 0 ? default : rest.Slice(end + 1);
            int equals = pair.IndexOf('=');
            ReadOnlySpan<char> value = pair.Slice(equals + 1);
            fields.Set(pair.Slice(0, equals), value.IndexOf('%') < 0 ? value.ToString() : Unescaped(value));
        }

        return fields.ToCallout();

#if NET
        static string Unescaped(ReadOnlySpan<char> value) => Uri.UnescapeDataString(value);
#else
        static string Unescaped(ReadOnlySpan<char> value) => Uri.UnescapeDataString(value.ToString());
#endif
    }

    private static string Interpolated(LoginCallout login) =>
        $"FunctionName=Login&telesetNumber={Uri.EscapeDataString(login.TelesetNumber)}&agentID={Uri.EscapeDataString(login.AgentId)}"
        + $"&agentPassword={Uri.EscapeDataString(login.AgentPassword.Reveal())}&agentQueue={Uri.EscapeDataString(login.AgentQueue)}";

    private static LoginCallout NewLogin(string telesetNumber, string agentId, string agentPassword, string agentQueue) =>
        new() { TelesetNumber = telesetNumber, AgentId = agentId, AgentPassword = new(agentPassword), AgentQueue = agentQueue };

    private struct Fields
    {
        private string? _function;
        private string? _telesetNumber;
        private string? _agentId;
        private string? _agentPassword;
        private string? _agentQueue;

        public void Set(ReadOnlySpan<char> name, string value)
        {
            switch (name)
            {
                case "FunctionName":
                    _function = value;
                    break;
                case "telesetNumber":
                    _telesetNumber = value;
                    break;
                case "agentID":
                    _agentId = value;
                    break;
                case "agentPassword":
                    _agentPassword = value;
                    break;
                case "agentQueue":
                    _agentQueue = value;
                    break;
            }
        }

        public readonly Callout ToCallout() => _function switch
        {
            "Login" => NewLogin(_telesetNumber!, _agentId!, _agentPassword!, _agentQueue!),
            "CheckStatus" => CheckStatusCallout,
            _ => throw new FormatException(),
        };
    }
}
