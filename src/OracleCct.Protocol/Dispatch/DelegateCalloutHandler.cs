using System;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>A handler whose own type says nothing about where it came from.</summary>
internal interface IDescribedHandler
{
    string Description { get; }
}

internal sealed class DelegateCalloutHandler<TCallout>(Func<TCallout, CalloutContext, CancellationToken, ValueTask<CalloutReply>> handle)
    : ICalloutHandler<TCallout>, IDescribedHandler
    where TCallout : Callout
{
    public Delegate Delegate => handle;

    public string Description => $"the delegate {handle.Method.DeclaringType?.FullName}.{handle.Method.Name}";

    public ValueTask<CalloutReply> HandleAsync(TCallout callout, CalloutContext context, CancellationToken cancellationToken) =>
        handle(callout, context, cancellationToken);
}
