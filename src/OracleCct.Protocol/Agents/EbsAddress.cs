using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OracleCct.Protocol;

/// <summary>Represents the address where EBS listens for the events of an agent, as given by <see cref="RegisterCallout"/>: a host and a port.</summary>
/// <remarks>
/// Two addresses are equal when their ports are equal and their hosts are equal without regard to case. Immutable, and safe to use from several threads.
/// Source: Oracle's examples. Scheme and path are unknown and therefore options of <see cref="HttpEventClient"/>.
/// </remarks>
public sealed class EbsAddress : IEquatable<EbsAddress>
{
    /// <summary>Initializes an address.</summary>
    /// <param name="host">An IPv4 or IPv6 address (with or without brackets) or a host name.</param>
    /// <param name="port">The TCP port, 1 to 65535.</param>
    /// <exception cref="ArgumentNullException"><paramref name="host"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="host"/> is neither an IP address nor a host name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not from 1 to 65535.</exception>
    public EbsAddress(string host, int port)
    {
        _ = host ?? throw new ArgumentNullException(nameof(host));
        if (!IsHost(host))
        {
            throw new ArgumentException("The value is not a valid host. Use a host name or an IP address.", nameof(host));
        }

        if (port is < 1 or > 65535)
        {
            throw new ArgumentOutOfRangeException(nameof(port), port, "The value is not a TCP port. Use 1 to 65535.");
        }

        Host = host.Trim('[', ']');
        Port = port;
    }

    /// <summary>Gets the IP address, without brackets for IPv6, or the host name. Never null.</summary>
    public string Host { get; }

    /// <summary>Gets the TCP port, 1 to 65535.</summary>
    public int Port { get; }

    /// <summary>Indicates whether two addresses are equal.</summary>
    public static bool operator ==(EbsAddress? left, EbsAddress? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Indicates whether two addresses differ.</summary>
    public static bool operator !=(EbsAddress? left, EbsAddress? right) => !(left == right);

    /// <inheritdoc/>
    public bool Equals(EbsAddress? other) =>
        other is not null && Port == other.Port && string.Equals(Host, other.Host, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EbsAddress);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((StringComparer.OrdinalIgnoreCase.GetHashCode(Host) * 397) ^ Port);

    /// <summary>Returns host and port, as in <c>127.0.0.1:8888</c> or <c>[::1]:8888</c>.</summary>
    public override string ToString()
    {
        string port = Port.ToString(CultureInfo.InvariantCulture);
        return Uri.CheckHostName(Host) == UriHostNameType.IPv6 ? $"[{Host}]:{port}" : $"{Host}:{port}";
    }

    internal static bool TryCreate(string host, int port, [NotNullWhen(true)] out EbsAddress? address)
    {
        address = IsHost(host) ? new(host, port) : null;
        return address is not null;
    }

    private static bool IsHost(string host) => Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;
}
