using System;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace OracleCct.Protocol;

/// <summary>Represents the facts about a callout that it does not contain itself.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record CalloutContext
{
    /// <summary>Initializes an empty context. Set the required properties.</summary>
    public CalloutContext()
    {
    }

    /// <summary>Initializes a context.</summary>
    /// <param name="receivedAt"><see cref="ReceivedAt"/>.</param>
    /// <param name="remoteAddress"><see cref="RemoteAddress"/>.</param>
    [SetsRequiredMembers]
    public CalloutContext(DateTimeOffset receivedAt, IPAddress? remoteAddress = null)
    {
        ReceivedAt = receivedAt;
        RemoteAddress = remoteAddress;
    }

    /// <summary>Gets the time at which the callout arrived.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>
    /// Gets the address of the machine that sent the callout. Null if the host does not know it, or if the callout did not arrive over a network.
    /// </summary>
    public IPAddress? RemoteAddress { get; init; }
}
