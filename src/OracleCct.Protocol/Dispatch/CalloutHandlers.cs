using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>A handler of some kind of callout, called with one of that kind.</summary>
internal delegate ValueTask<CalloutReply> CalloutInvoker(Callout callout, CalloutContext context, CancellationToken cancellationToken);

/// <summary>Holds the handlers of a softphone, at most one for each kind of callout.</summary>
/// <remarks>
/// Fill it, then pass it to a <see cref="CalloutDispatcher"/>, which takes a copy. <see cref="TelephonyAdapter"/> does both. Adding the same handler again has
/// no effect. Not safe to fill from several threads.
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
    /// <exception cref="InvalidOperationException">The callout already has another handler. The message names both.</exception>
    public CalloutHandlers Handle<TCallout>(Func<TCallout, CalloutReply> handler)
        where TCallout : Callout
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Add<TCallout>(handler, _ => (callout, _, _) => new(handler((TCallout)callout)));
    }

    /// <summary>Adds an asynchronous handler of one kind of callout.</summary>
    /// <typeparam name="TCallout">The callout: one of the sealed records, such as <see cref="MakeCallCallout"/>.</typeparam>
    /// <param name="handler">
    /// Carries out the callout and returns the reply. Its token is cancelled at the deadline and when the host stops. An exception becomes an Error reply.
    /// </param>
    /// <returns>This instance.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="handler"/> is null.</exception>
    /// <exception cref="ArgumentException"><typeparamref name="TCallout"/> is not one of the sealed records.</exception>
    /// <exception cref="InvalidOperationException">The callout already has another handler. The message names both.</exception>
    public CalloutHandlers HandleAsync<TCallout>(Func<TCallout, CalloutContext, CancellationToken, ValueTask<CalloutReply>> handler)
        where TCallout : Callout
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Add<TCallout>(handler, _ => (callout, context, token) => handler((TCallout)callout, context, token));
    }

    /// <summary>
    /// Adds an asynchronous handler of one kind of callout that returns a task. This is the form for languages whose asynchronous functions return
    /// <see cref="Task{TResult}"/>, such as Visual Basic and F#. C# uses
    /// <see cref="HandleAsync{TCallout}(Func{TCallout, CalloutContext, CancellationToken, ValueTask{CalloutReply}})"/>.
    /// </summary>
    /// <typeparam name="TCallout">The callout: one of the sealed records, such as <see cref="MakeCallCallout"/>.</typeparam>
    /// <param name="handler">
    /// Carries out the callout and returns the reply. Its token is cancelled at the deadline and when the host stops. An exception becomes an Error reply.
    /// </param>
    /// <returns>This instance.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="handler"/> is null.</exception>
    /// <exception cref="ArgumentException"><typeparamref name="TCallout"/> is not one of the sealed records.</exception>
    /// <exception cref="InvalidOperationException">The callout already has another handler. The message names both.</exception>
    public CalloutHandlers HandleTask<TCallout>(Func<TCallout, CalloutContext, CancellationToken, Task<CalloutReply>> handler)
        where TCallout : Callout
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Add<TCallout>(handler, _ => (callout, context, token) => new(handler((TCallout)callout, context, token)));
    }

    /// <summary>Adds an object that handles one kind of callout.</summary>
    /// <typeparam name="TCallout">The callout: one of the sealed records, such as <see cref="MakeCallCallout"/>.</typeparam>
    /// <param name="handler">The handler.</param>
    /// <returns>This instance.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="handler"/> is null.</exception>
    /// <exception cref="ArgumentException"><typeparamref name="TCallout"/> is not one of the sealed records.</exception>
    /// <exception cref="InvalidOperationException">The callout already has another handler. The message names both.</exception>
    public CalloutHandlers AddHandler<TCallout>(ICalloutHandler<TCallout> handler)
        where TCallout : Callout
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Add<TCallout>(handler, _ => InvokerOf(handler));
    }

    /// <summary>Answers one kind of callout with <see cref="CalloutReply.Success"/>.</summary>
    /// <typeparam name="TCallout">The callout: one of the sealed records, such as <see cref="ReadyCallout"/>.</typeparam>
    /// <returns>This instance.</returns>
    /// <exception cref="ArgumentException"><typeparamref name="TCallout"/> is not one of the sealed records.</exception>
    /// <exception cref="InvalidOperationException">The callout already has another handler. The message names both.</exception>
    public CalloutHandlers Accept<TCallout>()
        where TCallout : Callout =>
        Add<TCallout>($"Accept<{typeof(TCallout).Name}>()", _ => (_, _, _) => new(CalloutReply.Success));

    /// <summary>Gets how many kinds of callouts have a handler.</summary>
    internal int Count => _registrations.Count;

    /// <summary>Handles one kind of callout with a class that a container creates.</summary>
    internal CalloutHandlers AddHandler<TCallout, THandler>()
        where TCallout : Callout
        where THandler : class, ICalloutHandler<TCallout> =>
        Add<TCallout>(typeof(THandler), resolve => InvokerOf<TCallout>((THandler)resolve(typeof(THandler))));

    /// <summary>Returns what calls the handlers. A class that handles several kinds is one instance, however it is registered.</summary>
    /// <param name="services">The container, where classes were added.</param>
    internal Dictionary<Type, CalloutInvoker> ToDictionary(IServiceProvider? services = null)
    {
        var created = new Dictionary<Type, object>();
        return _registrations.ToDictionary(entry => entry.Key, entry => entry.Value.CreateInvoker(Resolve));

        object Resolve(Type handler)
        {
            if (!created.TryGetValue(handler, out object? instance))
            {
                instance = services?.GetService(handler)
                    ?? throw new InvalidOperationException($"The container cannot create {handler.FullName}. Register the class.");
                created.Add(handler, instance);
            }

            return instance;
        }
    }

    private static CalloutInvoker InvokerOf<TCallout>(ICalloutHandler<TCallout> handler)
        where TCallout : Callout =>
        (callout, context, token) => handler.HandleAsync((TCallout)callout, context, token);

    private CalloutHandlers Add<TCallout>(object handler, Func<Func<Type, object>, CalloutInvoker> createInvoker)
        where TCallout : Callout
    {
        if (!typeof(TCallout).IsSealed)
        {
            throw new ArgumentException(
                $"{typeof(TCallout).Name} is not one kind of callout. Handle one of the sealed records, such as {nameof(MakeCallCallout)}.", nameof(TCallout));
        }

        if (_registrations.TryGetValue(typeof(TCallout), out Registration? first))
        {
            return first.Handler.Equals(handler)
                ? this
                : throw new InvalidOperationException(
                    $"{typeof(TCallout).Name} has two handlers, {Describe(first.Handler)} and {Describe(handler)}. "
                    + "A callout is carried out once: remove one of them.");
        }

        _registrations.Add(typeof(TCallout), new(handler, createInvoker));
        return this;
    }

    private static string Describe(object handler) => handler switch
    {
        Type type => type.FullName ?? type.Name,
        string text => text,
        Delegate method => $"the delegate {method.Method.DeclaringType?.FullName}.{method.Method.Name}",
        _ => handler.GetType().FullName ?? handler.GetType().Name,
    };

    /// <param name="Handler">A delegate, an object, a class, or the text that names it.</param>
    /// <param name="CreateInvoker">Creates what calls it.</param>
    private sealed record Registration(object Handler, Func<Func<Type, object>, CalloutInvoker> CreateInvoker);
}
