using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OracleCct.Protocol;

/// <summary>
/// Configures the handlers, observers, options and parts of a <see cref="TelephonyAdapter"/>, in its constructor and in
/// <see cref="OracleCctServiceCollectionExtensions.AddOracleCct"/> alike.
/// </summary>
/// <remarks>Not safe to use from several threads.</remarks>
public sealed class TelephonyAdapterBuilder
{
    private readonly Dictionary<Type, object> _parts = [];
    private readonly List<Func<ICalloutDispatcher, ICalloutDispatcher>> _dispatcherDecorators = [];

    internal TelephonyAdapterBuilder(TelephonyAdapterOptions options, IServiceCollection? services)
    {
        Options = options;
        Services = services;
    }

    /// <summary>
    /// Gets the service collection that is being filled. Null without dependency injection, that is in the constructor of <see cref="TelephonyAdapter"/>.
    /// </summary>
    public IServiceCollection? Services { get; }

    /// <summary>Gets the options as configured so far.</summary>
    internal TelephonyAdapterOptions Options { get; private set; }

    internal CalloutHandlers Handlers { get; } = new();

    /// <summary>Gets whether another dispatcher would leave something out.</summary>
    internal bool HasDispatching => Handlers.Count > 0 || _dispatcherDecorators.Count > 0;

    /// <summary>Gets the clock of the user's own. Null: that of the container, or the system's.</summary>
    internal TimeProvider? TimeProvider { get; private set; }

    internal List<ICctObserver> Observers { get; } = [];

    /// <inheritdoc cref="CalloutHandlers.HandleAsync{TCallout}(Func{TCallout, CalloutContext, CancellationToken, ValueTask{CalloutReply}})"/>
    public TelephonyAdapterBuilder HandleAsync<TCallout>(Func<TCallout, CalloutContext, CancellationToken, ValueTask<CalloutReply>> handler)
        where TCallout : Callout
    {
        _ = Handlers.HandleAsync(handler);
        return this;
    }

    /// <inheritdoc cref="CalloutHandlers.HandleTask{TCallout}(Func{TCallout, CalloutContext, CancellationToken, Task{CalloutReply}})"/>
    public TelephonyAdapterBuilder HandleTask<TCallout>(Func<TCallout, CalloutContext, CancellationToken, Task<CalloutReply>> handler)
        where TCallout : Callout
    {
        _ = Handlers.HandleTask(handler);
        return this;
    }

    /// <inheritdoc cref="CalloutHandlers.Handle{TCallout}(Func{TCallout, CalloutReply})"/>
    public TelephonyAdapterBuilder Handle<TCallout>(Func<TCallout, CalloutReply> handler)
        where TCallout : Callout
    {
        _ = Handlers.Handle(handler);
        return this;
    }

    /// <inheritdoc cref="CalloutHandlers.AddHandler{TCallout}(ICalloutHandler{TCallout})"/>
    public TelephonyAdapterBuilder AddHandler<TCallout>(ICalloutHandler<TCallout> handler)
        where TCallout : Callout
    {
        _ = Handlers.AddHandler(handler);
        return this;
    }

    /// <inheritdoc cref="CalloutHandlers.Accept{TCallout}()"/>
    public TelephonyAdapterBuilder Accept<TCallout>()
        where TCallout : Callout
    {
        _ = Handlers.Accept<TCallout>();
        return this;
    }

    /// <summary>
    /// Handles one kind of callout with a class that the container creates once, also when it handles several kinds. A handler that needs scoped services takes
    /// an <see cref="IServiceScopeFactory"/>.
    /// </summary>
    /// <exception cref="ArgumentException"><typeparamref name="TCallout"/> is not one of the sealed records.</exception>
    /// <exception cref="InvalidOperationException">The callout already has another handler (the message names both), or there is no container.</exception>
    public TelephonyAdapterBuilder AddHandler<TCallout, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>()
        where TCallout : Callout
        where THandler : class, ICalloutHandler<TCallout>
    {
        RequireServices().TryAddSingleton<THandler>();
        _ = Handlers.AddHandler<TCallout, THandler>();
        return this;
    }

    /// <summary>
    /// Adds an observer, which receives every inbound and outbound message with its outcome. Adding the same observer again has no effect. The adapter does not
    /// dispose it.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="observer"/> is null.</exception>
    public TelephonyAdapterBuilder AddObserver(ICctObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        if (!Observers.Contains(observer))
        {
            Observers.Add(observer);
        }

        return this;
    }

    /// <summary>
    /// Adds an observer as a class that the container creates once, and disposes after its last observation. Adding the same class again has no effect.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no container.</exception>
    public TelephonyAdapterBuilder AddObserver<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TObserver>()
        where TObserver : class, ICctObserver
    {
        RequireServices().TryAddEnumerable(ServiceDescriptor.Singleton<ICctObserver, TObserver>());
        return this;
    }

