using System;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>Reports every callout before a handler runs. A program can write a log here.</summary>
internal sealed class WatchedDispatcher(ICalloutDispatcher inner, Action<Callout> onCallout) : ICalloutDispatcher
{
    public ValueTask<CalloutReply> DispatchAsync(Callout callout, CalloutContext context, CancellationToken cancellationToken = default)
    {
        onCallout(callout);
        return inner.DispatchAsync(callout, context, cancellationToken);
    }
}
