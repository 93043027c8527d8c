using System;
using System.Diagnostics.CodeAnalysis;

namespace OracleCct.Protocol;

/// <summary>The parties of a call are connected. Wire name <c>CallEstablished</c>.</summary>
/// <remarks>It goes after the call's screen pop and repeats its id. EBS keeps its interaction history by it. Source: Oracle's examples.</remarks>
public sealed record CallEstablishedEvent : CallEvent
{
    internal static readonly MessageShape<CctEvent> WireShape = Describe("CallEstablished", new CallEstablishedEvent(""), SourceIdField);

    /// <summary>Initializes a new instance whose required properties the object initializer sets.</summary>
    public CallEstablishedEvent()
    {
    }

    /// <summary>Initializes a new instance with its required properties, in the order of the wire.</summary>
    /// <param name="sourceId">The id of the call: see <see cref="CallEvent.SourceId"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="sourceId"/> is null.</exception>
    [SetsRequiredMembers]
    public CallEstablishedEvent(string sourceId)
        : base(sourceId)
    {
    }

    /// <inheritdoc/>
    public override string Name => WireShape.Name;

    internal override MessageShape<CctEvent> Shape => WireShape;
}
