namespace OracleCct.Protocol;

/// <summary>
/// Represents an entry of <see cref="CctDiagnostics.TraceSource"/>: the data that a <see cref="System.Diagnostics.TraceListener"/> receives. Observers do not
/// receive it.
/// </summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record DiagnosticObservation : CctObservation
{
    /// <summary>Gets the message that failed, or the problem. Never <see langword="null"/>.</summary>
    public required CctObservation Observation { get; init; }

    /// <summary>
    /// Gets the whole text, which may have several lines: what failed, the findings of the rules, and the type, text and stack of an exception, with asterisks
    /// for each secret of the callout. Never <see langword="null"/>.
    /// </summary>
    public required string Text { get; init; }

    internal static DiagnosticObservation Of(CctObservation observation, string text) =>
        new() { At = observation.At, Duration = observation.Duration, Observation = observation, Text = text };

    internal override void WriteTo(JsonLine line)
    {
        line.Add("kind", "diagnostic");
        line.Add("message", Text);
    }

    /// <summary>Returns <see cref="Text"/>.</summary>
    public override string ToString() => Text;
}
