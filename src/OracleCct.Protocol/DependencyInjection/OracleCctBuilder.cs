using System;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OracleCct.Protocol;

/// <summary>Says, inside <see cref="OracleCctServiceCollectionExtensions.AddOracleCct"/>, who handles which callout and how things work.</summary>
public sealed class OracleCctBuilder
{
    internal OracleCctBuilder(IServiceCollection services) => Services = services;

    /// <summary>The container that is being filled.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Handles one kind of callout by a delegate.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="handler"/> is null.</exception>
    /// <exception cref="ArgumentException"><typeparamref name="TCallout"/> is not one of the sealed records.</exception>
    /// <exception cref="InvalidOperationException">The callout has another handler already; the message names both.</exception>
    public OracleCctBuilder Handle<TCallout>(Func<TCallout, CalloutContext, CancellationToken, ValueTask<CalloutReply>> handler)
        where TCallout : Callout
    {
        var added = new DelegateCalloutHandler<TCallout>(handler ?? throw new ArgumentNullException(nameof(handler)));
        return Add<TCallout>(
            ServiceDescriptor.Singleton<ICalloutHandler<TCallout>>(added),
            existing => existing.ImplementationInstance is DelegateCalloutHandler<TCallout> same && same.Delegate == added.Delegate);
    }

    /// <summary>
    /// Handles one kind of callout by a class, which the container makes once. A handler that needs scoped services takes an <see cref="IServiceScopeFactory"/>.
    /// </summary>
    /// <exception cref="ArgumentException"><typeparamref name="TCallout"/> is not one of the sealed records.</exception>
    /// <exception cref="InvalidOperationException">The callout has another handler already; the message names both.</exception>
    public OracleCctBuilder AddHandler<TCallout, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>()
        where TCallout : Callout
        where THandler : class, ICalloutHandler<TCallout> =>
        Add<TCallout>(
            ServiceDescriptor.Singleton<ICalloutHandler<TCallout>, THandler>(),
            existing => existing.ImplementationType == typeof(THandler));

    /// <summary>Adds an observer, who is told of every message in and out; the container does not own it. One that was added before is not added again.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="observer"/> is null.</exception>
    public OracleCctBuilder AddObserver(ICctObserver observer)
    {
        _ = observer ?? throw new ArgumentNullException(nameof(observer));
        if (!Services.Any(service => service.ServiceType == typeof(ICctObserver) && ReferenceEquals(service.ImplementationInstance, observer)))
        {
            _ = Services.AddSingleton(observer);
        }

        return this;
    }

    /// <summary>
    /// Adds an observer, who is told of every message in and out, as a class, which the container makes once and disposes after the last observation. One that was added before is not added again.
    /// </summary>
    public OracleCctBuilder AddObserver<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TObserver>()
        where TObserver : class, ICctObserver
    {
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<ICctObserver, TObserver>());
        return this;
    }

    /// <summary>
    /// Keeps the agents' registrations in a file, so that they survive a restart: a <see cref="FileAgentRegistry"/>, which the container makes and disposes, in place of any other registry that was added
    /// before. The observers are told when the file was damaged.
    /// </summary>
    /// <param name="path">The file, which only this softphone may use. Making the registry throws an <see cref="System.IO.IOException"/> where it cannot be used.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    public OracleCctBuilder UseRegistryFile(string path)
    {
        _ = path ?? throw new ArgumentNullException(nameof(path));
        _ = Services.RemoveAll<FileAgentRegistry>().RemoveAll<IAgentRegistry>()
            .AddSingleton(provider =>
            {
                TimeProvider time = provider.GetService<TimeProvider>() ?? TimeProvider.System;
                var registry = new FileAgentRegistry(path, time);
                if (registry.Problem is { } problem)
                {
                    provider.GetRequiredService<ObserverHub>().Publish(new ProblemObservation { At = time.GetUtcNow(), Message = problem });
                }

                return registry;
            })
            .AddSingleton<IAgentRegistry>(provider => provider.GetRequiredService<FileAgentRegistry>());
        return this;
    }

    /// <summary>Sets how the dispatcher works; the last one set counts.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    public OracleCctBuilder Use(CalloutDispatcherOptions options) => Replace(options);

    /// <summary>Sets how callouts are read and answered; the last one set counts.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    public OracleCctBuilder Use(CalloutEndpointOptions options) => Replace(options);

    /// <summary>Sets where the listener listens; the last one set counts.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    public OracleCctBuilder Use(CalloutListenerOptions options) => Replace(options);

    /// <summary>Sets how events reach EBS; the last one set counts.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    public OracleCctBuilder Use(HttpEventClientOptions options) => Replace(options);

    /// <summary>Sets how the agents' desktops queue and repeat events; the last one set counts.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    public OracleCctBuilder Use(AgentDesktopOptions options) => Replace(options);

    /// <summary>
    /// Adds an <see cref="AgentStateTracker"/>, and gives it to the dispatcher and to the agents' desktops. A tracker that the container has already stays.
    /// </summary>
    public OracleCctBuilder TrackAgentStates()
    {
        Services.TryAddSingleton<AgentStateTracker>();
        return this;
    }

    private OracleCctBuilder Replace<TOptions>(TOptions options)
        where TOptions : class
    {
        _ = Services.Replace(ServiceDescriptor.Singleton(options ?? throw new ArgumentNullException(nameof(options))));
        return this;
    }

    private OracleCctBuilder Add<TCallout>(ServiceDescriptor handler, Func<ServiceDescriptor, bool> isSame)
        where TCallout : Callout
    {
        CalloutHandlers.ThrowIfNotConcrete<TCallout>();
        ServiceDescriptor? existing = Services.FirstOrDefault(service => service.ServiceType == handler.ServiceType);
        if (existing is null)
        {
            Services.Add(handler);
        }
        else if (!isSame(existing))
        {
            throw CalloutHandlers.SecondHandler(typeof(TCallout), Implementation(existing), Implementation(handler));
        }

        return this;
    }

    /// <summary>Finds out handlers that went into the container past this builder.</summary>
    internal void ThrowIfTwoHandlers()
    {
        foreach (IGrouping<Type, ServiceDescriptor> handlers in Services.GroupBy(service => service.ServiceType))
        {
            if (handlers.Key.IsGenericType && handlers.Key.GetGenericTypeDefinition() == typeof(ICalloutHandler<>) && handlers.Skip(1).FirstOrDefault() is { } second)
            {
                throw CalloutHandlers.SecondHandler(handlers.Key.GetGenericArguments()[0], Implementation(handlers.First()), Implementation(second));
            }
        }
    }

    private static object Implementation(ServiceDescriptor descriptor) =>
        descriptor.ImplementationInstance ?? descriptor.ImplementationType ?? (object)descriptor.ServiceType;
}
