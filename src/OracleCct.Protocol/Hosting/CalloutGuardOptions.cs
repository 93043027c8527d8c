using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace OracleCct.Protocol;

/// <summary>Which requests may be callouts.</summary>
/// <remarks>
/// <para>A callout proves nothing about who sent it, and any web page in the agent's browser can send a GET to this machine. The guard lets through what comes from this machine, knows it by a name that no
/// page can forge, and bears no header that only a browser sends. Whatever else comes is answered with 403, or 405 for another method, and an Error that names the check and the option; it reaches no handler
/// and is counted by <see cref="CalloutEndpoint.RefusedCount"/>.</para>
/// <para>Cookies decide nothing: EBS's Java plug-in sends those of the browser around it. A <c>User-Agent</c> decides only where it names a browser and not Java.</para>
/// <para>Immutable, and safe to use from several threads. Source: inferred from how browsers and Java's HTTP client behave. docs/security.md tells what opening each check costs.</para>
/// </remarks>
public sealed record CalloutGuardOptions
{
    /// <summary>The addresses that may send callouts. <see cref="AddressSet.Any"/> switches the check off; else a sender whose address is not known is a stranger.</summary>
    /// <value><see cref="AddressSet.Loopback"/> by default; never null.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public AddressSet Peers { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = AddressSet.Loopback;

    /// <summary>
    /// Whether the <c>Host</c> header must name loopback (<c>localhost</c>, 127.0.0.0/8, <c>[::1]</c>) with the port that the request came in by, or one of <see cref="Hosts"/>. A web page cannot choose
    /// that header, but can make its own name resolve to this machine. An IPv4 address inside an IPv6 one, such as <c>[::ffff:127.0.0.1]</c>, does not name loopback.
    /// </summary>
    /// <value>True by default.</value>
    public bool CheckHost { get; init; } = true;

    /// <summary>Names that the <c>Host</c> header may have besides: <c>desk-12.example.com</c> with any port, <c>desk-12.example.com:3107</c> with that one. Without regard to case.</summary>
    /// <value>None by default; never null. The list is copied.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentException">One of them is no host name or address with or without a port. The message names it.</exception>
    public IReadOnlyList<string> Hosts
    {
        get;
        init => field = new ValueList<string>((value ?? throw new ArgumentNullException(nameof(value))).Select(host =>
            IsHost(host) ? host : throw new ArgumentException($"\"{host}\" is no host: one is a name or an address, with or without a port, such as desk-12.example.com:3107.", nameof(value))));
    } = new ValueList<string>([]);

    /// <summary>
    /// Whether a request is refused that a browser sends: one with a header <c>Origin</c>, <c>Referer</c>, <c>Sec-…</c>, <c>Purpose</c>, <c>Accept-Language</c> or another that only browsers have, or with
    /// a <c>User-Agent</c> that begins with <c>Mozilla</c> and does not contain <c>Java/</c>; unless it is for a page of <see cref="Origins"/>.
    /// </summary>
    /// <value>True by default.</value>
    public bool RefuseBrowsers { get; init; } = true;

    /// <summary>
    /// The origins whose pages may send callouts and read the answers, such as <c>https://ebs.example.com:4443</c>: for Direct Integration's HTML pages. What their browser fetches beforehand, when nobody has
    /// clicked yet, is refused all the same.
    /// </summary>
    /// <value>None by default; never null. The list is copied, in the form in which browsers send it: lower case, and without the scheme's own port.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentException">One of them is no origin of http or https alone; neither <c>*</c> nor <c>null</c> is. The message names it.</exception>
    public IReadOnlyList<string> Origins
    {
        get;
        init => field = new ValueList<string>((value ?? throw new ArgumentNullException(nameof(value))).Select(text =>
            WebOrigin.TryRead(text ?? "", out string? origin, out int length) && text!.Substring(length) is "" or "/"
                ? origin
                : throw new ArgumentException(
                    $"\"{text}\" is no origin: one is http or https, a host as browsers send it and perhaps a port, without a path, such as https://ebs.example.com:4443.", nameof(value))));
    } = new ValueList<string>([]);

    /// <summary>Whether every other method than GET is refused.</summary>
    /// <value>True by default.</value>
    public bool RequireGet { get; init; } = true;

    /// <summary>Whether a request with a body is refused. When not, a body of at most 8,192 bytes is let through, unread; a longer one, or one of unknown length, is answered with 413.</summary>
    /// <value>True by default.</value>
    public bool RefuseBody { get; init; } = true;

    private static bool IsHost(string? text) =>
        HostHeader.TryRead(text ?? "", out string? name, out string? port)
        && Uri.CheckHostName(name) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6
        && (port is null || (int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= 1 and <= 65535));
}
