using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;

namespace OracleCct.Protocol;

/// <summary>Represents a set of IP addresses: single addresses, and networks in CIDR form such as <c>10.20.0.0/16</c>.</summary>
/// <remarks>
/// An IPv4 address inside an IPv6 one (<c>::ffff:10.20.0.1</c>), as sockets for both families show it, is treated as the IPv4 address. Two sets are equal if
/// they contain the same networks, in any order. Immutable, and safe to use from several threads.
/// </remarks>
public sealed class AddressSet : IEquatable<AddressSet>
{
    private readonly Network[] _networks;

    private AddressSet(IEnumerable<Network> networks)
    {
        Network[] all = [.. networks.Distinct()];
        _networks =
        [
            .. all.Where(network => !all.Any(other => other != network && other.Contains(network)))
                .OrderBy(network => network.ToString(), StringComparer.Ordinal),
        ];
    }

    /// <summary>Gets the empty set.</summary>
    public static AddressSet None { get; } = new([]);

    /// <summary>Gets the addresses of the machine itself: 127.0.0.0/8 and ::1.</summary>
    public static AddressSet Loopback { get; } = Parse("127.0.0.0/8", "::1");

    /// <summary>Gets the set of all addresses.</summary>
    public static AddressSet Any { get; } = Parse("0.0.0.0/0", "::/0");

    /// <summary>Returns the set of some addresses and networks.</summary>
    /// <param name="networks">Addresses such as <c>10.20.0.7</c> or <c>fd12::7</c>, and networks such as <c>10.20.0.0/16</c> or <c>fd12::/64</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="networks"/> is null.</exception>
    /// <exception cref="FormatException">
    /// An entry is neither, or is a network with bits set beyond its prefix, such as <c>10.20.0.7/16</c>, which may mean the address or the network. The
    /// message names it.
    /// </exception>
    public static AddressSet Parse(params string[] networks) =>
        new((networks ?? throw new ArgumentNullException(nameof(networks))).Select(Network.Parse));

