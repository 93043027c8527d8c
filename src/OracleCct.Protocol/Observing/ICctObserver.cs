namespace OracleCct.Protocol;

/// <summary>Receives every inbound and outbound message with its outcome, for a log, a transcript or a display.</summary>
/// <remarks>
/// Pass it to an <see cref="ObserverHub"/>, which calls it for one observation after another. Messages do not wait for it, and its exceptions do not affect
/// them.
/// </remarks>
public interface ICctObserver
{
    /// <summary>Receives an observation.</summary>
    /// <param name="observation">One of the sealed records. Ignore the records that you do not know: later versions may add some.</param>
    void Observe(CctObservation observation);
}
