using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;

namespace OracleCct.Protocol;

/// <summary>Whose word counts for where an agent's events go.</summary>
public enum EventDestinationSource
{
    /// <summary>The <c>ipAddress</c> of Register, as far as it is allowed.</summary>
    Register,

    /// <summary>The address that Register came from, whatever its <c>ipAddress</c> says. The port is still Register's.</summary>
    Peer,
}

/// <summary>Where Register may send an agent's events.</summary>
/// <remarks>
/// <para>Whoever can send Register aims the softphone's HTTP requests, and callers' numbers with them. So by default events go to where Register itself came from: to the peer's own address, and when that
/// is this machine, to any of its addresses. Java tells EBS the machine's address in the network even when the callout comes over loopback. A Register that names another place gets an Error reply, reaches
/// no handler and changes nothing.</para>
/// <para>Never allowed, whatever the options but <see cref="Fixed"/> and <see cref="HostNames"/> say: the unspecified address, link-local, multicast, broadcast and reserved ones, and the addresses at which
/// clouds give out a machine's credentials; also not inside an IPv6 address that stands for an IPv4 one.</para>
/// <para>Immutable, and safe to use from several threads. Source: inferred; Oracle's examples show an IP address and a port.</para>
/// </remarks>
public sealed record EventDestinationOptions
{
    private static readonly (AddressSet Addresses, string What)[] Forbidden =
    [
        (AddressSet.Parse("0.0.0.0/8", "::"), "an unspecified address"),
        (AddressSet.Parse("169.254.0.0/16", "fe80::/10"), "a link-local address"),
        (AddressSet.Parse("224.0.0.0/4", "ff00::/8"), "a multicast address"),
        (AddressSet.Parse("240.0.0.0/4"), "a broadcast or reserved address"),
        (AddressSet.Parse("100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::/32", "fd20:ce::254"), "an address of a cloud's own services"),
    ];

    /// <summary>IPv6 addresses that stand for an IPv4 one, and where in their bytes that is.</summary>
    private static readonly (AddressSet Addresses, int Offset)[] Wrappings =
    [
        (AddressSet.Parse("::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48"), 12),
        (AddressSet.Parse("2002::/16"), 2),
    ];

    private static readonly Func<IEnumerable<IPAddress>> OfThisMachine = FindAddressesOfThisMachine;

    /// <summary>When set, all events go there, whatever Register says, and nothing is checked: the address is yours. Null: not to one place.</summary>
    /// <value>Null by default.</value>
    public EbsAddress? Fixed { get; init; }

    /// <summary>Whose word counts for the address.</summary>
    /// <value><see cref="EventDestinationSource.Register"/> by default.</value>
    /// <remarks>With <see cref="EventDestinationSource.Peer"/> a softphone behind a reverse proxy would send everything to the proxy.</remarks>
    public EventDestinationSource Source { get; init; } = EventDestinationSource.Register;

    /// <summary>Addresses that Register may name besides the peer's own: for an adapter that serves desktops whose callouts come by another way than their events go.</summary>
    /// <value><see cref="AddressSet.None"/> by default; never null.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public AddressSet Allowed { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = AddressSet.None;

    /// <summary>
    /// Host names that Register may name, exactly and without regard to case. What such a name resolves to is asked anew for each event and not checked: list only names that nobody else can point elsewhere.
    /// </summary>
    /// <value>None by default: an IP address only. Never null. The list is copied.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentException">One of them is no host name; an IP address belongs into <see cref="Allowed"/>. The message names it.</exception>
    public IReadOnlyList<string> HostNames
    {
        get;
        init => field = new ValueList<string>((value ?? throw new ArgumentNullException(nameof(value))).Select(name =>
            name is not null && Uri.CheckHostName(name) == UriHostNameType.Dns && !IPAddress.TryParse(name, out _)
                ? name
                : throw new ArgumentException($"\"{name}\" is no host name. IP addresses belong into Allowed.", nameof(value))));
    } = new ValueList<string>([]);

    /// <summary>The lowest TCP port that Register may name.</summary>
    /// <value>1024 by default: below are the services of the system.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 1 to 65535.</exception>
    /// <remarks>When it is above <see cref="HighestPort"/>, no port is allowed.</remarks>
    public int LowestPort { get; init => field = Check.Port(value); } = 1024;

