using System;
using System.Diagnostics.CodeAnalysis;

namespace OracleCct.Protocol;

/// <summary>Reads the value of a <c>Host</c> header.</summary>
internal static class HostHeader
{
    /// <summary>Splits a value into name and port.</summary>
    /// <param name="text">A name or an address, IPv6 in brackets, with or without a port.</param>
    /// <param name="name">The name or the address, with its brackets.</param>
    /// <param name="port">The digits. Null if there is no port.</param>
    public static bool TryRead(string text, [NotNullWhen(true)] out string? name, out string? port)
    {
        int end = text.Length > 0 && text[0] == '[' ? text.AsSpan().IndexOf(']') + 1 : text.AsSpan().IndexOf(':');
        name = end < 0 ? text : text.Substring(0, end);
        port = end >= 0 && end + 1 < text.Length && text[end] == ':' ? text.Substring(end + 1) : null;
        return name.Length > 0 && (end < 0 || end == text.Length || port is not null) && (port is null || IsNumber(port));
    }

    private static bool IsNumber(string text)
    {
        foreach (char c in text)
        {
            if (c is < '0' or > '9')
            {
                return false;
            }
        }

        return true;
    }
}
