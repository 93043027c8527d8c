using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>A handler of some kind of callout, called with one of that kind.</summary>
internal delegate ValueTask<CalloutReply> CalloutInvoker(Callout callout, CalloutContext context, CancellationToken cancellationToken);

/// <summary>The handlers of a softphone, at most one for each kind of callout.</summary>
/// <remarks>
/// Fill it, then give it to a <see cref="CalloutDispatcher"/>, which takes a copy. With a container, <c>AddOracleCct</c> fills it. Not safe to fill from several threads.
/// </remarks>
public sealed class CalloutHandlers
{
    private readonly Dictionary<Type, Registration> _registrations = [];

    /// <summary>Sets the handler of one kind of callout.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="handler"/> is null.</exception>
    /// <exception cref="ArgumentException"><typeparamref name="TCallout"/> is not one of the sealed records.</exception>
    /// <exception cref="InvalidOperationException">The callout has a handler already; the message names both.</exception>
    public CalloutHandlers Handle<TCallout>(Func<TCallout, CalloutContext, CancellationToken, ValueTask<CalloutReply>> handler)
        where TCallout : Callout =>
        Handle(new DelegateCalloutHandler<TCallout>(handler ?? throw new ArgumentNullException(nameof(handler))));

    /// <summary>Sets the handler of one kind of callout.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="handler"/> is null.</exception>
    /// <exception cref="ArgumentException"><typeparamref name="TCallout"/> is not one of the sealed records.</exception>
    /// <exception cref="InvalidOperationException">The callout has a handler already; the message names both.</exception>
    public CalloutHandlers Handle<TCallout>(ICalloutHandler<TCallout> handler)
        where TCallout : Callout
    {
        ArgumentNullException.ThrowIfNull(handler);
        ThrowIfNotConcrete<TCallout>();
        if (_registrations.TryGetValue(typeof(TCallout), out Registration? first))
        {
            throw SecondHandler(typeof(TCallout), first.Handler, handler);
        }

        _registrations.Add(typeof(TCallout), new(handler, (callout, context, token) => handler.HandleAsync((TCallout)callout, context, token)));
        return this;
    }

    internal static void ThrowIfNotConcrete<TCallout>()
        where TCallout : Callout
    {
        if (!typeof(TCallout).IsSealed)
        {
            throw new ArgumentException(
                $"{typeof(TCallout).Name} is no callout of its own. Handle one of the sealed records, such as {nameof(MakeCallCallout)}.", nameof(TCallout));
        }
    }

    /// <param name="callout">The callout's type.</param>
    /// <param name="first">A handler or its type.</param>
    /// <param name="second">A handler or its type.</param>
    internal static InvalidOperationException SecondHandler(Type callout, object first, object second) =>
        new($"{callout.Name} has two handlers, {Describe(first)} and {Describe(second)}. A callout is carried out once: remove one of them.");

    internal Dictionary<Type, CalloutInvoker> ToDictionary() => _registrations.ToDictionary(entry => entry.Key, entry => entry.Value.Invoke);

    private static string Describe(object handler) => handler switch
    {
        Type type => type.FullName ?? type.Name,
        IDescribedHandler described => described.Description,
        _ => handler.GetType().FullName ?? handler.GetType().Name,
    };

    private sealed class Registration(object handler, CalloutInvoker invoke)
    {
        public object Handler { get; } = handler;

        public CalloutInvoker Invoke { get; } = invoke;
    }
}
