using System;

namespace OracleCct.Protocol;

/// <summary>Represents the options of a <see cref="CalloutDispatcher"/>.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record CalloutDispatcherOptions
{
    /// <summary>Initializes options with the defaults.</summary>
    public CalloutDispatcherOptions()
    {
    }

    /// <summary>Initializes options, also from languages that cannot set <c>init</c> properties. <see langword="null"/> keeps a default.</summary>
    /// <param name="eventDestination"><see cref="EventDestination"/>.</param>
    public CalloutDispatcherOptions(EventDestinationOptions? eventDestination = null) => EventDestination = eventDestination ?? EventDestination;

    /// <summary>Gets the rules for the addresses to which Register may direct an agent's events.</summary>
    /// <value>The defaults of <see cref="EventDestinationOptions"/>; never null.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public EventDestinationOptions EventDestination { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();
}
