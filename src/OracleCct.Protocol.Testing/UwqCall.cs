using System.Collections.Generic;

namespace OracleCct.Protocol.Testing;

/// <summary>How far a call has come, by its events.</summary>
public enum UwqCallState
{
    /// <summary>Its ScreenPop has come.</summary>
    Popped,

    /// <summary>CallEstablished has come.</summary>
    Established,

    /// <summary>CallReleased has come.</summary>
    Released,
}

/// <summary>A call as EBS knows it: the events with one occtSourceID.</summary>
/// <remarks>A snapshot. Immutable, and safe to use from several threads.</remarks>
public sealed record UwqCall
{
    internal UwqCall()
    {
    }

    /// <summary>The id, <c>occtSourceID</c>.</summary>
    public required string SourceId { get; init; }

    /// <summary>How far the call has come.</summary>
    public required UwqCallState State { get; init; }

    /// <summary>The call's first ScreenPop. Null when there was none.</summary>
    public ScreenPopEvent? ScreenPop { get; init; }

    /// <summary>The call's events in the order of arrival. Never null, never empty.</summary>
    public required IReadOnlyList<UwqMessage> Messages { get; init; }

    /// <summary>Id and state on one line.</summary>
    public override string ToString() => Printable.Of($"{SourceId}: {State}");
}
