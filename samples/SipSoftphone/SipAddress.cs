using System;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>What an address such as <c>sip:+14155550100@example.com;user=phone</c> says. Callers write theirs themselves.</summary>
internal static class SipAddress
{
    /// <summary>Far above the 15 digits of a number in international form.</summary>
    private const int MaxDigits = 30;

    private static readonly CallerNumberPolicy Digits = new();

    /// <returns>The digits of the caller's number; null where it is withheld or the address has a name instead.</returns>
    public static string? NumberOf(string? address) =>
        UserOf(address) is { } user && Digits.TryApply(user, out string? number) && number?.Length <= MaxDigits ? number : null;

    /// <returns>What stands between scheme and host, decoded; null where that is nothing.</returns>
    public static string? UserOf(string? address)
    {
        string[] parts = (address ?? "").Trim().Split(':', 2);
        if (parts.Length < 2)
        {
            return null;
        }

        int end = parts[0].ToUpperInvariant() switch
        {
            "SIP" or "SIPS" => parts[1].IndexOf('@', StringComparison.Ordinal),
            "TEL" => parts[1].Length,
            _ => -1,
        };

        // Parameters and a password may stand in it, too.
        string user = end < 0 ? "" : parts[1][..end].Split(';', ':')[0];
        return user.Length == 0 ? null : Uri.UnescapeDataString(user);
    }
}
