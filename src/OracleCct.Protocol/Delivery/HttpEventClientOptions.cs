using System;
using System.Threading;

namespace OracleCct.Protocol;

/// <summary>Represents the options of <see cref="HttpEventClient"/>: how it reaches EBS.</summary>
/// <remarks>Immutable, and safe to use from several threads. Oracle documents neither the scheme nor the path of EBS's listener.</remarks>
public sealed record HttpEventClientOptions
{
    /// <summary>Initializes options with the defaults.</summary>
    public HttpEventClientOptions()
    {
    }

    /// <summary>Initializes options, also from languages that cannot set <c>init</c> properties. <see langword="null"/> keeps a default.</summary>
    /// <param name="scheme"><see cref="Scheme"/>.</param>
    /// <param name="path"><see cref="Path"/>.</param>
    /// <param name="timeout"><see cref="Timeout"/>.</param>
    /// <param name="maxResponseLength"><see cref="MaxResponseLength"/>.</param>
    /// <exception cref="ArgumentException">A value is not allowed; see its property.</exception>
    public HttpEventClientOptions(string? scheme = null, string? path = null, TimeSpan? timeout = null, int? maxResponseLength = null)
    {
        Scheme = scheme ?? Scheme;
        Path = path ?? Path;
        Timeout = timeout ?? Timeout;
        MaxResponseLength = maxResponseLength ?? MaxResponseLength;
    }

    /// <summary>Gets the scheme: <c>http</c> or <c>https</c>.</summary>
    /// <value><c>http</c> by default; never null.</value>
    /// <exception cref="ArgumentException">The value is not one of these.</exception>
    public string Scheme
    {
        get;
        init => field = value is "http" or "https" ? value : throw new ArgumentException("The scheme is not valid. Use http or https.", nameof(value));
    } = "http";

    /// <summary>Gets the path, which starts with a slash. A query string may follow.</summary>
    /// <value><c>/</c> by default; never null.</value>
    /// <exception cref="ArgumentException">The value is null or does not begin with a slash.</exception>
    public string Path
    {
        get;
        init => field = !string.IsNullOrEmpty(value) && value[0] == '/'
            ? value
            : throw new ArgumentException("The path is not valid. Start it with a slash.", nameof(value));
    } = "/";

    /// <summary>Gets how long one event may take, from the look-up of the host to the end of EBS's answer.</summary>
    /// <value>10 seconds by default. <see cref="Timeout.InfiniteTimeSpan"/> is not allowed.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not greater than zero, or is more than a day.</exception>
    public TimeSpan Timeout
    {
        get;
        init => field = value > TimeSpan.Zero && value <= TimeSpan.FromDays(1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The timeout is not valid. Use a value greater than zero and at most one day.");
    } = TimeSpan.FromSeconds(10);

    /// <summary>Gets how many bytes of EBS's answer are kept for diagnosis. The rest is not read.</summary>
    /// <value>65536 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or more than 16 MiB.</exception>
    public int MaxResponseLength
    {
        get;
        init => field = value is >= 0 and <= 1 << 24
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The limit is not valid. Use a value from 0 to 16 MiB.");
    } = 65536;
}
