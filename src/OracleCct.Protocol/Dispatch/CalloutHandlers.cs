using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>Calls the handler of one kind of callout with a callout of that kind.</summary>
internal delegate ValueTask<CalloutReply> CalloutInvoker(Callout callout, CalloutContext context, CancellationToken cancellationToken);

/// <summary>Represents the handlers of a softphone, at most one for each kind of callout.</summary>
/// <remarks>
/// Add the handlers, then pass this to a <see cref="CalloutDispatcher"/>, which takes a copy. With dependency injection, <c>AddOracleCct</c> fills it. Not safe
/// to fill from several threads at once.
/// </remarks>
public sealed class CalloutHandlers
{
    private readonly Dictionary<Type, Registration> _registrations = [];

    /// <summary>Adds a handler that answers one kind of callout at once.</summary>
    /// <typeparam name="TCallout">The callout: one of the sealed records, such as <see cref="MakeCallCallout"/>.</typeparam>
    /// <param name="handler">Carries out the callout and returns the reply. An exception becomes an Error reply.</param>
    /// <returns>This instance.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="handler"/> is null.</exception>
    /// <exception cref="ArgumentException"><typeparamref name="TCallout"/> is not one of the sealed records.</exception>
    /// <exception cref="InvalidOperationException">The callout already has a handler. The message names both.</exception>
    public CalloutHandlers Handle<TCallout>(Func<TCallout, CalloutReply> handler)
        where TCallout : Callout =>
        AddHandler(new DelegateCalloutHandler<TCallout>(handler));

    /// <summary>Adds an asynchronous handler of one kind of callout.</summary>
    /// <typeparam name="TCallout">The callout: one of the sealed records, such as <see cref="MakeCallCallout"/>.</typeparam>
    /// <param name="handler">
    /// Carries out the callout and returns the reply. Its token is cancelled at the deadline and when the host stops. An exception becomes an Error reply.
    /// </param>
    /// <returns>This instance.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="handler"/> is null.</exception>
    /// <exception cref="ArgumentException"><typeparamref name="TCallout"/> is not one of the sealed records.</exception>
    /// <exception cref="InvalidOperationException">The callout already has a handler. The message names both.</exception>
    public CalloutHandlers HandleAsync<TCallout>(Func<TCallout, CalloutContext, CancellationToken, ValueTask<CalloutReply>> handler)
        where TCallout : Callout =>
        AddHandler(new DelegateCalloutHandler<TCallout>(handler));

    /// <summary>Answers one kind of callout with <see cref="CalloutReply.Success"/>.</summary>
    /// <typeparam name="TCallout">The callout: one of the sealed records, such as <see cref="ReadyCallout"/>.</typeparam>
    /// <returns>This instance.</returns>
    /// <exception cref="ArgumentException"><typeparamref name="TCallout"/> is not one of the sealed records.</exception>
    /// <exception cref="InvalidOperationException">The callout already has a handler. The message names both.</exception>
    public CalloutHandlers Accept<TCallout>()
        where TCallout : Callout =>
        AddHandler(new AcceptingCalloutHandler<TCallout>());

    /// <summary>Adds an object that handles one kind of callout.</summary>
    /// <typeparam name="TCallout">The callout: one of the sealed records, such as <see cref="MakeCallCallout"/>.</typeparam>
    /// <param name="handler">The handler.</param>
    /// <returns>This instance.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="handler"/> is null.</exception>
    /// <exception cref="ArgumentException"><typeparamref name="TCallout"/> is not one of the sealed records.</exception>
    /// <exception cref="InvalidOperationException">The callout already has a handler. The message names both.</exception>
    public CalloutHandlers AddHandler<TCallout>(ICalloutHandler<TCallout> handler)
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
                $"{typeof(TCallout).Name} is not a single kind of callout. Handle one of the sealed records, such as {nameof(MakeCallCallout)}.", nameof(TCallout));
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
