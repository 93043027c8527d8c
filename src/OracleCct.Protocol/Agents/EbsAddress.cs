using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OracleCct.Protocol;

/// <summary>Where EBS listens for the events of an agent, as <see cref="RegisterCallout"/> said: a host and a port.</summary>
/// <remarks>
/// Two are equal when their ports are the same and their hosts the same without regard to case. Immutable, and safe to use from several threads.
/// Source: Oracle's examples; scheme and path are unknown and so options of <see cref="HttpEventClient"/>.
/// </remarks>
public sealed class EbsAddress : IEquatable<EbsAddress>
{
    /// <summary>Makes an address.</summary>
    /// <param name="host">An IPv4 or IPv6 address (with or without brackets) or a host name.</param>
    /// <param name="port">The TCP port, 1 to 65535.</param>
    /// <exception cref="ArgumentNullException"><paramref name="host"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="host"/> is neither an address nor a host name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not from 1 to 65535.</exception>
    public EbsAddress(string host, int port)
    {
        _ = host ?? throw new ArgumentNullException(nameof(host));
        if (!IsHost(host))
        {
            throw new ArgumentException("A listener's host is an IP address or a host name.", nameof(host));
        }

        if (port is < 1 or > 65535)
        {
            throw new ArgumentOutOfRangeException(nameof(port), port, "A port is a number from 1 to 65535.");
        }

        Host = host.Trim('[', ']');
        Port = port;
    }

    /// <summary>The IP address, an IPv6 one without brackets, or the host name. Never null.</summary>
    public string Host { get; }

    /// <summary>The TCP port, 1 to 65535.</summary>
    public int Port { get; }

    /// <summary>Whether both are the same address.</summary>
    public static bool operator ==(EbsAddress? left, EbsAddress? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether they are different addresses.</summary>
    public static bool operator !=(EbsAddress? left, EbsAddress? right) => !(left == right);

    /// <inheritdoc/>
    public bool Equals(EbsAddress? other) =>
        other is not null && Port == other.Port && string.Equals(Host, other.Host, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EbsAddress);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((StringComparer.OrdinalIgnoreCase.GetHashCode(Host) * 397) ^ Port);

    /// <summary>Host and port, as in <c>127.0.0.1:8888</c> or <c>[::1]:8888</c>.</summary>
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
