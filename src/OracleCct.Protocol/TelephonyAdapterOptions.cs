using System;

namespace OracleCct.Protocol;

/// <summary>All options of a <see cref="TelephonyAdapter"/>, one branch for each of its parts.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record TelephonyAdapterOptions
{
    /// <summary>Initializes the defaults.</summary>
    public TelephonyAdapterOptions()
    {
    }

    /// <summary>Initializes options without property initializers, for languages that do not have <c>init</c>.</summary>
    /// <param name="listener">See <see cref="Listener"/>; null keeps the default.</param>
    /// <param name="endpoint">See <see cref="Endpoint"/>; null keeps the default.</param>
    /// <param name="dispatcher">See <see cref="Dispatcher"/>; null keeps the default.</param>
    /// <param name="eventClient">See <see cref="EventClient"/>; null keeps the default.</param>
    /// <param name="desktops">See <see cref="Desktops"/>; null keeps the default.</param>
    /// <param name="registryFile">See <see cref="RegistryFile"/>; null keeps the default.</param>
    public TelephonyAdapterOptions(
        CalloutListenerOptions? listener = null,
        CalloutEndpointOptions? endpoint = null,
        CalloutDispatcherOptions? dispatcher = null,
        HttpEventClientOptions? eventClient = null,
        AgentDesktopOptions? desktops = null,
        string? registryFile = null)
    {
        Listener = listener ?? Listener;
        Endpoint = endpoint ?? Endpoint;
        Dispatcher = dispatcher ?? Dispatcher;
        EventClient = eventClient ?? EventClient;
        Desktops = desktops ?? Desktops;
        RegistryFile = registryFile;
    }

    /// <summary>Gets where the adapter listens for callouts.</summary>
    /// <value>The defaults of <see cref="CalloutListenerOptions"/>: port 3107 on <c>localhost</c>. Never null.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public CalloutListenerOptions Listener { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();

    /// <summary>Gets which requests the adapter accepts, and how it reads and answers them.</summary>
    /// <value>The defaults of <see cref="CalloutEndpointOptions"/>; never null.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public CalloutEndpointOptions Endpoint { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();

    /// <summary>Gets where Register may send an agent's events.</summary>
    /// <value>The defaults of <see cref="CalloutDispatcherOptions"/>; never null.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public CalloutDispatcherOptions Dispatcher { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();

    /// <summary>Gets how the adapter reaches EBS. It does not apply to an event client of your own.</summary>
    /// <value>The defaults of <see cref="HttpEventClientOptions"/>; never null.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public HttpEventClientOptions EventClient { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();

    /// <summary>Gets how the agents' desktops check, queue and repeat events.</summary>
    /// <value>The defaults of <see cref="AgentDesktopOptions"/>; never null.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public AgentDesktopOptions Desktops { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();

    /// <summary>
    /// Gets the file that keeps the agents' registrations, so that they survive a restart; see <see cref="FileAgentRegistry"/>. Only this adapter may use the
    /// file. It does not apply to a registry of your own.
    /// </summary>
    /// <value>Null by default: registrations are kept in memory and are lost when the process exits.</value>
    public string? RegistryFile { get; init; }
}
