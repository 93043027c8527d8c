using System;
using System.Globalization;

namespace OracleCct.Samples;

/// <summary>Represents the address where baresip takes commands, such as <c>127.0.0.1:4444</c> or <c>[::1]:4444</c>.</summary>
internal sealed record BaresipPlace(string Host, int Port)
{
    public static BaresipPlace? Read(string text)
    {
        int colon = text.LastIndexOf(':');
        if (colon < 1 || !int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port is < 1 or > 65535)
        {
            return null;
        }

        string host = text[..colon];
        return Uri.CheckHostName(host) == UriHostNameType.Unknown ? null : new(host.Trim('[', ']'), port);
    }

    public override string ToString() => FormattableString.Invariant($"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}");
}
