using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq;
using System.Net;

namespace OracleCct.Protocol;

/// <summary>Reads an origin: the scheme, host and port of a page, in lower case and without the default port of the scheme.</summary>
internal static class WebOrigin
{
    /// <summary>Reads the origin of a URL.</summary>
    /// <param name="url">A URL, or an origin alone.</param>
    /// <param name="origin">The origin as a browser sends it.</param>
    /// <param name="length">The length of the origin in the text.</param>
    public static bool TryRead(string url, [NotNullWhen(true)] out string? origin, out int length)
    {
        origin = null;
        bool isSecure = url.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        int start = isSecure ? 8 : url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? 7 : -1;
        length = start < 0 ? -1 : url.IndexOfAny(['/', '?', '#', '\\'], start);
        length = length < 0 ? url.Length : length;
        if (start < 0 || !HostHeader.TryRead(url.Substring(start, length - start), out string? host, out string? port))
        {
            return false;
        }

        UriHostNameType kind = Uri.CheckHostName(host);
        int number = isSecure ? 443 : 80;
        if (kind is not (UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6)
            || host.Any(c => c > '~')
            || (port is not null && (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number is < 1 or > 65535)))
        {
            return false;
        }

        host = kind == UriHostNameType.IPv6 && IPAddress.TryParse(host, out IPAddress? address)
            ? $"[{new IPAddress(address.GetAddressBytes())}]"
            : host.ToLowerInvariant();
        string shownPort = number == (isSecure ? 443 : 80) ? "" : ":" + number.ToString(CultureInfo.InvariantCulture);
        origin = $"{(isSecure ? "https" : "http")}://{host}{shownPort}";
        return true;
    }
}
