using System;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>Shows every callout to somebody before it is carried out. The place for a log.</summary>
internal sealed class WatchedDispatcher(ICalloutDispatcher inner, Action<Callout> onCallout) : ICalloutDispatcher
{
    public ValueTask<CalloutReply> DispatchAsync(Callout callout, CalloutContext context, CancellationToken cancellationToken = default)
    {
        onCallout(callout);
        return inner.DispatchAsync(callout, context, cancellationToken);
    }
}
