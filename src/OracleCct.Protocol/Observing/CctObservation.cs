using System;

namespace OracleCct.Protocol;

/// <summary>Represents something that happened, for an <see cref="ICctObserver"/>.</summary>
/// <remarks>
/// Every observation is one of the sealed records of this library. Immutable, and safe to use from several threads. No text that the library creates contains a
/// password.
/// </remarks>
public abstract record CctObservation
{
    private protected CctObservation()
    {
    }

    /// <summary>Gets when it began.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Gets how long it took. Zero for what takes no time.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Returns a line of a transcript, without its end.</summary>
    internal string ToJson()
    {
        var line = new JsonLine();
        line.Add("time", At);
        WriteTo(line);
        line.Add("ms", Duration);
        return line.ToString();
    }

    /// <summary>Gets whether it contains a text that is not the library's own and may contain a password.</summary>
    internal virtual bool HoldsForeignText => false;

    internal abstract void WriteTo(JsonLine line);
}