    /// <summary>Changes the options of one part, or the whole tree. A second call changes what the first one returned.</summary>
    /// <typeparam name="TOptions">
    /// <see cref="TelephonyAdapterOptions"/>, <see cref="CalloutListenerOptions"/>, <see cref="CalloutEndpointOptions"/>, <see cref="CalloutGuardOptions"/>,
    /// <see cref="CalloutQueryOptions"/>,
    /// <see cref="CalloutDispatcherOptions"/>, <see cref="EventDestinationOptions"/>, <see cref="HttpEventClientOptions"/>, <see cref="AgentDesktopOptions"/>
    /// or <see cref="ScreenPopRuleOptions"/>.
    /// </typeparam>
    /// <param name="change">Returns the new options from the present ones.</param>
    /// <exception cref="ArgumentNullException"><paramref name="change"/> is null, or returned null.</exception>
    /// <exception cref="ArgumentException"><typeparamref name="TOptions"/> is not one of these.</exception>
    public TelephonyAdapterBuilder Configure<TOptions>(Func<TOptions, TOptions> change)
        where TOptions : class
    {
        ArgumentNullException.ThrowIfNull(change);
        TelephonyAdapterOptions options = Options;
        CalloutEndpointOptions endpoint = options.Endpoint;
        CalloutDispatcherOptions dispatcher = options.Dispatcher;
        AgentDesktopOptions desktops = options.Desktops;
        Options = change switch
        {
            Func<TelephonyAdapterOptions, TelephonyAdapterOptions> all =>
                all(options) ?? throw new ArgumentNullException(nameof(change), "The function returned null. Return options."),
            Func<CalloutListenerOptions, CalloutListenerOptions> listener => options with { Listener = listener(options.Listener) },
            Func<CalloutEndpointOptions, CalloutEndpointOptions> whole => options with { Endpoint = whole(endpoint) },
            Func<CalloutGuardOptions, CalloutGuardOptions> guard => options with { Endpoint = endpoint with { Guard = guard(endpoint.Guard) } },
            Func<CalloutQueryOptions, CalloutQueryOptions> query => options with { Endpoint = endpoint with { Query = query(endpoint.Query) } },
            Func<CalloutDispatcherOptions, CalloutDispatcherOptions> whole => options with { Dispatcher = whole(dispatcher) },
            Func<EventDestinationOptions, EventDestinationOptions> destination =>
                options with { Dispatcher = dispatcher with { EventDestination = destination(dispatcher.EventDestination) } },
            Func<HttpEventClientOptions, HttpEventClientOptions> client => options with { EventClient = client(options.EventClient) },
            Func<AgentDesktopOptions, AgentDesktopOptions> whole => options with { Desktops = whole(desktops) },
            Func<ScreenPopRuleOptions, ScreenPopRuleOptions> rules => options with { Desktops = desktops with { ScreenPops = rules(desktops.ScreenPops) } },
            _ => throw new ArgumentException(
                $"{typeof(TOptions).Name} is not part of {nameof(TelephonyAdapterOptions)}. Use one of its branches.", nameof(TOptions)),
        };
        return this;
    }

    /// <summary>Keeps registrations in a registry of your own. The adapter does not dispose it.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="registry"/> is null.</exception>
    public TelephonyAdapterBuilder UseRegistry(IAgentRegistry registry) => Use(registry);

    /// <summary>Sends events with a client of your own. The adapter does not dispose it.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> is null.</exception>
    public TelephonyAdapterBuilder UseEventClient(IEventClient client) => Use(client);

    /// <summary>
    /// Takes the time from a clock of your own: for arrival times, deadlines, times to live and durations alike. A <see cref="TimeProvider"/> of the service
    /// collection
    /// stays as it is.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="timeProvider"/> is null.</exception>
    public TelephonyAdapterBuilder UseTimeProvider(TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        TimeProvider = timeProvider;
        return this;
    }

    /// <summary>
    /// Puts a dispatcher of your own around the adapter's: to log, to measure, or to carry some callouts out elsewhere. Each call wraps what the one before
    /// returned.
    /// </summary>
    /// <param name="decorate">Returns the dispatcher to use from the present one.</param>
    /// <exception cref="ArgumentNullException"><paramref name="decorate"/> is null.</exception>
    public TelephonyAdapterBuilder DecorateDispatcher(Func<ICalloutDispatcher, ICalloutDispatcher> decorate)
    {
        _dispatcherDecorators.Add(decorate ?? throw new ArgumentNullException(nameof(decorate)));
        return this;
    }

    /// <summary>Gets a part of the user's own; null when there is none. With a container, such parts are in the container.</summary>
    internal TPart? Find<TPart>()
        where TPart : class => _parts.TryGetValue(typeof(TPart), out object? part) ? (TPart)part : null;

    internal ICalloutDispatcher Decorate(ICalloutDispatcher dispatcher) =>
        _dispatcherDecorators.Aggregate(
            dispatcher,
            static (inner, decorate) => decorate(inner)
                ?? throw new InvalidOperationException("The decorator of the dispatcher returned null. Return a dispatcher."));

    private TelephonyAdapterBuilder Use<TPart>(TPart part)
        where TPart : class
    {
        ArgumentNullException.ThrowIfNull(part);
        if (Services is null)
        {
            _parts[typeof(TPart)] = part;
        }
        else
        {
            _ = Services.Replace(ServiceDescriptor.Singleton(part));
        }

        return this;
    }

    private IServiceCollection RequireServices() =>
        Services ?? throw new InvalidOperationException(
            "There is no container to create the class. Pass an instance, or configure the adapter with services.AddOracleCct(…).");
}
