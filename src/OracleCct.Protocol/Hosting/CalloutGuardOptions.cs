using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace OracleCct.Protocol;

/// <summary>Represents the checks that decide whether a request may be a callout.</summary>
/// <remarks>
/// <para>A callout does not prove who sent it, and any web page in the agent's browser can send a GET to this machine. The guard accepts a request that comes
/// from this machine, names it in a way that no page can forge, and has no header that only browsers send. Any other request gets 403, or 405 for another
/// method, with an Error that names the check and the option. It reaches no handler, and <see cref="CalloutEndpoint.RefusedCount"/> counts it.</para>
/// <para>Cookies are not checked: EBS's Java plug-in sends the cookies of the browser around it. A <c>User-Agent</c> is checked only for the name of a browser
/// without Java.</para>
/// <para>Immutable, and safe to use from several threads. Source: inferred from the behaviour of browsers and of Java's HTTP client. docs/security.md describes
/// the risk of switching off each check.</para>
/// </remarks>
public sealed record CalloutGuardOptions
{
    /// <summary>Initializes options with the defaults.</summary>
    public CalloutGuardOptions()
    {
    }

    /// <summary>Initializes options, also from languages that cannot set <c>init</c> properties. <see langword="null"/> keeps a default.</summary>
    /// <param name="peers"><see cref="Peers"/>.</param>
    /// <param name="checkHost"><see cref="CheckHost"/>.</param>
    /// <param name="hosts"><see cref="Hosts"/>.</param>
    /// <param name="refuseBrowsers"><see cref="RefuseBrowsers"/>.</param>
    /// <param name="origins"><see cref="Origins"/>.</param>
    /// <param name="requireGet"><see cref="RequireGet"/>.</param>
    /// <param name="refuseBody"><see cref="RefuseBody"/>.</param>
    /// <exception cref="ArgumentException">A value is not allowed; see its property.</exception>
    public CalloutGuardOptions(
        AddressSet? peers = null,
        bool? checkHost = null,
        IReadOnlyList<string>? hosts = null,
        bool? refuseBrowsers = null,
        IReadOnlyList<string>? origins = null,
        bool? requireGet = null,
        bool? refuseBody = null)
    {
        Peers = peers ?? Peers;
        CheckHost = checkHost ?? CheckHost;
        Hosts = hosts ?? Hosts;
        RefuseBrowsers = refuseBrowsers ?? RefuseBrowsers;
        Origins = origins ?? Origins;
        RequireGet = requireGet ?? RequireGet;
        RefuseBody = refuseBody ?? RefuseBody;
    }

    /// <summary>
    /// Gets the addresses that may send callouts. <see cref="AddressSet.Any"/> switches the check off. With any other set, a request whose sender's address is
    /// not known is refused.
    /// </summary>
    /// <value><see cref="AddressSet.Loopback"/> by default; never null.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public AddressSet Peers { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = AddressSet.Loopback;

    /// <summary>
    /// Gets whether the <c>Host</c> header must name loopback (<c>localhost</c>, 127.0.0.0/8, <c>[::1]</c>) with the port on which the request arrived, or one
    /// of <see cref="Hosts"/>. A web page cannot choose that header, but can make its own name resolve to this machine. An IPv4 address inside an IPv6 one,
    /// such as <c>[::ffff:127.0.0.1]</c>, does not name loopback.
    /// </summary>
    /// <value>True by default.</value>
    public bool CheckHost { get; init; } = true;

    /// <summary>
    /// Gets further names that the <c>Host</c> header may have: <c>desk-12.example.com</c> with any port, <c>desk-12.example.com:3107</c> with that port. Case
    /// is ignored.
    /// </summary>
    /// <value>None by default; never null. The list is copied.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentException">An entry is not a host name or an address with or without a port. The message names it.</exception>
    public IReadOnlyList<string> Hosts
    {
        get;
        init => field = new ValueList<string>((value ?? throw new ArgumentNullException(nameof(value))).Select(host => IsHost(host)
            ? host
            : throw new ArgumentException(
                $"\"{host}\" is not a valid host. Use a host name or an IP address, with or without a port, such as desk-12.example.com:3107.",
                nameof(value))));
    } = new ValueList<string>([]);

    /// <summary>
    /// Gets whether requests of browsers are refused: those with an <c>Origin</c>, <c>Referer</c>, <c>Sec-…</c>, <c>Purpose</c> or <c>Accept-Language</c>
    /// header or another that only browsers send, and those whose <c>User-Agent</c> begins with <c>Mozilla</c> and does not contain <c>Java/</c>. Requests for
    /// a page of <see cref="Origins"/> are accepted.
    /// </summary>
    /// <value>True by default.</value>
    public bool RefuseBrowsers { get; init; } = true;

    /// <summary>
    /// Gets the origins whose pages may send callouts and read the answers, such as <c>https://ebs.example.com:4443</c>: for the HTML pages of Direct
    /// Integration. Requests that their browser sends in advance, before the user has clicked, are still refused.
    /// </summary>
    /// <value>
    /// None by default; never null. The list is copied, in the form in which browsers send an origin: in lower case, and without the default port of the
    /// scheme.
    /// </value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentException">
    /// An entry is not an origin of http or https without a path; <c>*</c> and <c>null</c> are not origins either. The message names it.
    /// </exception>
    public IReadOnlyList<string> Origins
    {
        get;
        init => field = new ValueList<string>((value ?? throw new ArgumentNullException(nameof(value))).Select(text =>
            WebOrigin.TryRead(text ?? "", out string? origin, out int length) && text!.Substring(length) is "" or "/"
                ? origin
                : throw new ArgumentException(
                    $"\"{text}\" is not a valid origin. Use http or https, a host as browsers send it and an optional port, without a path, "
                    + "such as https://ebs.example.com:4443.",
                    nameof(value))));
    } = new ValueList<string>([]);

    /// <summary>Gets whether every method except GET is refused.</summary>
    /// <value>True by default.</value>
    public bool RequireGet { get; init; } = true;

    /// <summary>
    /// Gets whether a request with a body is refused. If not, a body of at most 8,192 bytes is accepted and ignored; a longer body, or one of unknown length,
    /// gets 413.
    /// </summary>
    /// <value>True by default.</value>
    public bool RefuseBody { get; init; } = true;

    private static bool IsHost(string? text) =>
        HostHeader.TryRead(text ?? "", out string? name, out string? port)
        && Uri.CheckHostName(name) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6
        && (port is null || (int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= 1 and <= 65535));
}
