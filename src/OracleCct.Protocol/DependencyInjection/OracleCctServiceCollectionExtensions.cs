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
        services.TryAddSingleton(provider => new ObserverHub(
            [.. builder.Observers, .. provider.GetServices<ICctObserver>()], provider.GetService<TimeProvider>()));
        services.TryAddSingleton<AgentStateTracker>();
        services.TryAddSingleton(provider => TelephonyAdapter.CreateRegistry(
            provider.GetRequiredService<TelephonyAdapterOptions>(), provider.GetRequiredService<ObserverHub>(), provider.GetService<TimeProvider>()));
        services.TryAddSingleton<IEventClient>(provider => new HttpEventClient(
            provider.GetRequiredService<TelephonyAdapterOptions>().EventClient,
            provider.GetRequiredService<ObserverHub>(),
            provider.GetService<TimeProvider>()));
        services.TryAddSingleton(provider => new AgentDesktops(
            provider.GetRequiredService<IAgentRegistry>(),
            provider.GetRequiredService<IEventClient>(),
            provider.GetRequiredService<TelephonyAdapterOptions>().Desktops,
            provider.GetRequiredService<ObserverHub>(),
            provider.GetRequiredService<AgentStateTracker>(),
            provider.GetService<TimeProvider>()));
        services.TryAddSingleton(provider => CreateDispatcher(provider, services, builder));
        services.TryAddSingleton(provider => new CalloutEndpoint(
            provider.GetRequiredService<ICalloutDispatcher>(),
            provider.GetRequiredService<TelephonyAdapterOptions>().Endpoint,
            provider.GetRequiredService<ObserverHub>(),
            provider.GetService<TimeProvider>()));
        services.TryAddSingleton(provider => new CalloutListener(
            provider.GetRequiredService<CalloutEndpoint>(),
            provider.GetRequiredService<TelephonyAdapterOptions>().Listener,
            provider.GetService<TimeProvider>()));

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

    private static ICalloutDispatcher CreateDispatcher(IServiceProvider provider, IServiceCollection services, TelephonyAdapterBuilder builder)
    {
        ThrowIfHandlersPastBuilder(services);
        return builder.Decorate(new CalloutDispatcher(
            builder.Handlers.ToDictionary(provider),
            provider.GetRequiredService<IAgentRegistry>(),
            provider.GetRequiredService<TelephonyAdapterOptions>().Dispatcher,
            provider.GetRequiredService<AgentStateTracker>()));
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
}
