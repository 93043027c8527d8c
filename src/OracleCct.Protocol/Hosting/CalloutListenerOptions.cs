using System;
using System.Linq;

namespace OracleCct.Protocol;

/// <summary>Represents the options of a <see cref="CalloutListener"/>.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record CalloutListenerOptions
{
    /// <summary>Initializes options with the defaults.</summary>
    public CalloutListenerOptions()
    {
    }

    /// <summary>Initializes options, also from languages that cannot set <c>init</c> properties. <see langword="null"/> keeps a default.</summary>
    /// <param name="port"><see cref="Port"/>.</param>
    /// <param name="host"><see cref="Host"/>.</param>
    /// <param name="pathPrefix"><see cref="PathPrefix"/>.</param>
    /// <param name="shutdownTimeout"><see cref="ShutdownTimeout"/>.</param>
    /// <exception cref="ArgumentException">A value is not allowed; see its property.</exception>
    public CalloutListenerOptions(int? port = null, string? host = null, string? pathPrefix = null, TimeSpan? shutdownTimeout = null)
    {
        Port = port ?? Port;
        Host = host ?? Host;
        PathPrefix = pathPrefix ?? PathPrefix;
        ShutdownTimeout = shutdownTimeout ?? ShutdownTimeout;
    }

    /// <summary>
    /// Gets the TCP port, which EBS's profile option "CCT: Basic Telephony: Third Party URL" names. 0 chooses any free port; <see cref="CalloutListener.Url"/>
    /// has it.
    /// </summary>
    /// <value>3107 by default, as in Oracle's guide.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 65535.</exception>
    public int Port { get; init => field = value == 0 ? 0 : Check.Port(value); } = 3107;

    /// <summary>
    /// Gets the host name or address to listen on. <c>localhost</c> accepts callouts of the same machine only, and needs no permission on Windows; <c>+</c>
    /// accepts them from everywhere.
    /// </summary>
    /// <value><c>localhost</c> by default; never null.</value>
    /// <exception cref="ArgumentException">
    /// The value is not a host name, an IPv4 address, <c>+</c> or <c>*</c>. The platform's listener does not support IPv6 addresses.
    /// </exception>
    public string Host
    {
        get;
        init => field = value is "+" or "*" || Uri.CheckHostName(value) is UriHostNameType.Dns or UriHostNameType.IPv4
            ? value
            : throw new ArgumentException($"\"{value}\" is not a valid host. Use a host name, an IPv4 address or +.", nameof(value));
    } = "localhost";

    /// <summary>Gets the path under which callouts arrive, such as <c>/cct/</c>. Missing slashes at its ends are added.</summary>
    /// <value><c>/</c> by default; never null.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentException">The value is not a path of letters, digits and <c>-._~</c> between single slashes.</exception>
    public string PathPrefix
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            string trimmed = value.Trim('/');
            if (trimmed.Length > 0 && !trimmed.Split('/').All(IsPlain))
            {
                throw new ArgumentException(
                    $"\"{value}\" is not a valid path prefix. Use letters, digits and -._~ between single slashes, such as /cct/.", nameof(value));
            }

            field = trimmed.Length == 0 ? "/" : $"/{trimmed}/";
        }
    } = "/";

    /// <summary>Gets how long <see cref="CalloutListener.StopAsync"/> waits for callouts that are running. After that, their handlers are cancelled.</summary>
    /// <value>10 seconds by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or longer than a day.</exception>
    public TimeSpan ShutdownTimeout { get; init => field = Check.UpToADay(value); } = TimeSpan.FromSeconds(10);

    private static bool IsPlain(string part) =>
        part is not ("" or "." or "..") && part.All(c => c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '.' or '_' or '~');
}
