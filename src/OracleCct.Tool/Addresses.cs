using System;
using System.Diagnostics.CodeAnalysis;
using OracleCct.Protocol;

namespace OracleCct.Tool;

/// <summary>Represents where EBS listens for events: an <see cref="EbsAddress"/> with scheme and path.</summary>
internal sealed record EventTarget(EbsAddress EbsAddress, HttpEventClientOptions Client);

/// <summary>Creates the option <c>--to</c> for both directions.</summary>
internal static class Addresses
{
    public static ParsedOption<Uri> Softphone() => new(
        "--to",
        "URL",
        "The URL where the softphone listens for callouts, as in EBS's profile option \"CCT: Basic Telephony: Third Party URL\".",
        "a URL such as http://localhost:3107/, without user and query",
        (string text, [MaybeNullWhen(false)] out Uri url) => TryParse(text, out url) && url.Scheme == Uri.UriSchemeHttp,
        "http://localhost:3107/");

    /// <summary>Creates the option without a default. EBS's documented port is not always the right one, and Register names the right one.</summary>
    public static ParsedOption<EventTarget> Ebs() => new(
        "--to",
        "ADDRESS",
        "The address where EBS listens for the agent's events, as Register named it: HOST:PORT or a URL.",
        "an address such as 127.0.0.1:8888 or http://127.0.0.1:8888/, without user and query",
        TryParseTarget)
    { Required = true };

    private static bool TryParseTarget(string text, [MaybeNullWhen(false)] out EventTarget target)
    {
        target = TryParse(text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text, out Uri? url)
            ? new(new EbsAddress(url.Host, url.Port), new() { Scheme = url.Scheme, Path = url.AbsolutePath })
            : null;
        return target is not null;
    }

    private static bool TryParse(string text, [NotNullWhen(true)] out Uri? url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0 && url.Port > 0
        && Uri.CheckHostName(url.Host) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;
}
