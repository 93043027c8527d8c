using System;
using System.Diagnostics;

namespace OracleCct.Protocol;

/// <summary>Provides the trace source to which the library writes every failure, without any set-up and without observers.</summary>
/// <remarks>
/// <para>
/// Its name is <c>OracleCct.Protocol</c>, its level is <see cref="SourceLevels.Warning"/>, and its listener is the platform's own, which writes to the output
/// window of a debugger. On .NET Framework an app.config changes all of that. On .NET, <c>CctDiagnostics.TraceSource.Switch.Level = SourceLevels.Off</c> turns
/// it off, and <c>CctDiagnostics.TraceSource.Listeners</c> takes other listeners.
/// </para>
/// <para>The data of each entry is a <see cref="DiagnosticObservation"/>. No entry shows the password of a callout, even if a handler's exception does.</para>
/// <para>
/// Safe to use from several threads. Listeners are called on a thread-pool thread, with one entry after another, in order, so that a slow one delays no
/// message, and what one throws is ignored. At most 1,000 entries wait. When the listeners are that far behind, further entries are dropped, and an entry with
/// their number takes their place. Call <see cref="Flush"/> before the process ends. <see cref="TelephonyAdapter.DisposeAsync"/> does it, for up to 1 second.
/// </para>
/// </remarks>
public static class CctDiagnostics
{
    private static readonly DiagnosticQueue Queue = new(static entry => TraceSource!.TraceData(entry.Level, (int)entry.Id, entry.Data));

    /// <summary>Gets the trace source. Never <see langword="null"/>.</summary>
    public static TraceSource TraceSource { get; } = new(Telemetry.Name, SourceLevels.Warning);

    /// <summary>Blocks until the listeners have received every entry up to now, or until a timeout.</summary>
    /// <remarks>A listener must not call it: it would wait for itself until the timeout.</remarks>
    /// <param name="timeout">How long to wait at most.</param>
    /// <returns>True when the listeners have received the entries; false after the timeout.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative or longer than <see cref="int.MaxValue"/> milliseconds.</exception>
    public static bool Flush(TimeSpan timeout) => timeout >= TimeSpan.Zero && timeout.TotalMilliseconds <= int.MaxValue
        ? Queue.Flush(timeout)
        : throw new ArgumentOutOfRangeException(nameof(timeout), timeout, "The timeout is out of range. Pass zero to int.MaxValue milliseconds.");

    /// <summary>Returns whether entries of a level have a listener. Ask before you build one.</summary>
    internal static bool IsOn(TraceEventType level)
    {
        try
        {
            return TraceSource.Switch.ShouldTrace(level) && TraceSource.Listeners.Count > 0;
        }
#pragma warning disable CA1031 // The configuration of the application may be broken.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    /// <summary>Writes an entry, if its level has a listener.</summary>
    /// <param name="level">The level.</param>
    /// <param name="id">The kind of the failure.</param>
    /// <param name="observation">The message or the problem.</param>
    /// <param name="detail">What its text does not say already. <see langword="null"/> is nothing.</param>
    /// <param name="thrown">The exception. <see langword="null"/> is none.</param>
    internal static void Write(TraceEventType level, DiagnosticId id, CctObservation observation, string? detail = null, ExceptionText? thrown = null)
    {
        if (!IsOn(level))
        {
            return;
        }

        string text = string.Concat(observation, detail is null ? "" : $". {detail}", thrown is null ? "" : $"\n{thrown}");
        Queue.Add(new(level, id, DiagnosticObservation.Of(observation, text)));
    }

    /// <summary>Writes a problem: an error when something was thrown, otherwise a warning.</summary>
    internal static void Write(ProblemObservation problem, CalloutSecrets secrets)
    {
        TraceEventType level = problem.Exception is null ? TraceEventType.Warning : TraceEventType.Error;
        if (IsOn(level))
        {
            Write(level, DiagnosticId.Problem, problem, detail: null, problem.Exception is { } exception ? new(exception, secrets) : null);
        }
    }
}

/// <summary>The ids of the entries. docs/telemetry.md lists them.</summary>
internal enum DiagnosticId
{
    CalloutFailed = 1,
    CalloutNotFinished = 2,
    CalloutRefused = 3,
    CalloutUnreadable = 4,
    EventNotDelivered = 5,
    AttemptFailed = 6,
    ObserverFailed = 7,
    Problem = 8,
    EntriesDropped = 9,
}
