namespace OracleCct.Protocol;

/// <summary>Is told of every message in and out and what became of it: the place for a log, a transcript or a display.</summary>
/// <remarks>
/// Give it to an <see cref="ObserverHub"/>, which calls it for one observation after the other, off the path of the messages. So it may take its time, and what
/// it throws harms nobody.
/// </remarks>
public interface ICctObserver
{
    /// <summary>Takes note of something that has happened.</summary>
    /// <param name="observation">One of the sealed records. Pass over those that are not known: later versions may have more.</param>
    void Observe(CctObservation observation);
}
