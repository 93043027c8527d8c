using System;
using System.Net;

namespace OracleCct.Protocol;

/// <summary>What is known about a callout besides what it says.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record CalloutContext
{
    /// <summary>When the callout arrived.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The address of the machine that sent it. Null when the host does not know, or when it came over no network.</summary>
    public IPAddress? RemoteAddress { get; init; }
}
