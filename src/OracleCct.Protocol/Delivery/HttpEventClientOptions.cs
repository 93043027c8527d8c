using System;
using System.Threading;

namespace OracleCct.Protocol;

/// <summary>How an <see cref="HttpEventClient"/> reaches EBS.</summary>
/// <remarks>Immutable, and safe to use from several threads. Neither scheme nor path of EBS's listener is documented.</remarks>
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

    /// <summary>The scheme: <c>http</c> or <c>https</c>.</summary>
    /// <value><c>http</c> by default; never null.</value>
    /// <exception cref="ArgumentException">The value is another one.</exception>
    public string Scheme
    {
        get;
        init => field = value is "http" or "https" ? value : throw new ArgumentException("The scheme is http or https.", nameof(value));
    } = "http";

    /// <summary>The path, from its leading slash on; a query string may follow.</summary>
    /// <value><c>/</c> by default; never null.</value>
    /// <exception cref="ArgumentException">The value is null or does not begin with a slash.</exception>
    public string Path
    {
        get;
        init => field = !string.IsNullOrEmpty(value) && value[0] == '/' ? value : throw new ArgumentException("The path begins with a slash.", nameof(value));
    } = "/";

    /// <summary>How long one event may take, from looking up the address to the end of EBS's answer.</summary>
    /// <value>10 seconds by default. <see cref="Timeout.InfiniteTimeSpan"/> is not allowed: every wait has an end.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not greater than zero, or is more than a day.</exception>
    public TimeSpan Timeout
    {
        get;
        init => field = value > TimeSpan.Zero && value <= TimeSpan.FromDays(1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A time limit is greater than zero and at most a day.");
    } = TimeSpan.FromSeconds(10);

    /// <summary>How many bytes of EBS's answer are kept for diagnosis; the rest is not read.</summary>
    /// <value>65536 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or more than 16 MiB.</exception>
    public int MaxResponseLength
    {
        get;
        init => field = value is >= 0 and <= 1 << 24 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The limit is from 0 to 16 MiB.");
    } = 65536;
}
