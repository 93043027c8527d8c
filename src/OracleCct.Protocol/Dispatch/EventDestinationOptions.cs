using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;

namespace OracleCct.Protocol;

/// <summary>Specifies the source of the address of an agent's events.</summary>
public enum EventDestinationSource
{
    /// <summary>The <c>ipAddress</c> of Register, if it is allowed.</summary>
    Register,

    /// <summary>The address from which Register came; its <c>ipAddress</c> is ignored. The port is still Register's.</summary>
    Peer,
}

/// <summary>Represents the rules for the addresses to which Register may direct an agent's events.</summary>
/// <remarks>
/// <para>The sender of Register directs the softphone's HTTP requests, which contain callers' numbers. So by default events go to the sender of Register: to
/// the peer's own address, and if the peer is this machine, to any of the machine's addresses. Java sends EBS the machine's address in the network even if the
/// callout comes over loopback. A Register that names another address gets an Error reply, reaches no handler and changes nothing.</para>
/// <para>Only <see cref="Fixed"/> and <see cref="HostNames"/> can allow the unspecified address, link-local, multicast, broadcast and reserved addresses, and
/// the addresses at which clouds provide a machine's credentials, including their forms inside an IPv6 address.</para>
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

    /// <summary>IPv6 networks whose addresses contain an IPv4 address, and its offset in bytes.</summary>
    private static readonly (AddressSet Addresses, int Offset)[] Wrappings =
    [
        (AddressSet.Parse("::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48"), 12),
        (AddressSet.Parse("2002::/16"), 2),
    ];

    private static readonly Func<IEnumerable<IPAddress>> OfThisMachine = FindAddressesOfThisMachine;

    /// <summary>Initializes options with the defaults.</summary>
    public EventDestinationOptions()
    {
    }

    /// <summary>Initializes options, also from languages that cannot set <c>init</c> properties. <see langword="null"/> keeps a default.</summary>
    /// <param name="fixed"><see cref="Fixed"/>.</param>
    /// <param name="source"><see cref="Source"/>.</param>
    /// <param name="allowed"><see cref="Allowed"/>.</param>
    /// <param name="hostNames"><see cref="HostNames"/>.</param>
    /// <param name="lowestPort"><see cref="LowestPort"/>.</param>
    /// <param name="highestPort"><see cref="HighestPort"/>.</param>
    /// <exception cref="ArgumentException">A value is not allowed; see its property.</exception>
    public EventDestinationOptions(
        EbsAddress? @fixed = null,
        EventDestinationSource? source = null,
        AddressSet? allowed = null,
        IReadOnlyList<string>? hostNames = null,
        int? lowestPort = null,
        int? highestPort = null)
    {
        Fixed = @fixed;
        Source = source ?? Source;
        Allowed = allowed ?? Allowed;
        HostNames = hostNames ?? HostNames;
        LowestPort = lowestPort ?? LowestPort;
        HighestPort = highestPort ?? HighestPort;
    }

    /// <summary>Gets the address to which all events go. It is not checked, and Register cannot change it. Null uses the address of each Register.</summary>
    /// <value>Null by default.</value>
    public EbsAddress? Fixed { get; init; }

    /// <summary>Gets the source of the address.</summary>
    /// <value><see cref="EventDestinationSource.Register"/> by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    /// <remarks>With <see cref="EventDestinationSource.Peer"/>, a softphone behind a reverse proxy sends all events to the proxy.</remarks>
    public EventDestinationSource Source { get; init => field = Check.Defined(value); } = EventDestinationSource.Register;

    /// <summary>
    /// Gets the addresses that Register may name in addition to the peer's own: for an adapter whose desktops send callouts by another route than events take.
    /// </summary>
    /// <value><see cref="AddressSet.None"/> by default; never null.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public AddressSet Allowed { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = AddressSet.None;

    /// <summary>
    /// Gets the host names that Register may name; the whole name is compared, ignoring case. Each event resolves the name again, and the resulting address is
    /// not checked: list only names that others cannot redirect.
    /// </summary>
    /// <value>None by default, so that Register may only name an IP address; never null. The list is copied.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentException">An entry is not a host name. IP addresses belong in <see cref="Allowed"/>. The message names the entry.</exception>
    public IReadOnlyList<string> HostNames
    {
        get;
        init => field = new ValueList<string>((value ?? throw new ArgumentNullException(nameof(value))).Select(name =>
            name is not null && Uri.CheckHostName(name) == UriHostNameType.Dns && !IPAddress.TryParse(name, out _)
                ? name
                : throw new ArgumentException($"\"{name}\" is not a valid host name. Use a host name, or add an IP address to Allowed.", nameof(value))));
    } = new ValueList<string>([]);

    /// <summary>Gets the lowest TCP port that Register may name.</summary>
    /// <value>1024 by default: lower ports belong to the services of the system.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 1 to 65535.</exception>
    /// <remarks>If it is greater than <see cref="HighestPort"/>, no port is allowed.</remarks>
    public int LowestPort { get; init => field = Check.Port(value); } = 1024;

    /// <summary>Gets the highest TCP port that Register may name.</summary>
    /// <value>65535 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 1 to 65535.</exception>
    public int HighestPort { get; init => field = Check.Port(value); } = 65535;

    /// <summary>Gets the function that finds the addresses of this machine, for tests.</summary>
    internal Func<IEnumerable<IPAddress>> MachineAddresses { get; init; } = OfThisMachine;

    /// <summary>Decides where an agent's events go.</summary>
    /// <returns>The reason why the address is refused, in a sentence for the sender of Register and for the operator; null if it is allowed.</returns>
    internal string? Resolve(RegisterCallout register, IPAddress? peer, out EbsAddress? ebsAddress)
    {
        ebsAddress = Fixed;
        if (ebsAddress is not null)
        {
            return null;
        }

        if (register.Port < LowestPort || register.Port > HighestPort)
        {
            return FormattableString.Invariant(
                $"The port of Register is not from {LowestPort} to {HighestPort} (options LowestPort and HighestPort of EventDestinationOptions).");
        }

        peer = peer is null ? null : AddressSet.Normalize(peer);
        if (Source == EventDestinationSource.Peer)
        {
            return peer is null ? "The sender's address of Register is not known, so events have no destination (option Source of EventDestinationOptions)."
                : ForbiddenKind(peer) is { } kind ? $"Register came from {peer}, {kind}. Events are never sent there."
                : Accept(peer.ToString(), register.Port, out ebsAddress);
        }

        if (HostNames.Contains(register.IpAddress, StringComparer.OrdinalIgnoreCase))
        {
            return Accept(register.IpAddress, register.Port, out ebsAddress);
        }

        if (!AddressSet.TryParseAddress(WithoutBrackets(register.IpAddress), out IPAddress? address))
        {
            return "The ipAddress of Register is neither an IP address in its usual form, such as 10.20.0.7, "
                + "nor an allowed host name (option HostNames of EventDestinationOptions).";
        }

        return ForbiddenKind(address) is { } forbidden ? $"The ipAddress of Register, {address}, is {forbidden}. Events are never sent there."
            : Belongs(address, peer) || Allowed.Contains(address) ? Accept(address.ToString(), register.Port, out ebsAddress)
            : $"The ipAddress of Register, {address}, is not the sender's address ({peer?.ToString() ?? "unknown"}). "
                + "Option Allowed of EventDestinationOptions allows more addresses.";
    }

    private static string? Accept(string host, int port, out EbsAddress ebsAddress)
    {
        ebsAddress = new(host, port);
        return null;
    }

    /// <summary>Indicates whether the address is the peer's own. If the peer is this machine, all addresses of this machine are.</summary>
    private bool Belongs(IPAddress address, IPAddress? peer)
    {
        // Without a peer, the callout did not come over a network.
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
#pragma warning disable CA1031 // The platform may throw many exceptions if it cannot list the addresses; loopback works without them.
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
                var wrapped = new IPAddress(address.GetAddressBytes().AsSpan(offset, 4).ToArray());
                return ForbiddenKind(wrapped) is { } inner ? $"{inner} inside an IPv6 address" : null;
            }
        }

        return null;
    }

    private static string WithoutBrackets(string host) =>
        host.Length > 2 && host[0] == '[' && host[host.Length - 1] == ']' ? host.Substring(1, host.Length - 2) : host;

    private static IEnumerable<IPAddress> FindAddressesOfThisMachine() =>
        NetworkInterface.GetAllNetworkInterfaces().SelectMany(one => one.GetIPProperties().UnicastAddresses).Select(unicast => unicast.Address);
}
