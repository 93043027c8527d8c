using System;

namespace OracleCct.Protocol;

/// <summary>How <see cref="AgentDesktops"/> queue and repeat events.</summary>
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
    /// How many events of one agent may wait, the one that is being sent included. One more is <see cref="NotSentReason.QueueFull"/> at once.
    /// </summary>
    /// <value>64 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 1 to 10,000.</exception>
    public int QueueCapacity
    {
        get;
        init => field = value is >= 1 and <= 10_000 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A capacity is from 1 to 10,000.");
    } = 64;

    /// <summary>How screen pops are checked, and the caller's number rewritten, before they are sent.</summary>
    /// <value>
    /// The defaults of <see cref="ScreenPopRuleOptions"/>: the caller's number is reduced to digits, and pops that fail in every form are refused. Never null.
    /// </value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public ScreenPopRuleOptions ScreenPops { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();

    /// <summary>
    /// How long a ScreenPop may wait and be tried again, from when it was asked for: a pop later than that is worse than none. It holds for an event that
    /// belongs to no call, too.
    /// </summary>
    /// <value>15 seconds by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not greater than zero, or is more than a day.</exception>
    public TimeSpan ScreenPopTimeToLive { get; init => field = PositiveAndUpToADay(value); } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long CallEstablished and CallReleased may wait and be tried again, from when the call's ScreenPop was asked for. Each has at least
    /// <see cref="ScreenPopTimeToLive"/> from when
    /// it was asked for itself, and is tried at least once.
    /// </summary>
    /// <value>8 hours by default: a shift.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not greater than zero, or is more than a day.</exception>
    public TimeSpan SessionTimeToLive { get; init => field = PositiveAndUpToADay(value); } = TimeSpan.FromHours(8);

    /// <summary>
    /// How long to wait before an event that could not be sent is tried for the second time. Each further wait is twice the one before, up to
    /// <see cref="MaxRetryDelay"/>. Chance makes each
    /// shorter or longer by up to a half, lest all agents try at the same moment.
    /// </summary>
    /// <value>200 milliseconds by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not greater than zero, or is more than a day.</exception>
    public TimeSpan FirstRetryDelay { get; init => field = PositiveAndUpToADay(value); } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait between two tries, before chance makes it shorter or longer.</summary>
    /// <value>2 seconds by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not greater than zero, or is more than a day.</exception>
    public TimeSpan MaxRetryDelay { get; init => field = PositiveAndUpToADay(value); } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Whether an event is tried again whose outcome is <see cref="EventDeliveryStatus.Unknown"/>. EBS may have got it, so a ScreenPop may then open a second
    /// window.
    /// </summary>
    /// <value>False by default.</value>
    public bool RetryUnknown { get; init; }

    /// <summary>How long disposing waits for the events that are queued. Those that are left then are <see cref="NotSentReason.Closed"/>.</summary>
    /// <value>5 seconds by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or more than a day.</exception>
    public TimeSpan ShutdownTimeout
    {
        get;
        init => field = value >= TimeSpan.Zero && value <= TimeSpan.FromDays(1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A time to wait is from zero to a day.");
    } = TimeSpan.FromSeconds(5);

    private static TimeSpan PositiveAndUpToADay(TimeSpan value) => value > TimeSpan.Zero && value <= TimeSpan.FromDays(1)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "A time is greater than zero and at most a day.");
}
