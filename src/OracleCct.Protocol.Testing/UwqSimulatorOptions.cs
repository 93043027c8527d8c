using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace OracleCct.Protocol.Testing;

/// <summary>How the simulator behaves.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record UwqSimulatorOptions
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(20);

    /// <summary>How callouts are encoded.</summary>
    /// <value><see cref="UwqQueryEncoding.JavaUrlEncoder"/> by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enum's.</exception>
    public UwqQueryEncoding QueryEncoding
    {
        get;
        init => field = value is >= UwqQueryEncoding.JavaUrlEncoder and <= UwqQueryEncoding.None
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such encoding.");
    }

    /// <summary>Whether a callout is sent once more when its connection ends without any answer, as Java's HTTP client does.</summary>
    /// <value>True by default.</value>
    public bool RepeatAfterDeadConnection { get; init; } = true;

    /// <summary>How long after one CheckStatus the next is sent. <see cref="Timeout.InfiniteTimeSpan"/>: never.</summary>
    /// <value>60 seconds by default (inferred), measured by <see cref="TimeProvider"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero, negative or longer than 20 days.</exception>
    public TimeSpan CheckStatusInterval
    {
        get;
        init => field = value == Timeout.InfiniteTimeSpan ? value : Positive(value);
    }

    = TimeSpan.FromSeconds(60);

    /// <summary>How long a callout waits for its reply, a repetition included.</summary>
    /// <value>30 seconds by default, in real time whatever <see cref="TimeProvider"/> is.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero, negative or longer than 20 days.</exception>
    public TimeSpan CalloutTimeout
    {
        get;
        init => field = Positive(value);
    }

    = TimeSpan.FromSeconds(30);

    /// <summary>How long <see cref="UwqAgent.ExpectAsync{TEvent}"/> waits for an event.</summary>
    /// <value>10 seconds by default, in real time whatever <see cref="TimeProvider"/> is.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero, negative or longer than 20 days.</exception>
    public TimeSpan ExpectationTimeout
    {
        get;
        init => field = Positive(value);
    }

    = TimeSpan.FromSeconds(10);

    /// <summary>Gets the forms by whose rules screen pops are checked.</summary>
    /// <value>
    /// Null by default: the forms are not known. Pops are then checked for all four, and what only some of them fail on is a problem of severity <see cref="UwqProblemSeverity.Warning"/>.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is <see cref="EbsForms.None"/>, or not a valid combination.</exception>
    public EbsForms? Forms
    {
        get;
        init => field = value is null or (> EbsForms.None and <= EbsForms.All)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The value does not name a form. Combine members of EbsForms other than None, or use null.");
    }

    /// <summary>The codes of the checks that do not count, such as <c>UWQ108</c> or <c>CCT126</c>.</summary>
    /// <value>Empty by default; never null. In the order of their codes, each once.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentException">A code is neither of <see cref="UwqRules.All"/> nor of <see cref="ScreenPopRules.All"/>.</exception>
    public IReadOnlyList<string> SwitchedOff
    {
        get;
        init
        {
            _ = value ?? throw new ArgumentNullException(nameof(value));
            field = value.All(UwqRules.Has)
                ? new ValueList<string>(value.Distinct(StringComparer.Ordinal).OrderBy(code => code, StringComparer.Ordinal))
                : throw new ArgumentException("A code is one of UwqRules.All or ScreenPopRules.All, such as UWQ108 or CCT126.", nameof(value));
        }
    }

    = new ValueList<string>([]);

    /// <summary>How long an agent's listener with <see cref="UwqFault.Slow"/> waits before it answers.</summary>
    /// <value>2 seconds by default, measured by <see cref="TimeProvider"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero, negative or longer than 20 days.</exception>
    public TimeSpan SlowAnswerDelay
    {
        get;
        init => field = Positive(value);
    }

    = TimeSpan.FromSeconds(2);

    /// <summary>The clock of the messages, of CheckStatus and of slow answers.</summary>
    /// <value><see cref="TimeProvider.System"/> by default; never null.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public TimeProvider TimeProvider
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    }

    = TimeProvider.System;

    /// <summary>How many messages are kept, and as many problems, calls, and events of an agent that no expectation has taken yet. The oldest are forgotten first.</summary>
    /// <value>10,000 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 1 to 1,000,000.</exception>
    public int MaxMessages
    {
        get;
        init => field = value is >= 1 and <= 1_000_000 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "From 1 to 1,000,000 messages can be kept.");
    }

    = 10_000;

    /// <summary>
    /// Told of each message once it is complete: a callout with its reply, an event before it is answered. Several threads may call it at once. What it throws becomes the problem UWQ301.
    /// </summary>
    /// <value>Null by default: nobody is told.</value>
    public Action<UwqMessage>? OnMessage { get; init; }

    private static TimeSpan Positive(TimeSpan value) =>
        value > TimeSpan.Zero && value <= Longest ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A duration is longer than zero and at most 20 days.");
}
