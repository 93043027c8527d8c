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
    public static MessageShape<CctEvent>? Find(string name)
    {
        foreach (MessageShape<CctEvent> shape in All)
        {
            if (string.Equals(name, shape.Name, StringComparison.Ordinal))
            {
                return shape;
            }
        }

        return null;
    }
}
