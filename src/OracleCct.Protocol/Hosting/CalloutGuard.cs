using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;

namespace OracleCct.Protocol;

/// <summary>Decides whether a request may be a callout, before its query is read.</summary>
internal sealed class CalloutGuard(CalloutGuardOptions options)
{
    private const int LongestShownValue = 100;
    private const int MostAllowedHeaders = 32;
    private const int LongestHeaderName = 64;

    private static readonly string[] PrefetchHeaders = ["Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"];

    /// <summary>
    /// The headers that only browsers send, in addition to Origin, Referer and those of <see cref="BrowserPrefixes"/>. Upgrade is not one of them: Java's newer
    /// client asks for HTTP/2 with it.
    /// </summary>
    private static readonly string[] BrowserHeaders = [.. PrefetchHeaders, "Upgrade-Insecure-Requests", "Accept-Language"];

    private static readonly string[] BrowserPrefixes = ["Sec-", "Access-Control-Request-"];

    /// <summary>The host that was accepted last. EBS uses one name for the softphone, which need not be parsed each time.</summary>
    private AllowedHost? _lastHost;

    public GuardVerdict Check(CalloutRequest request)
    {
        GuardedHeaders seen = Look(request.Headers);
        string? readBy = seen.Origin.Only is { } only ? Allowed(only) : null;
        GuardVerdict verdict = CheckPeer(request.RemoteAddress)
            ?? CheckHost(seen, request.LocalPort)
            ?? CheckBrowser(seen)
            ?? (readBy is not null && IsPreflight(request, seen) ? Preflight(seen) : null)
            ?? CheckMethod(request)
            ?? CheckBody(request)
            ?? default;
        return options.Origins.Count == 0 ? verdict : verdict with { Headers = [.. verdict.Headers ?? [], .. ForReaders(readBy)] };
    }

    /// <summary>Returns the headers for readers. Responses differ by origin, and every cache must know it, also for a request without an origin.</summary>
    private static KeyValuePair<string, string>[] ForReaders(string? origin) =>
        origin is null ? [new("Vary", "Origin")] : [new("Access-Control-Allow-Origin", origin), new("Vary", "Origin")];

    private GuardVerdict? CheckPeer(IPAddress? peer) =>
        options.Peers == AddressSet.Any || (peer is not null && options.Peers.Contains(peer))
            ? null
            : Refuse(
                CalloutRefusal.Peer,
                $"it came from {peer?.ToString() ?? "an unknown address"}, "
                + $"and callouts are accepted from {options.Peers} (option Peers of CalloutGuardOptions)");

    private GuardVerdict? CheckHost(in GuardedHeaders seen, int localPort)
    {
        if (!options.CheckHost || (seen.Host.Only is { } host && IsOurs(host, localPort)))
        {
            return null;
        }

        string named = seen.Host.Only is { } name ? $"its Host header is {Shown(name)}"
            : seen.Host.Count == 0 ? "it has no Host header"
            : "it has several Host headers";
        return Refuse(
            CalloutRefusal.Host,
            FormattableString.Invariant(
                $"{named}, which must name this machine as localhost with port {localPort} (option Hosts of CalloutGuardOptions allows more names)"));
    }

    private bool IsOurs(string host, int localPort)
    {
        if (_lastHost is { } last && last.Port == localPort && last.Host == host)
        {
            return true;
        }

        if (!IsLoopback(host, localPort) && !IsListed(host))
        {
            return false;
        }

        _lastHost = new(host, localPort);
        return true;
    }

    private static bool IsLoopback(string host, int localPort)
    {
        if (!HostHeader.TryRead(host, out string? name, out string? port)
            || (port is null ? localPort is not (80 or 443) : port != localPort.ToString(CultureInfo.InvariantCulture)))
        {
            return false;
        }

        return string.Equals(name, "localhost", StringComparison.OrdinalIgnoreCase) || AddressSet.IsLoopbackLiteral(name);
    }

