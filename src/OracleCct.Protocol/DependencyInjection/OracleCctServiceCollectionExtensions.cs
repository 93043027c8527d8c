using System;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OracleCct.Protocol;

/// <summary>Puts this library into a container.</summary>
public static class OracleCctServiceCollectionExtensions
{
    /// <summary>
    /// Adds the dispatcher, the registry, the endpoint, the listener, the event client and the agents' desktops, each once. Calling it again adds to what is there; what the container has already, such as
    /// a registry of your own, stays.
    /// </summary>
    /// <param name="services">The container.</param>
    /// <param name="configure">Says who handles which callout and how things work; null: nothing to say.</param>
    /// <returns>The container.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// A callout has two handlers; the message names both. One that is put into the container later, past this method, is found out when the dispatcher is made.
    /// </exception>
    public static IServiceCollection AddOracleCct(this IServiceCollection services, Action<OracleCctBuilder>? configure = null)
    {
        _ = services ?? throw new ArgumentNullException(nameof(services));
        var builder = new OracleCctBuilder(services);
        configure?.Invoke(builder);
        builder.ThrowIfTwoHandlers();

        services.TryAddSingleton(new CalloutDispatcherOptions());
        services.TryAddSingleton(new CalloutEndpointOptions());
        services.TryAddSingleton(new CalloutListenerOptions());
        services.TryAddSingleton(new HttpEventClientOptions());
        services.TryAddSingleton(new AgentDesktopOptions());
        services.TryAddSingleton(provider => new ObserverHub(provider.GetServices<ICctObserver>(), provider.GetService<TimeProvider>()));
        services.TryAddSingleton<IAgentRegistry, InMemoryAgentRegistry>();
        services.TryAddSingleton(CollectHandlers);
        services.TryAddSingleton(MakeDispatcher);
        services.TryAddSingleton<ICalloutDispatcher>(provider => provider.GetRequiredService<CalloutDispatcher>());
        services.TryAddSingleton(provider => new CalloutEndpoint(
            provider.GetRequiredService<ICalloutDispatcher>(),
            provider.GetRequiredService<CalloutEndpointOptions>(),
            provider.GetRequiredService<ObserverHub>(),
            provider.GetService<TimeProvider>()));
        services.TryAddSingleton(provider => new CalloutListener(
            provider.GetRequiredService<CalloutEndpoint>(), provider.GetRequiredService<CalloutListenerOptions>(), provider.GetService<TimeProvider>()));
        services.TryAddSingleton(provider =>
            new HttpEventClient(provider.GetRequiredService<HttpEventClientOptions>(), provider.GetRequiredService<ObserverHub>(), provider.GetService<TimeProvider>()));
        services.TryAddSingleton<IEventClient>(provider => provider.GetRequiredService<HttpEventClient>());
        services.TryAddSingleton(MakeDesktops);
        return services;
    }

    private static CalloutDispatcher MakeDispatcher(IServiceProvider provider) => new(
        provider.GetRequiredService<CalloutHandlers>(),
        provider.GetRequiredService<IAgentRegistry>(),
        provider.GetRequiredService<CalloutDispatcherOptions>(),
        provider.GetService<AgentStateTracker>());

    /// <summary>The container disposes in the reverse order, so the desktops go before the client and the observers that they need to their end.</summary>
    private static AgentDesktops MakeDesktops(IServiceProvider provider) => new(
        provider.GetRequiredService<IAgentRegistry>(),
        provider.GetRequiredService<IEventClient>(),
        provider.GetRequiredService<AgentDesktopOptions>(),
        provider.GetRequiredService<ObserverHub>(),
        provider.GetService<AgentStateTracker>(),
        provider.GetService<TimeProvider>());

    /// <summary>Every kind of callout by its closed type: nothing is made by reflection, so the library works trimmed.</summary>
    private static CalloutHandlers CollectHandlers(IServiceProvider provider)
    {
        var handlers = new CalloutHandlers();
        Collect<RegisterCallout>();
        Collect<UnregisterCallout>();
        Collect<LoginCallout>();
        Collect<LogoutCallout>();
        Collect<ReadyCallout>();
        Collect<NotReadyCallout>();
        Collect<CheckStatusCallout>();
        Collect<MakeCallCallout>();
        Collect<DialCanonicalCallout>();
        Collect<UnknownCallout>();
        return handlers;

        void Collect<TCallout>()
            where TCallout : Callout
        {
            foreach (ICalloutHandler<TCallout> handler in provider.GetServices<ICalloutHandler<TCallout>>())
            {
                _ = handlers.AddHandler(handler);
            }
        }
    }
}
