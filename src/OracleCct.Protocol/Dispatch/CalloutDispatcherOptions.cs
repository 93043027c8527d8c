using System;

namespace OracleCct.Protocol;

/// <summary>How a <see cref="CalloutDispatcher"/> works.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record CalloutDispatcherOptions
{
    /// <summary>Where Register may send an agent's events.</summary>
    /// <value>The defaults of <see cref="EventDestinationOptions"/>; never null.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public EventDestinationOptions EventDestination { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();
}
