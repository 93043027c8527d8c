using System;
using System.Diagnostics.CodeAnalysis;

namespace OracleCct.Protocol;

/// <summary>
/// Represents a message from the softphone to E-Business Suite: an <c>event</c> of a CCTSDK document, with named values.
/// </summary>
/// <remarks>
/// The family is closed: every event is one of the sealed records of this library. <see cref="UnknownEvent"/> is the one for an event that the library does
/// not know. No event contains an agent: the address to which it is posted decides which agent gets it. Immutable, and safe to use from several threads.
/// <c>ToString</c> shows no extra field.
/// </remarks>
public abstract record CctEvent
{
    private WireFields _extraFields = WireFields.Empty;

    private protected CctEvent()
    {
    }

    /// <summary>Gets the event's name, spelled as on the wire (attribute <c>name</c> of <c>event</c>). Never null.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Gets the pairs for which this record has no property, in the order of the wire. They are written after the others. EBS's set of keys is open: a site's
    /// own keys belong here.
    /// </summary>
    /// <value>Empty by default, never null.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public WireFields ExtraFields
    {
        get => _extraFields;
        init => _extraFields = value ?? throw new ArgumentNullException(nameof(value));
    }

    internal abstract MessageShape<CctEvent> Shape { get; }

    /// <summary>
    /// Returns all pairs that are sent, in the order in which they are written: those of this record's properties, with their names on the wire, then
    /// <see cref="ExtraFields"/>.
    /// </summary>
    /// <returns>A new list; empty when the event has none. Never null.</returns>
    public WireFields GetPairs()
    {
        ReadOnlySpan<FieldShape<CctEvent>> fields = Shape.Fields;
        int count = 0;
        for (int i = 0; i < fields.Length; i++)
        {
            count += fields[i].Get(this) is null ? 0 : 1;
        }

        var pairs = new WireField[count + ExtraFields.Count];
        ExtraFields.AsSpan().CopyTo(pairs.AsSpan(count));
        for (int i = fields.Length - 1; i >= 0; i--)
        {
            if (fields[i].Get(this) is { } value)
            {
                pairs[--count] = new(fields[i].Name, value);
            }
        }

        return new(pairs);
    }

    private protected static MessageShape<CctEvent> Describe(string name, CctEvent empty, params FieldShape<CctEvent>[] fields) =>
        new(name, empty, static cctEvent => cctEvent with { }, static (cctEvent, extraFields) => cctEvent._extraFields = extraFields, fields);
}

/// <summary>Represents an event of one call.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public abstract record CallEvent : CctEvent
{
    private protected static readonly FieldShape<CctEvent> SourceIdField = new(
        "occtSourceID", static callEvent => ((CallEvent)callEvent).SourceId, static (callEvent, value) => ((CallEvent)callEvent)._sourceId = value!);

    private string _sourceId = null!;

    private protected CallEvent()
    {
    }

    [SetsRequiredMembers]
    private protected CallEvent(string sourceId) => SourceId = sourceId ?? throw new ArgumentNullException(nameof(sourceId));

    /// <summary>
    /// Gets the ID of the call (wire name <c>occtSourceID</c>): the same in its <see cref="ScreenPopEvent"/>, <see cref="CallEstablishedEvent"/> and
    /// <see cref="CallReleasedEvent"/>, and never used again. Never null.
    /// </summary>
    /// <remarks>
    /// Use at most 30 characters, as <see cref="ScreenPopEvent.NewSourceId"/> does: Collections fails on longer IDs, such as a GUID of 36 characters. Source:
    /// Oracle's examples; the limit is EBS's behaviour.
    /// </remarks>
    public required string SourceId { get => _sourceId; init => _sourceId = value; }
}
