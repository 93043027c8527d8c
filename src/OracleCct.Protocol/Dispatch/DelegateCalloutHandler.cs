using System;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>Represents a handler that describes its origin better than its type does.</summary>
internal interface IDescribedHandler
{
    /// <summary>Gets the description for error messages.</summary>
    string Description { get; }
}

/// <summary>Handles a callout by a delegate.</summary>
internal sealed class DelegateCalloutHandler<TCallout> : ICalloutHandler<TCallout>, IDescribedHandler
    where TCallout : Callout
{
    private readonly Func<TCallout, CalloutContext, CancellationToken, ValueTask<CalloutReply>> _handle;

    public DelegateCalloutHandler(Func<TCallout, CalloutContext, CancellationToken, ValueTask<CalloutReply>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Delegate = handler;
        _handle = handler;
    }

    public DelegateCalloutHandler(Func<TCallout, CalloutReply> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Delegate = handler;
        _handle = (callout, _, _) => new(handler(callout));
    }

    /// <summary>Gets the delegate that was registered.</summary>
    public Delegate Delegate { get; }

    public string Description => $"the delegate {Delegate.Method.DeclaringType?.FullName}.{Delegate.Method.Name}";

    public ValueTask<CalloutReply> HandleAsync(TCallout callout, CalloutContext context, CancellationToken cancellationToken) =>
        _handle(callout, context, cancellationToken);
}

/// <summary>Answers every callout of one kind with <see cref="CalloutReply.Success"/>.</summary>
internal sealed class AcceptingCalloutHandler<TCallout> : ICalloutHandler<TCallout>, IDescribedHandler
    where TCallout : Callout
{
    public string Description => $"Accept<{typeof(TCallout).Name}>()";

    public ValueTask<CalloutReply> HandleAsync(TCallout callout, CalloutContext context, CancellationToken cancellationToken) => new(CalloutReply.Success);
}
