using System;

namespace OracleCct.Protocol;

/// <summary>Something that has happened, told to an <see cref="ICctObserver"/>.</summary>
/// <remarks>
/// The family is closed: an observation is one of the sealed records of this library. Immutable, and safe to use from several threads. No text in it that the
/// library has made holds a password.
/// </remarks>
public abstract record CctObservation
{
    private protected CctObservation()
    {
    }

    /// <summary>When it began.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How long it took. Zero for what takes no time.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>A line of a transcript, without its end.</summary>
    internal string ToJson()
    {
        var line = new JsonLine();
        line.Add("time", At);
        WriteTo(line);
        line.Add("ms", Duration);
        return line.ToString();
    }

    /// <summary>Whether it holds a text that is not the library's own, which may show a password.</summary>
    internal virtual bool HoldsForeignText => false;

    internal abstract void WriteTo(JsonLine line);
}