    /// <summary>The highest TCP port that Register may name.</summary>
    /// <value>65535 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 1 to 65535.</exception>
    public int HighestPort { get; init => field = Check.Port(value); } = 65535;

    /// <summary>The addresses of this machine, for tests.</summary>
    internal Func<IEnumerable<IPAddress>> MachineAddresses { get; init; } = OfThisMachine;

    /// <summary>Decides where an agent's events go.</summary>
    /// <returns>Why they may not go there, in a sentence for whoever sent Register and for the operator; null when they may.</returns>
    internal string? Resolve(RegisterCallout register, IPAddress? peer, out EbsAddress? listener)
    {
        listener = Fixed;
        if (listener is not null)
        {
            return null;
        }

        if (register.Port < LowestPort || register.Port > HighestPort)
        {
            return FormattableString.Invariant($"The port of Register is not from {LowestPort} to {HighestPort} (options LowestPort and HighestPort of EventDestinationOptions).");
        }

        peer = peer is null ? null : AddressSet.Normalize(peer);
        if (Source == EventDestinationSource.Peer)
        {
            return peer is null ? "It is not known where Register came from, and so not where to send events (option Source of EventDestinationOptions)."
                : ForbiddenKind(peer) is { } kind ? $"Register came from {peer}, {kind}: no events go there."
                : Accept(peer.ToString(), register.Port, out listener);
        }

        if (HostNames.Contains(register.IpAddress, StringComparer.OrdinalIgnoreCase))
        {
            return Accept(register.IpAddress, register.Port, out listener);
        }

        if (!AddressSet.TryParseAddress(WithoutBrackets(register.IpAddress), out IPAddress? address))
        {
            return "The ipAddress of Register is no IP address in its usual form, such as 10.20.0.7, and no allowed host name (option HostNames of EventDestinationOptions).";
        }

        return ForbiddenKind(address) is { } forbidden ? $"The ipAddress of Register, {address}, is {forbidden}: no events go there."
            : Belongs(address, peer) || Allowed.Contains(address) ? Accept(address.ToString(), register.Port, out listener)
            : $"The ipAddress of Register, {address}, is not where Register came from ({peer?.ToString() ?? "unknown"}): option Allowed of EventDestinationOptions allows more addresses.";
    }

    private static string? Accept(string host, int port, out EbsAddress listener)
    {
        listener = new(host, port);
        return null;
    }

    /// <summary>Whether the address is the peer's own. All that belong to this machine are, when the peer is this machine.</summary>
    private bool Belongs(IPAddress address, IPAddress? peer)
    {
        // Without a peer the callout came over no network.
        peer ??= IPAddress.Loopback;
        return address.Equals(peer) || (IsThisMachine(peer) && IsThisMachine(address));
    }

    private bool IsThisMachine(IPAddress address)
    {
        if (IPAddress.IsLoopback(address))
        {
            return true;
        }

        try
        {
            return MachineAddresses().Any(own => AddressSet.Normalize(own).Equals(address));
        }
#pragma warning disable CA1031 // What the platform throws when it does not tell is many things; loopback works without.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    private static string? ForbiddenKind(IPAddress address)
    {
        foreach ((AddressSet addresses, string what) in Forbidden)
        {
            if (addresses.Contains(address))
            {
                return what;
            }
        }

        foreach ((AddressSet addresses, int offset) in Wrappings)
        {
            if (addresses.Contains(address) && !IPAddress.IsLoopback(address))
            {
                return ForbiddenKind(new IPAddress(address.GetAddressBytes().AsSpan(offset, 4).ToArray())) is { } inner ? $"{inner} inside an IPv6 address" : null;
            }
        }

        return null;
    }

    private static string WithoutBrackets(string host) => host.Length > 2 && host[0] == '[' && host[host.Length - 1] == ']' ? host.Substring(1, host.Length - 2) : host;

    private static IEnumerable<IPAddress> FindAddressesOfThisMachine() =>
        NetworkInterface.GetAllNetworkInterfaces().SelectMany(one => one.GetIPProperties().UnicastAddresses).Select(unicast => unicast.Address);
}
