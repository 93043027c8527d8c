using System;
using System.Diagnostics.CodeAnalysis;

namespace OracleCct.Protocol;

/// <summary>A call has ended. Wire name <c>CallReleased</c>.</summary>
/// <remarks>It repeats the id of the call's screen pop. EBS keeps its interaction history by it. Source: Oracle's examples.</remarks>
public sealed record CallReleasedEvent : CallEvent
{
    internal static readonly MessageShape<CctEvent> WireShape = Describe("CallReleased", new CallReleasedEvent(""), SourceIdField);

    /// <summary>Initializes a new instance whose required properties the object initializer sets.</summary>
    public CallReleasedEvent()
    {
    }

    /// <summary>Initializes a new instance with its required properties, in the order of the wire.</summary>
    /// <param name="sourceId">The id of the call: see <see cref="CallEvent.SourceId"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="sourceId"/> is null.</exception>
    [SetsRequiredMembers]
    public CallReleasedEvent(string sourceId)
        : base(sourceId)
    {
    }

    /// <inheritdoc/>
    public override string Name => WireShape.Name;

    internal override MessageShape<CctEvent> Shape => WireShape;
}
