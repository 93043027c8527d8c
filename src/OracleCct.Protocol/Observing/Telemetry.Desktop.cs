using System;

namespace OracleCct.Protocol;

internal static partial class Telemetry
{
    /// <param name="change">1: an event has begun to wait for its turn; -1: it waits no more and is not being sent either.</param>
    public static void EventQueued(int change)
    {
    }

    /// <param name="eventName">The event's name.</param>
    /// <param name="outcome">The status of its delivery, or the reason where it was not sent: one of a fixed set of words.</param>
    /// <param name="attempts">How often it was tried.</param>
    /// <param name="duration">From when it was asked for until the outcome.</param>
    public static void EventEnded(string eventName, string outcome, int attempts, TimeSpan duration)
    {
    }
}
