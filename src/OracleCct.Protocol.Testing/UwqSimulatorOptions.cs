using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace OracleCct.Protocol.Testing;

/// <summary>Specifies how a simulator behaves.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record UwqSimulatorOptions
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(20);

    /// <summary>Initializes options with the defaults.</summary>
    public UwqSimulatorOptions()
    {
    }

    /// <summary>Initializes options, for languages without <c>init</c> properties. For each parameter, <see langword="null"/> keeps the default.</summary>
    /// <param name="queryEncoding">The value of <see cref="QueryEncoding"/>.</param>
    /// <param name="repeatAfterDeadConnection">The value of <see cref="RepeatAfterDeadConnection"/>.</param>
    /// <param name="checkStatusInterval">The value of <see cref="CheckStatusInterval"/>.</param>
    /// <param name="calloutTimeout">The value of <see cref="CalloutTimeout"/>.</param>
    /// <param name="expectationTimeout">The value of <see cref="ExpectationTimeout"/>.</param>
    /// <param name="forms">The value of <see cref="Forms"/>.</param>
    /// <param name="switchedOff">The value of <see cref="SwitchedOff"/>.</param>
    /// <param name="slowAnswerDelay">The value of <see cref="SlowAnswerDelay"/>.</param>
    /// <param name="maxMessages">The value of <see cref="MaxMessages"/>.</param>
    /// <param name="onMessage">The value of <see cref="OnMessage"/>.</param>
    /// <exception cref="ArgumentException">A value is not valid; the property says which values are.</exception>
    public UwqSimulatorOptions(
        UwqQueryEncoding? queryEncoding = null,
        bool? repeatAfterDeadConnection = null,
        TimeSpan? checkStatusInterval = null,
        TimeSpan? calloutTimeout = null,
        TimeSpan? expectationTimeout = null,
        EbsForms? forms = null,
        IReadOnlyList<string>? switchedOff = null,
        TimeSpan? slowAnswerDelay = null,
        int? maxMessages = null,
        Action<UwqMessage>? onMessage = null)
    {
        QueryEncoding = queryEncoding ?? QueryEncoding;
        RepeatAfterDeadConnection = repeatAfterDeadConnection ?? RepeatAfterDeadConnection;
        CheckStatusInterval = checkStatusInterval ?? CheckStatusInterval;
        CalloutTimeout = calloutTimeout ?? CalloutTimeout;
        ExpectationTimeout = expectationTimeout ?? ExpectationTimeout;
        Forms = forms;
        SwitchedOff = switchedOff ?? SwitchedOff;
        SlowAnswerDelay = slowAnswerDelay ?? SlowAnswerDelay;
        MaxMessages = maxMessages ?? MaxMessages;
        OnMessage = onMessage;
    }

    /// <summary>Gets how callouts are encoded.</summary>
    /// <value><see cref="UwqQueryEncoding.JavaUrlEncoder"/> by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enumeration.</exception>
    public UwqQueryEncoding QueryEncoding
    {
        get;
        init => field = value is >= UwqQueryEncoding.JavaUrlEncoder and <= UwqQueryEncoding.None
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The encoding is not valid. Use a member of UwqQueryEncoding.");
    }

    /// <summary>Gets whether a callout is sent once more when its connection ends without any answer, as Java's HTTP client does.</summary>
    /// <value>True by default.</value>
    public bool RepeatAfterDeadConnection { get; init; } = true;

    /// <summary>Gets the time from one CheckStatus to the next. <see cref="Timeout.InfiniteTimeSpan"/> disables CheckStatus.</summary>
    /// <value>60 seconds by default (inferred), measured by the simulator's clock.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero, negative or longer than 20 days.</exception>
    public TimeSpan CheckStatusInterval
    {
        get;
        init => field = value == Timeout.InfiniteTimeSpan ? value : Positive(value);
    }

    = TimeSpan.FromSeconds(60);

    /// <summary>Gets how long a callout waits for its reply, a repetition included.</summary>
    /// <value>30 seconds by default, in real time, whatever the simulator's clock is.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero, negative or longer than 20 days.</exception>
    public TimeSpan CalloutTimeout
    {
        get;
        init => field = Positive(value);
    }

    = TimeSpan.FromSeconds(30);

    /// <summary>Gets how long <see cref="UwqAgent.ExpectAsync{TEvent}"/> waits for an event.</summary>
    /// <value>10 seconds by default, in real time, whatever the simulator's clock is.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero, negative or longer than 20 days.</exception>
    public TimeSpan ExpectationTimeout
    {
        get;
        init => field = Positive(value);
    }

    = TimeSpan.FromSeconds(10);

    /// <summary>Gets the forms by whose rules screen pops are checked.</summary>
    /// <value>
    /// Null by default: the forms are not known. Pops are then checked for all four, and what only some of them fail on is a problem of severity
    /// <see cref="UwqProblemSeverity.Warning"/>.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is <see cref="EbsForms.None"/>, or not a valid combination.</exception>
    public EbsForms? Forms
    {
        get;
        init => field = value is null or (> EbsForms.None and <= EbsForms.All)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, "The value does not name a form. Combine members of EbsForms other than None, or use null.");
    }

    /// <summary>Gets the codes of the checks that are switched off, such as <c>UWQ108</c> or <c>CCT126</c>.</summary>
    /// <value>Empty by default; never null. Sorted by code, each code once.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentException">A code is in neither <see cref="UwqRules.All"/> nor <see cref="ScreenPopRules.All"/>.</exception>
    public IReadOnlyList<string> SwitchedOff
    {
        get;
        init
        {
            _ = value ?? throw new ArgumentNullException(nameof(value));
            field = value.All(UwqRules.Has)
                ? new ValueList<string>(value.Distinct(StringComparer.Ordinal).OrderBy(code => code, StringComparer.Ordinal))
                : throw new ArgumentException(
                    "A code is not that of a check. Use codes of UwqRules.All or ScreenPopRules.All, such as UWQ108 or CCT126.", nameof(value));
        }
    }

    = new ValueList<string>([]);

    /// <summary>Gets how long an agent's listener with <see cref="UwqFault.Slow"/> waits before it answers.</summary>
    /// <value>2 seconds by default, measured by the simulator's clock.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero, negative or longer than 20 days.</exception>
    public TimeSpan SlowAnswerDelay
    {
        get;
        init => field = Positive(value);
    }

    = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Gets how many messages are kept; also how many problems, calls, and events of an agent that no expectation has taken yet. The oldest are forgotten
    /// first.
    /// </summary>
    /// <value>10,000 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 1 to 1,000,000.</exception>
    public int MaxMessages
    {
        get;
        init => field = value is >= 1 and <= 1_000_000
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The number of messages is out of range. Use 1 to 1,000,000.");
    }

    = 10_000;

    /// <summary>
    /// Gets the delegate that receives each message when it is complete: a callout with its reply, an event before it is answered. Several threads may call it
    /// at once. An exception that it throws becomes the problem UWQ301.
    /// </summary>
    /// <value>Null by default.</value>
    public Action<UwqMessage>? OnMessage { get; init; }

    private static TimeSpan Positive(TimeSpan value) =>
        value > TimeSpan.Zero && value <= Longest
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The duration is out of range. Use more than zero and at most 20 days.");
}
