using System;

namespace OracleCct.Protocol;

/// <summary>Provides every event that the library knows.</summary>
internal static class EventShapes
{
    /// <summary>Gets every shape, in no particular order.</summary>
    internal static readonly MessageShape<CctEvent>[] All =
    [
        ScreenPopEvent.WireShape,
        CallEstablishedEvent.WireShape,
        CallReleasedEvent.WireShape,
        ErrorEvent.WireShape,
    ];

    /// <summary>Returns the event of exactly that name. EBS's forms are case-sensitive, so another case is another event.</summary>
    public static MessageShape<CctEvent>? Find(ReadOnlySpan<char> name) => MessageShape<CctEvent>.Find(All, name, StringComparison.Ordinal);

    /// <summary>Indicates whether an event of a call has this name, in any case.</summary>
    public static bool IsOfCall(ReadOnlySpan<char> name) => MessageShape<CctEvent>.Find(All, name, StringComparison.OrdinalIgnoreCase) is { Empty: CallEvent };
}
