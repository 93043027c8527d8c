using System;

namespace OracleCct.Protocol;

/// <summary>Where a <see cref="CalloutListener"/> listens, and how it ends.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record CalloutListenerOptions
{
    /// <summary>The TCP port, which EBS's profile option "CCT: Basic Telephony: Third Party URL" names. 0: any free one, which <see cref="CalloutListener.Url"/> then tells.</summary>
    /// <value>3107 by default, as in Oracle's guide.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 65535.</exception>
    public int Port
    {
        get;
        init => field = value is >= 0 and <= 65535 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A port is a number from 0 to 65535.");
    } = 3107;

    /// <summary>
    /// The host name or address to listen on. <c>localhost</c> takes callouts of the same machine only, and needs no permission on Windows; <c>+</c> takes them from everywhere.
    /// </summary>
    /// <value><c>localhost</c> by default; never null.</value>
    /// <exception cref="ArgumentException">The value is null or empty.</exception>
    public string Host
    {
        get;
        init => field = string.IsNullOrEmpty(value) ? throw new ArgumentException("A host is needed.", nameof(value)) : value;
    } = "localhost";

    /// <summary>The path below which callouts are taken, such as <c>/cct/</c>; slashes at its ends are added.</summary>
    /// <value><c>/</c> by default; never null.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentException">The value is no plain path: it has an empty part, or a <c>%</c>, <c>?</c>, <c>#</c> or blank.</exception>
    public string PathPrefix
    {
        get;
        init
        {
            string trimmed = (value ?? throw new ArgumentNullException(nameof(value))).Trim('/');
            bool hasEmptyPart = Array.IndexOf(trimmed.Split('/'), "", 1) >= 0;
            if (hasEmptyPart || trimmed.IndexOfAny(['%', '?', '#', ' ']) >= 0)
            {
                throw new ArgumentException("A path prefix is a plain path, such as /cct/.", nameof(value));
            }

            field = trimmed.Length == 0 ? "/" : $"/{trimmed}/";
        }
    } = "/";

    /// <summary>How long stopping waits for callouts that are being carried out. After that their handlers are cancelled.</summary>
    /// <value>10 seconds by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan ShutdownTimeout
    {
        get;
        init => field = value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A time to wait is not negative.");
    } = TimeSpan.FromSeconds(10);
}
