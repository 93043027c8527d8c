using System.Collections.Concurrent;

namespace OracleCct.Protocol.Tests.Support;

internal sealed class RecordingObserver : ICctObserver
{
    public ConcurrentQueue<CctObservation> Observations { get; } = new();

    public void Observe(CctObservation observation) => Observations.Enqueue(observation);
}
