using System.Net;

namespace OracleCct.Protocol;

/// <summary>Where Register may send an agent's events.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record EventDestinationOptions
{
    /// <summary>When set, all events go there, whatever Register says. Null: to where Register says.</summary>
    /// <value>Null by default.</value>
    public ListenerAddress? Fixed { get; init; }

    /// <summary>Decides where an agent's events go.</summary>
    /// <returns>Why they may not go there, in a sentence for whoever sent Register; null when they may.</returns>
    internal string? Resolve(RegisterCallout register, IPAddress? peer, out ListenerAddress? listener) =>
        (listener = Fixed) is not null || ListenerAddress.TryCreate(register.IpAddress, register.Port, out listener)
            ? null
            : "The ipAddress of Register is neither an IP address nor a host name.";
}
