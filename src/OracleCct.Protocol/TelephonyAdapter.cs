using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>
/// Connects a softphone to Oracle E-Business Suite: listens for callouts, hands them to your handlers, keeps the agents' registrations, and sends events to
/// each agent's EBS.
/// </summary>
/// <remarks>
/// <para>It puts the parts of this library together in the right order, and disposes them in the right order: first no new callouts, then the last events, then
/// the rest. Each part is a property, works alone too,
/// and can be replaced through <see cref="TelephonyAdapterBuilder"/>.</para>
/// <para>Safe to use from several threads. An adapter is started once and disposed once.</para>
/// </remarks>
public sealed class TelephonyAdapter : IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan LastEntriesTimeout = TimeSpan.FromSeconds(1);

    private readonly List<object> _owned = [];
    private readonly object _gate = new();
    private Task? _disposing;

    /// <summary>Initializes an adapter with default options. It does not listen before <see cref="Start"/>.</summary>
    /// <param name="configure">Adds handlers and observers, and changes options and parts.</param>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A callout has two handlers; the message names both.</exception>
    public TelephonyAdapter(Action<TelephonyAdapterBuilder> configure)
        : this(new(), configure)
    {
    }

    /// <summary>Initializes an adapter. It does not listen before <see cref="Start"/>.</summary>
    /// <param name="options">The options, which <paramref name="configure"/> may change further.</param>
    /// <param name="configure">Adds handlers and observers, and changes options and parts.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> or <paramref name="configure"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A callout has two handlers; the message names both.</exception>
    /// <exception cref="IOException"><see cref="TelephonyAdapterOptions.RegistryFile"/> cannot be used; the message says what to do.</exception>
    public TelephonyAdapter(TelephonyAdapterOptions options, Action<TelephonyAdapterBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(configure);
        var builder = new TelephonyAdapterBuilder(options, services: null);
        configure(builder);
        options = builder.Options;
        TimeProvider? time = builder.TimeProvider;

        Observers = Own(new ObserverHub(builder.Observers, time));
        Registry = builder.Find<IAgentRegistry>() ?? Own(CreateRegistry(options, Observers, time));
        EventClient = builder.Find<IEventClient>() ?? Own(new HttpEventClient(options.EventClient, Observers, time));
        AgentStates = new();
        Desktops = new(Registry, EventClient, options.Desktops, Observers, AgentStates, time);
        try
        {
            Dispatcher = builder.Decorate(new CalloutDispatcher(builder.Handlers, Registry, options.Dispatcher, AgentStates));
            Endpoint = new(Dispatcher, options.Endpoint, Observers, time);
        }
        catch
        {
            // A decorator is the user's code. The registry's file must not stay locked.
            DisposeOwnedAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }

        Listener = new(Endpoint, options.Listener, time);
    }

    /// <summary>Takes parts that a container has created, and disposes with itself.</summary>
    internal TelephonyAdapter(
        CalloutListener listener,
        CalloutEndpoint endpoint,
        ICalloutDispatcher dispatcher,
        AgentDesktops desktops,
        IEventClient eventClient,
        IAgentRegistry registry,
        AgentStateTracker agentStates,
        ObserverHub observers)
    {
        Listener = listener;
        Endpoint = endpoint;
        Dispatcher = dispatcher;
        Desktops = desktops;
        EventClient = eventClient;
        Registry = registry;
        AgentStates = agentStates;
        Observers = observers;
    }

    /// <summary>Gets the address to enter in EBS's profile option "CCT: Basic Telephony: Third Party URL", such as <c>http://localhost:3107/</c>.</summary>
    /// <exception cref="InvalidOperationException">The adapter has not been started.</exception>
    public Uri Url => Listener.Url;

    /// <summary>Gets the agents' desktops, which send events to each agent's EBS. Never null.</summary>
    public AgentDesktops Desktops { get; }

    /// <summary>Gets which agents may get a call, learned from callouts and screen pops. Never null.</summary>
    public AgentStateTracker AgentStates { get; }

    /// <summary>Gets where EBS listens for each agent. Never null.</summary>
    public IAgentRegistry Registry { get; }

    /// <summary>Gets what sends single events. Use <see cref="Desktops"/> for the events of calls. Never null.</summary>
    public IEventClient EventClient { get; }

    /// <summary>Gets what hands callouts to handlers. Never null.</summary>
    public ICalloutDispatcher Dispatcher { get; }

    /// <summary>Gets what answers requests, for a web server of your own. Never null.</summary>
    public CalloutEndpoint Endpoint { get; }

    /// <summary>Gets what listens for callouts. Never null.</summary>
    public CalloutListener Listener { get; }

    /// <summary>Gets the observers. Never null; empty when none was added.</summary>
    public ObserverHub Observers { get; }

    /// <summary>Starts listening. The adapter answers callouts from when this method returns.</summary>
    /// <exception cref="IOException">The port is taken, or listening is not allowed: the message says what to do.</exception>
    /// <exception cref="InvalidOperationException">The adapter was started before.</exception>
    /// <exception cref="ObjectDisposedException">The adapter was stopped or disposed before.</exception>
    public void Start() => Listener.Start();

    /// <summary>Stops listening, after callouts in progress have been answered. The desktops still send events until the adapter is disposed.</summary>
    /// <param name="cancellationToken">Cancels the handlers in progress, and stops at once.</param>
    public Task StopAsync(CancellationToken cancellationToken = default) => Listener.StopAsync(cancellationToken);

    /// <summary>Stops listening, sends the last events, and disposes the parts that the adapter has created. Calling it again waits for the same end.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            return new(_disposing ??= DisposePartsAsync());
        }
    }

    /// <summary>Does the same as <see cref="DisposeAsync"/> and blocks until it is done. Prefer <see cref="DisposeAsync"/>.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Creates the registry that the options ask for. A damaged file is reported to the trace source and to the observers.</summary>
    internal static IAgentRegistry CreateRegistry(TelephonyAdapterOptions options, ObserverHub observers, TimeProvider? time)
    {
        if (options.RegistryFile is not { } path)
        {
            return new InMemoryAgentRegistry();
        }

        var registry = new FileAgentRegistry(path, time);
        if (registry.Problem is { } message)
        {
            var problem = new ProblemObservation { At = (time ?? TimeProvider.System).GetUtcNow(), Message = message };
            CctDiagnostics.Write(problem, CalloutSecrets.None);
            observers.Publish(problem);
        }

        return registry;
    }

    private T Own<T>(T part)
        where T : class
    {
        _owned.Add(part);
        return part;
    }

    private async Task DisposePartsAsync()
    {
        try
        {
            await Listener.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            try
            {
                await Desktops.DisposeAsync().ConfigureAwait(false);
            }
            finally
            {
                await DisposeOwnedAsync().ConfigureAwait(false);
                _ = await Task.Run(() => CctDiagnostics.Flush(LastEntriesTimeout)).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Disposes the parts that this adapter has created, the last one first.</summary>
    private async ValueTask DisposeOwnedAsync()
    {
        for (int i = _owned.Count - 1; i >= 0; i--)
        {
            switch (_owned[i])
            {
                case IAsyncDisposable part:
                    await part.DisposeAsync().ConfigureAwait(false);
                    break;
                case IDisposable part:
                    part.Dispose();
                    break;
            }
        }
    }
}
