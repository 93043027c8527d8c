using System;
using System.Diagnostics.CodeAnalysis;

namespace OracleCct.Protocol;

/// <summary>Represents the connection of a call's parties. Wire name <c>CallEstablished</c>.</summary>
/// <remarks>Send it after the call's screen pop, with the same ID. EBS uses it for its interaction history. Source: Oracle's examples.</remarks>
public sealed record CallEstablishedEvent : CallEvent
{
    internal static readonly MessageShape<CctEvent> WireShape = Describe("CallEstablished", new CallEstablishedEvent(""), SourceIdField);

    /// <summary>Initializes a new instance. Set the required properties in an object initializer.</summary>
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
