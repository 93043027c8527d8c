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
/// <para>Safe to use from several threads. Listeners are called on the path of the messages: a slow one delays it, and what one throws is ignored.</para>
/// </remarks>
public static class CctDiagnostics
{
    /// <summary>Gets the trace source. Never <see langword="null"/>.</summary>
    public static TraceSource TraceSource { get; } = new(Telemetry.Name, SourceLevels.Warning);

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

        try
        {
            string text = string.Concat(observation, detail is null ? "" : $". {detail}", thrown is null ? "" : $"\n{thrown}");
            var data = new DiagnosticObservation { At = observation.At, Duration = observation.Duration, Observation = observation, Text = text };
            TraceSource.TraceData(level, (int)id, data);
        }
#pragma warning disable CA1031 // A listener that fails must not cost EBS its answer.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
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
}
