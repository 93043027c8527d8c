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

    // The target, not the method's reflected type: the latter is not there in a trimmed program.
    public string Description => $"a delegate of {handle.Target?.GetType().FullName ?? "a static method"}";

    public ValueTask<CalloutReply> HandleAsync(TCallout callout, CalloutContext context, CancellationToken cancellationToken) =>
        handle(callout, context, cancellationToken);
}
