using System;
using System.Linq;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OracleCct.Protocol;

/// <summary>Adds this library to a service collection.</summary>
public static class OracleCctServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="TelephonyAdapter"/> and each of its parts as a singleton. Calling it again adds to what is there. What the collection already has, such
    /// as a registry of your own or a
    /// <see cref="TimeProvider"/>, is used.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configure">Adds handlers and observers, and changes options and parts; null changes nothing.</param>
    /// <returns>The service collection.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A callout has two handlers (the message names both), or a handler was added to the collection
    /// directly.</exception>
    public static IServiceCollection AddOracleCct(this IServiceCollection services, Action<TelephonyAdapterBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        TelephonyAdapterBuilder builder = BuilderOf(services);
        configure?.Invoke(builder);
        ThrowIfHandlersPastBuilder(services);

        services.TryAddSingleton(_ => builder.Options);
        services.TryAddSingleton(provider => new ObserverHub([.. builder.Observers, .. provider.GetServices<ICctObserver>()], Clock(provider)));
        services.TryAddSingleton<AgentStateTracker>();
        services.TryAddSingleton(provider => TelephonyAdapter.CreateRegistry(Options(provider), provider.GetRequiredService<ObserverHub>(), Clock(provider)));
        services.TryAddSingleton<IEventClient>(provider => new HttpEventClient(
            Options(provider).EventClient, provider.GetRequiredService<ObserverHub>(), Clock(provider)));
        services.TryAddSingleton(provider => new AgentDesktops(
            provider.GetRequiredService<IAgentRegistry>(),
            provider.GetRequiredService<IEventClient>(),
            Options(provider).Desktops,
            provider.GetRequiredService<ObserverHub>(),
            provider.GetRequiredService<AgentStateTracker>(),
            Clock(provider)));
        services.TryAddSingleton(provider => new BuiltDispatcher(CreateDispatcher(provider, services, builder, Options(provider).Dispatcher)));
        services.TryAddSingleton(provider => provider.GetRequiredService<BuiltDispatcher>().Dispatcher);
        services.TryAddSingleton(provider => new CalloutEndpoint(
            FindDispatcher(provider, builder), Options(provider).Endpoint, provider.GetRequiredService<ObserverHub>(), Clock(provider)));
        services.TryAddSingleton(provider => new CalloutListener(provider.GetRequiredService<CalloutEndpoint>(), Options(provider).Listener, Clock(provider)));

        // The container disposes in reverse order of creation: the adapter, which is created last, disposes listener and desktops in its own order before the
        // rest goes.
        services.TryAddSingleton(provider => new TelephonyAdapter(
            provider.GetRequiredService<CalloutListener>(),
            provider.GetRequiredService<CalloutEndpoint>(),
            provider.GetRequiredService<ICalloutDispatcher>(),
            provider.GetRequiredService<AgentDesktops>(),
            provider.GetRequiredService<IEventClient>(),
            provider.GetRequiredService<IAgentRegistry>(),
            provider.GetRequiredService<AgentStateTracker>(),
            provider.GetRequiredService<ObserverHub>()));
        return services;

        TimeProvider? Clock(IServiceProvider provider) => builder.TimeProvider ?? provider.GetService<TimeProvider>();

        TelephonyAdapterOptions Options(IServiceProvider provider) => ReferenceEquals(provider.GetRequiredService<TelephonyAdapterOptions>(), builder.Options)
            ? builder.Options
            : throw new InvalidOperationException(
                "TelephonyAdapterOptions are registered in the service collection directly, so that changes made inside AddOracleCct would be lost. "
                + "Pass them with services.AddOracleCct(cct => cct.Configure<TelephonyAdapterOptions>(_ => options)).");
    }

    /// <summary>Gets the builder of an earlier call, so that a second call adds to the first.</summary>
    private static TelephonyAdapterBuilder BuilderOf(IServiceCollection services)
    {
        ServiceDescriptor? earlier = services.FirstOrDefault(service => !service.IsKeyedService && service.ServiceType == typeof(TelephonyAdapterBuilder));
        if (earlier?.ImplementationInstance is TelephonyAdapterBuilder builder)
        {
            return builder;
        }

        builder = new(new(), services);
        services.Add(ServiceDescriptor.Singleton(builder));
        return builder;
    }

    private static ICalloutDispatcher CreateDispatcher(
        IServiceProvider provider, IServiceCollection services, TelephonyAdapterBuilder builder, CalloutDispatcherOptions options)
    {
        ThrowIfHandlersPastBuilder(services);
        return builder.Decorate(new CalloutDispatcher(
            builder.Handlers.ToDictionary(provider), provider.GetRequiredService<IAgentRegistry>(), options, provider.GetRequiredService<AgentStateTracker>()));
    }

    /// <summary>Gets the dispatcher of the container, which may be the user's own. It must not leave out handlers of the builder.</summary>
    private static ICalloutDispatcher FindDispatcher(IServiceProvider provider, TelephonyAdapterBuilder builder)
    {
        ICalloutDispatcher dispatcher = provider.GetRequiredService<ICalloutDispatcher>();
        return !builder.HasDispatching || ReferenceEquals(dispatcher, provider.GetRequiredService<BuiltDispatcher>().Dispatcher)
            ? dispatcher
            : throw new InvalidOperationException(
                $"The service collection has another ICalloutDispatcher, {dispatcher.GetType().FullName}, which does not call the handlers that were added "
                + $"inside AddOracleCct. Remove it, or wrap the library's with cct.{nameof(TelephonyAdapterBuilder.DecorateDispatcher)}(…).");
    }

    /// <summary>A handler that only the collection knows would never be called.</summary>
    private static void ThrowIfHandlersPastBuilder(IServiceCollection services)
    {
        ServiceDescriptor? handler = services.FirstOrDefault(service =>
            !service.IsKeyedService && service.ServiceType.IsGenericType && service.ServiceType.GetGenericTypeDefinition() == typeof(ICalloutHandler<>));
        if (handler is not null)
        {
            string callout = handler.ServiceType.GetGenericArguments()[0].Name;
            string name = (handler.ImplementationType ?? handler.ImplementationInstance?.GetType())?.FullName ?? "a factory";
            throw new InvalidOperationException(
                $"ICalloutHandler<{callout}> ({name}) is registered in the service collection directly and would not be called. "
                + $"Register it with services.AddOracleCct(cct => cct.{nameof(TelephonyAdapterBuilder.AddHandler)}<{callout}, …>()).");
        }
    }

    /// <summary>Holds the dispatcher that the builder describes.</summary>
    private sealed record BuiltDispatcher(ICalloutDispatcher Dispatcher);
}
