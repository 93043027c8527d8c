using System;

namespace OracleCct.Protocol;

/// <summary>Represents the options of <see cref="AgentDesktops"/>: how they queue and retry events.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record AgentDesktopOptions
{
    /// <summary>Initializes options with the defaults.</summary>
    public AgentDesktopOptions()
    {
    }

    /// <summary>Initializes options, also from languages that cannot set <c>init</c> properties. <see langword="null"/> keeps a default.</summary>
    /// <param name="queueCapacity"><see cref="QueueCapacity"/>.</param>
    /// <param name="screenPops"><see cref="ScreenPops"/>.</param>
    /// <param name="screenPopTimeToLive"><see cref="ScreenPopTimeToLive"/>.</param>
    /// <param name="sessionTimeToLive"><see cref="SessionTimeToLive"/>.</param>
    /// <param name="firstRetryDelay"><see cref="FirstRetryDelay"/>.</param>
    /// <param name="maxRetryDelay"><see cref="MaxRetryDelay"/>.</param>
    /// <param name="retryUnknown"><see cref="RetryUnknown"/>.</param>
    /// <param name="shutdownTimeout"><see cref="ShutdownTimeout"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is not allowed; see its property.</exception>
    public AgentDesktopOptions(
        int? queueCapacity = null,
        ScreenPopRuleOptions? screenPops = null,
        TimeSpan? screenPopTimeToLive = null,
        TimeSpan? sessionTimeToLive = null,
        TimeSpan? firstRetryDelay = null,
        TimeSpan? maxRetryDelay = null,
        bool? retryUnknown = null,
        TimeSpan? shutdownTimeout = null)
    {
        QueueCapacity = queueCapacity ?? QueueCapacity;
        ScreenPops = screenPops ?? ScreenPops;
        ScreenPopTimeToLive = screenPopTimeToLive ?? ScreenPopTimeToLive;
        SessionTimeToLive = sessionTimeToLive ?? SessionTimeToLive;
        FirstRetryDelay = firstRetryDelay ?? FirstRetryDelay;
        MaxRetryDelay = maxRetryDelay ?? MaxRetryDelay;
        RetryUnknown = retryUnknown ?? RetryUnknown;
        ShutdownTimeout = shutdownTimeout ?? ShutdownTimeout;
    }

    /// <summary>
    /// Gets how many events of one agent may be queued, including the one that is being sent. A further event ends at once as
    /// <see cref="NotSentReason.QueueFull"/>.
    /// </summary>
    /// <value>64 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 1 to 10,000.</exception>
    public int QueueCapacity
    {
        get;
        init => field = value is >= 1 and <= 10_000
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The capacity is not valid. Use a value from 1 to 10,000.");
    } = 64;

    /// <summary>Gets how screen pops are checked, and the caller's number rewritten, before they are sent.</summary>
    /// <value>
    /// The defaults of <see cref="ScreenPopRuleOptions"/>: the caller's number is reduced to digits, and pops that fail in every form are refused. Never null.
    /// </value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public ScreenPopRuleOptions ScreenPops { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();

    /// <summary>
    /// Gets how long a ScreenPop may be queued and retried, from the request: a later pop is worse than none. It also applies to an event that does not belong
    /// to a call.
    /// </summary>
    /// <value>15 seconds by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not greater than zero, or is more than a day.</exception>
    public TimeSpan ScreenPopTimeToLive { get; init => field = PositiveAndUpToADay(value); } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Gets how long CallEstablished and CallReleased may be queued and retried, from the request for the call's ScreenPop. Each has at least
    /// <see cref="ScreenPopTimeToLive"/> from its own request, and is tried at least once.
    /// </summary>
    /// <value>8 hours by default: a shift.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not greater than zero, or is more than a day.</exception>
    public TimeSpan SessionTimeToLive { get; init => field = PositiveAndUpToADay(value); } = TimeSpan.FromHours(8);

    /// <summary>
    /// Gets the delay before the second try of an event that could not be sent. Each further delay is twice the previous one, up to
    /// <see cref="MaxRetryDelay"/>. A random factor from 0.5 to 1.5 keeps the agents from trying at the same moment.
    /// </summary>
    /// <value>200 milliseconds by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not greater than zero, or is more than a day.</exception>
    public TimeSpan FirstRetryDelay { get; init => field = PositiveAndUpToADay(value); } = TimeSpan.FromMilliseconds(200);

    /// <summary>Gets the longest delay between two tries, before the random factor.</summary>
    /// <value>2 seconds by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not greater than zero, or is more than a day.</exception>
    public TimeSpan MaxRetryDelay { get; init => field = PositiveAndUpToADay(value); } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Gets whether an event with the outcome <see cref="EventDeliveryStatus.Unknown"/> is retried. EBS may have received it, so that a ScreenPop may open a
    /// second window.
    /// </summary>
    /// <value>False by default.</value>
    public bool RetryUnknown { get; init; }

    /// <summary>Gets how long disposing waits for the queued events. Events that are still queued then end as <see cref="NotSentReason.Closed"/>.</summary>
    /// <value>5 seconds by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or more than a day.</exception>
    public TimeSpan ShutdownTimeout
    {
        get;
        init => field = value >= TimeSpan.Zero && value <= TimeSpan.FromDays(1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The timeout is not valid. Use a value from zero to one day.");
    } = TimeSpan.FromSeconds(5);

    private static TimeSpan PositiveAndUpToADay(TimeSpan value) => value > TimeSpan.Zero && value <= TimeSpan.FromDays(1)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "The time is not valid. Use a value greater than zero and at most one day.");
}
