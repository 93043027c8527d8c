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

    /// <summary>Adds an observer, who is told of every message in and out; the container does not own it.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="observer"/> is null.</exception>
    public OracleCctBuilder AddObserver(ICctObserver observer)
    {
        _ = Services.AddSingleton(observer ?? throw new ArgumentNullException(nameof(observer)));
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