    private bool IsListed(string host) => IsAmongHosts(host) || (HostHeader.TryRead(host, out string? name, out _) && IsAmongHosts(name));

    private bool IsAmongHosts(string host) => options.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase);

    private GuardVerdict? CheckBrowser(in GuardedHeaders seen)
    {
        if (!options.RefuseBrowsers)
        {
            return null;
        }

        if (seen.Prefetch is not null)
        {
            return Refuse(CalloutRefusal.Browser, $"its header {seen.Prefetch} shows that a browser sent it in advance, before the user clicked");
        }

        if (seen.Origin.Count > 1 || seen.Referer.Count > 1)
        {
            return Refuse(CalloutRefusal.Browser, $"it has several {(seen.Origin.Count > 1 ? "Origin" : "Referer")} headers");
        }

        string? origin = seen.Origin.Only;
        string? referer = seen.Referer.Only is { } url ? (WebOrigin.TryRead(url, out string? read, out _) ? read : "unknown") : null;
        if (origin is not null && referer is not null && !string.Equals(origin, referer, StringComparison.OrdinalIgnoreCase))
        {
            return Refuse(CalloutRefusal.Browser, "its headers Origin and Referer name different pages");
        }

        string? page = origin ?? referer;
        return page is null && seen.Browser is null ? null
            : page is not null && Allowed(page) is not null ? null
            : Refuse(
                CalloutRefusal.Browser,
                $"its header {(origin is not null ? "Origin" : referer is not null ? "Referer" : seen.Browser)} shows that a browser sent it, "
                + $"for {(page is null ? "an unnamed page" : $"a page of {Shown(page)}")} (option Origins of CalloutGuardOptions allows pages)");
    }

    private string? Allowed(string origin) =>
        options.Origins.FirstOrDefault(allowed => string.Equals(allowed, origin, StringComparison.OrdinalIgnoreCase));

    private static bool IsPreflight(CalloutRequest request, in GuardedHeaders seen) => request.Method == "OPTIONS" && seen.AsksForMethod;

    private static GuardVerdict? Preflight(in GuardedHeaders seen)
    {
        List<KeyValuePair<string, string>> headers = [new("Access-Control-Allow-Methods", "GET")];
        string[] names = [.. (seen.AskedHeaders ?? "").Split(',').Select(name => name.Trim()).Where(name => name.Length > 0)];
        if (names.Length is > 0 and <= MostAllowedHeaders && names.All(IsHeaderName))
        {
            headers.Add(new("Access-Control-Allow-Headers", string.Join(", ", names)));
        }

        if (seen.AsksForPrivateNetwork)
        {
            headers.Add(new("Access-Control-Allow-Private-Network", "true"));
        }

        return new GuardVerdict(null, 200, null, [.. headers]);
    }

    private static bool IsHeaderName(string name) =>
        name.Length <= LongestHeaderName && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private GuardVerdict? CheckMethod(CalloutRequest request) =>
        request.Method == "GET" || !options.RequireGet
            ? null
            : new GuardVerdict(CalloutRefusal.Method, 405, "A callout is an HTTP GET.", [new("Allow", "GET")]);

    private GuardVerdict? CheckBody(CalloutRequest request) =>
        request.ContentLength == 0 || !options.RefuseBody
            ? null
            : Refuse(CalloutRefusal.Body, "it has a body, and a callout has none (option RefuseBody of CalloutGuardOptions)");

    private static GuardVerdict? Refuse(CalloutRefusal refusal, string why) =>
        new GuardVerdict(refusal, 403, $"The softphone refuses the request: {why}.", null);

    /// <summary>Returns a sender's text without the characters that could do harm in a log.</summary>
    private static string Shown(string value)
    {
        var shown = new StringBuilder();
        foreach (char c in value.Length > LongestShownValue ? value.Substring(0, LongestShownValue) : value)
        {
            _ = shown.Append(char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or ':' or '/' or '[' or ']' or '_' ? c : '?');
        }

        return value.Length > LongestShownValue ? $"{shown}…" : shown.Length == 0 ? "empty" : shown.ToString();
    }

    private static GuardedHeaders Look(IEnumerable<KeyValuePair<string, string>> headers)
    {
        var seen = default(GuardedHeaders);
        foreach (KeyValuePair<string, string> header in headers)
        {
            string name = header.Key ?? "";
            string value = header.Value ?? "";
            if (Is(name, "Host"))
            {
                seen.Host = seen.Host.With(value);
            }
            else if (Is(name, "Origin"))
            {
                seen.Origin = seen.Origin.With(value);
            }
            else if (Is(name, "Referer"))
            {
                seen.Referer = seen.Referer.With(value);
            }
            else if (Is(name, "User-Agent"))
            {
                seen.Browser ??= IsBrowserAgent(value) ? "User-Agent" : null;
            }
            else if (Among(BrowserHeaders, name) is { } known)
            {
                seen.Browser ??= known;
                seen.Prefetch ??= Among(PrefetchHeaders, name);
            }
            else if (IsBrowsers(name))
            {
                seen.Browser ??= Shown(name);
                seen.AsksForMethod |= Is(name, "Access-Control-Request-Method");
                seen.AsksForPrivateNetwork |= Is(name, "Access-Control-Request-Private-Network") && Is(value.Trim(), "true");
                if (Is(name, "Access-Control-Request-Headers"))
                {
                    seen.AskedHeaders = seen.AskedHeaders is { } earlier ? $"{earlier},{value}" : value;
                }
            }
        }

        return seen;
    }

    private static bool Is(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Indicates whether a User-Agent is a browser's. Java's browser plug-in sends the browser's name and then its own, as in <c>Mozilla/4.0 (Windows 10 10.0)
    /// Java/1.8.0_202</c>.
    /// </summary>
    private static bool IsBrowserAgent(string userAgent) =>
        userAgent.TrimStart().StartsWith("Mozilla", StringComparison.OrdinalIgnoreCase) && userAgent.IndexOf("Java/", StringComparison.Ordinal) < 0;

    private static string? Among(string[] names, string name)
    {
        foreach (string known in names)
        {
            if (Is(name, known))
            {
                return known;
            }
        }

        return null;
    }

    private static bool IsBrowsers(string name)
    {
        foreach (string prefix in BrowserPrefixes)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Represents the headers that the guard checks. It is a structure, since every callout needs one.</summary>
    private struct GuardedHeaders
    {
        public HeaderLines Host;

        public HeaderLines Origin;

        public HeaderLines Referer;

        /// <summary>A header of a request that a browser sends in advance.</summary>
        public string? Prefetch;

        /// <summary>A header that only browsers send, except Origin and Referer.</summary>
        public string? Browser;

        public string? AskedHeaders;

        public bool AsksForMethod;

        public bool AsksForPrivateNetwork;
    }

    /// <param name="Host">The header's value.</param>
    /// <param name="Port">The port on which the request arrived.</param>
    private sealed record AllowedHost(string Host, int Port);

    /// <summary>Represents the lines of a header that a request may have once.</summary>
    private readonly record struct HeaderLines(int Count, string? Last)
    {
        /// <summary>Gets the value if there is exactly one line.</summary>
        public string? Only => Count == 1 ? Last : null;

        public HeaderLines With(string value) => new(Count + 1, value.Trim());
    }
}

/// <summary>Represents the guard's decision about a request: accepted, refused, or the response to a browser's preflight.</summary>
/// <param name="Refusal">The reason for a refusal. Null if the request is not refused.</param>
/// <param name="StatusCode">The HTTP status of an immediate response. 0 if the request is accepted.</param>
/// <param name="Message">The message for the sender. Null for no body.</param>
/// <param name="Headers">The headers of any response to the request. Null for none.</param>
internal readonly record struct GuardVerdict(CalloutRefusal? Refusal, int StatusCode, string? Message, KeyValuePair<string, string>[]? Headers);
