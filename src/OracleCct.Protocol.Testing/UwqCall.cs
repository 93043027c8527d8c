using System.Collections.Generic;

namespace OracleCct.Protocol.Testing;

/// <summary>Specifies the state of a call, according to its events.</summary>
public enum UwqCallState
{
    /// <summary>ScreenPop has arrived.</summary>
    Popped,

    /// <summary>CallEstablished has arrived.</summary>
    Established,

    /// <summary>CallReleased has arrived.</summary>
    Released,
}

/// <summary>Represents a call as EBS sees it: the events with one occtSourceID.</summary>
/// <remarks>A snapshot. Immutable, and safe to use from several threads.</remarks>
public sealed record UwqCall
{
    internal UwqCall()
    {
    }

    /// <summary>Gets the id, <c>occtSourceID</c>.</summary>
    public required string SourceId { get; init; }

    /// <summary>Gets the state of the call.</summary>
    public required UwqCallState State { get; init; }

    /// <summary>Gets the first ScreenPop of the call; null when there was none.</summary>
    public ScreenPopEvent? ScreenPop { get; init; }

    /// <summary>Gets the events of the call in the order of arrival. Never null, never empty.</summary>
    public required IReadOnlyList<UwqMessage> Messages { get; init; }

    /// <summary>Returns id and state on one line.</summary>
    public override string ToString() => Printable.Of($"{SourceId}: {State}");
}
