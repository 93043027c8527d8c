using System;
using System.Collections.Generic;

namespace OracleCct.Protocol;

/// <summary>Every event that the library knows.</summary>
internal static class EventShapes
{
    public static IReadOnlyList<MessageShape<CctEvent>> All { get; } =
    [
        ScreenPopEvent.WireShape,
        CallEstablishedEvent.WireShape,
        CallReleasedEvent.WireShape,
        ErrorEvent.WireShape,
    ];

    /// <summary>The event of exactly that name: EBS's forms regard case, so a near miss must stay visible.</summary>
    public static MessageShape<CctEvent>? Find(string name) => MessageShape<CctEvent>.Find(All, name, StringComparison.Ordinal);

    /// <summary>Whether an event of a call has this name, in any case.</summary>
    public static bool IsOfCall(string name) => MessageShape<CctEvent>.Find(All, name, StringComparison.OrdinalIgnoreCase) is { } shape && shape != ErrorEvent.WireShape;
}
