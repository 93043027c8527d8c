using System;
using System.Diagnostics.CodeAnalysis;

namespace OracleCct.Protocol;

/// <summary>Represents the end of a call. Wire name <c>CallReleased</c>.</summary>
/// <remarks>Send it with the ID of the call's screen pop. EBS uses it for its interaction history. Source: Oracle's examples.</remarks>
public sealed record CallReleasedEvent : CallEvent
{
    internal static readonly MessageShape<CctEvent> WireShape = Describe("CallReleased", new CallReleasedEvent(""), SourceIdField);

    /// <summary>Initializes a new instance. Set the required properties in an object initializer.</summary>
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
