using System;
using System.Linq;

namespace OracleCct.Protocol;

/// <summary>Where a <see cref="CalloutListener"/> listens, and how it ends.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record CalloutListenerOptions
{
    /// <summary>The TCP port, which EBS's profile option "CCT: Basic Telephony: Third Party URL" names. 0: any free one, which <see cref="CalloutListener.Url"/> then tells.</summary>
    /// <value>3107 by default, as in Oracle's guide.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 65535.</exception>
    public int Port { get; init => field = value == 0 ? 0 : Check.Port(value); } = 3107;

    /// <summary>
    /// The host name or address to listen on. <c>localhost</c> takes callouts of the same machine only, and needs no permission on Windows; <c>+</c> takes them from everywhere.
    /// </summary>
    /// <value><c>localhost</c> by default; never null.</value>
    /// <exception cref="ArgumentException">The value is neither a host name nor an IPv4 address, nor <c>+</c> or <c>*</c>. The platform's listener takes no IPv6 address.</exception>
    public string Host
    {
        get;
        init => field = value is "+" or "*" || Uri.CheckHostName(value) is UriHostNameType.Dns or UriHostNameType.IPv4
            ? value
            : throw new ArgumentException("The host is a name, an IPv4 address or +.", nameof(value));
    } = "localhost";

    /// <summary>The path below which callouts are taken, such as <c>/cct/</c>; slashes at its ends are added.</summary>
    /// <value><c>/</c> by default; never null.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentException">The value is no plain path of letters, digits and <c>-._~</c> between single slashes.</exception>
    public string PathPrefix
    {
        get;
        init
        {
            string trimmed = (value ?? throw new ArgumentNullException(nameof(value))).Trim('/');
            if (trimmed.Length > 0 && !trimmed.Split('/').All(IsPlain))
            {
                throw new ArgumentException("A path prefix is a plain path, such as /cct/.", nameof(value));
            }

            field = trimmed.Length == 0 ? "/" : $"/{trimmed}/";
        }
    } = "/";

    /// <summary>How long stopping waits for callouts that are being carried out. After that their handlers are cancelled.</summary>
    /// <value>10 seconds by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or more than a day.</exception>
    public TimeSpan ShutdownTimeout { get; init => field = Check.UpToADay(value); } = TimeSpan.FromSeconds(10);

    private static bool IsPlain(string part) =>
        part is not ("" or "." or "..") && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~');
}