    /// <summary>Indicates whether two sets are equal.</summary>
    public static bool operator ==(AddressSet? left, AddressSet? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Indicates whether two sets are different.</summary>
    public static bool operator !=(AddressSet? left, AddressSet? right) => !(left == right);

    /// <summary>Indicates whether the set contains an address. The zone of an IPv6 address is ignored.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="address"/> is null.</exception>
    public bool Contains(IPAddress address)
    {
        byte[] bytes = Normalize(address ?? throw new ArgumentNullException(nameof(address))).GetAddressBytes();
        foreach (Network network in _networks)
        {
            if (network.Contains(bytes))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public bool Equals(AddressSet? other) => other is not null && _networks.SequenceEqual(other._networks);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AddressSet);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        _networks.Aggregate(_networks.Length, (hash, network) => unchecked((hash * 397) ^ network.GetHashCode()));

    /// <summary>Returns the networks and addresses, as in <c>127.0.0.0/8, ::1</c>; <c>none</c> for the empty set.</summary>
    public override string ToString() => _networks.Length == 0 ? "none" : string.Join(", ", _networks.Select(network => network.ToString()));

    /// <summary>Returns an address without its zone, and as an IPv4 address if it is one.</summary>
    internal static IPAddress Normalize(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPAddress(address.GetAddressBytes())
        : address;

    /// <summary>
    /// Reads an address in its usual form. The platform accepts many other forms: it reads <c>127.1</c>, <c>0x7f000001</c>, <c>2130706433</c> and
    /// <c>0177.0.0.1</c> as 127.0.0.1. An IPv6 address may have any form without a zone, since Java does not shorten it.
    /// </summary>
    internal static bool TryParseAddress(string text, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        bool isVersion6 = text.AsSpan().IndexOf(':') >= 0;
        if (text.Length > 45 || !text.All(c => char.IsAsciiDigit(c) || c is '.' || (isVersion6 && c is ':' or (>= 'a' and <= 'f') or (>= 'A' and <= 'F'))))
        {
            return false;
        }

        if (!IPAddress.TryParse(text, out IPAddress? parsed) || (!isVersion6 && parsed.ToString() != text))
        {
            return false;
        }

        address = Normalize(parsed);
        return true;
    }

    /// <summary>
    /// Indicates whether the host of a URL is a loopback address as this machine writes it: 127.0.0.0/8 in four decimal parts, or ::1 in brackets. An IPv4
    /// address inside an IPv6 one is not: browsers connect <c>[::ffff:127.0.0.1]</c> to this machine, but do not treat it as loopback.
    /// </summary>
    internal static bool IsLoopbackLiteral(string host) =>
        host.Length > 0 && host[0] == '['
            ? host[host.Length - 1] == ']'
                && TryParseAddress(host.Substring(1, host.Length - 2), out IPAddress? address)
                && address.Equals(IPAddress.IPv6Loopback)
            : host.AsSpan().IndexOf(':') < 0 && TryParseAddress(host, out address) && IPAddress.IsLoopback(address);

    /// <summary>Represents an address and the number of its first bits that count.</summary>
    private sealed class Network : IEquatable<Network>
    {
        private readonly byte[] _address;
        private readonly int _prefix;

        private Network(byte[] address, int prefix)
        {
            _address = address;
            _prefix = prefix;
        }

        public static bool operator ==(Network? left, Network? right) => Equals(left, right);

        public static bool operator !=(Network? left, Network? right) => !Equals(left, right);

        public static Network Parse(string text)
        {
            string[] parts = (text ?? throw new ArgumentNullException(nameof(text), "A network is null. Use an IP address or a network.")).Split('/');
            if (parts.Length > 2 || !TryParseAddress(parts[0], out IPAddress? address))
            {
                throw new FormatException($"\"{text}\" is not a valid network. Use an IP address, or an address and a prefix such as 10.20.0.0/16.");
            }

            byte[] bytes = address.GetAddressBytes();
            int bits = bytes.Length * 8;
            if (parts.Length == 1)
            {
                return new(bytes, bits);
            }

            // A prefix of ::ffff:10.20.0.0/112 counts the bits in front of the IPv4 address, too.
            int inFront = bytes.Length == 4 && parts[0].AsSpan().IndexOf(':') >= 0 ? 96 : 0;
            if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int prefix) || prefix < inFront || prefix > inFront + bits)
            {
                throw new FormatException(FormattableString.Invariant(
                    $"\"{text}\" is not a valid network. Use a prefix from {inFront} to {inFront + bits}."));
            }

            var network = new Network(Masked(bytes, prefix - inFront), prefix - inFront);
            return network._address.SequenceEqual(bytes)
                ? network
                : throw new FormatException($"\"{text}\" has bits set beyond its prefix. Use {network} for the network, or {address} for the address.");
        }

        public bool Contains(byte[] address)
        {
            int whole = _prefix / 8;
            return address.Length == _address.Length
                && address.AsSpan(0, whole).SequenceEqual(_address.AsSpan(0, whole))
                && (whole == address.Length || (address[whole] & LastMask(_prefix)) == _address[whole]);
        }

        public bool Contains(Network other) => _prefix <= other._prefix && Contains(other._address);

        public bool Equals(Network? other) => other is not null && _prefix == other._prefix && _address.SequenceEqual(other._address);

        public override bool Equals(object? obj) => Equals(obj as Network);

        public override int GetHashCode() => _address.Aggregate(_prefix, (hash, octet) => unchecked((hash * 397) ^ octet));

        public override string ToString() =>
            _prefix == _address.Length * 8 ? new IPAddress(_address).ToString() : $"{new IPAddress(_address)}/{_prefix.ToString(CultureInfo.InvariantCulture)}";

        private static byte[] Masked(byte[] address, int prefix)
        {
            byte[] masked = new byte[address.Length];
            Array.Copy(address, masked, prefix / 8);
            if (prefix % 8 > 0)
            {
                masked[prefix / 8] = (byte)(address[prefix / 8] & LastMask(prefix));
            }

            return masked;
        }

        /// <summary>Returns the bits that count in the byte in which a prefix ends.</summary>
        private static int LastMask(int prefix) => 0xFF << (8 - (prefix % 8));
    }
}
