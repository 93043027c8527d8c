using System;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>Reads addresses such as <c>sip:+14155550100@example.com;user=phone</c>. Do not trust them: callers choose their own.</summary>
internal static class SipAddress
{
    /// <summary>The maximum length of a number, far above the 15 digits of a number in international format.</summary>
    private const int MaxDigits = 30;

    private static readonly CallerNumberPolicy Digits = new();

    /// <returns>The digits of the caller's number, or <see langword="null"/> when it is withheld or the address contains a name instead.</returns>
    public static string? NumberOf(string? address) =>
        UserOf(address) is { } user && Digits.TryApply(user, out string? number) && number?.Length <= MaxDigits ? number : null;

    /// <returns>The decoded text between scheme and host, or <see langword="null"/> when it is empty.</returns>
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

        // The user part can also contain parameters and a password.
        string user = end < 0 ? "" : parts[1][..end].Split(';', ':')[0];
        return user.Length == 0 ? null : Uri.UnescapeDataString(user);
    }
}
