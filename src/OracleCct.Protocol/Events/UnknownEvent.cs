using System;

namespace OracleCct.Protocol;

/// <summary>Represents an event that this library does not know, with all its pairs in <see cref="CctEvent.ExtraFields"/>.</summary>
/// <remarks>Oracle's guide names some without an example, such as <c>TelephonyEnabled</c>. A site may have added others.</remarks>
public sealed record UnknownEvent : CctEvent
{
    /// <summary>Initializes a new event that this library does not know.</summary>
    /// <param name="name">The event's name, as on the wire. May be empty.</param>
    /// <param name="extraFields">The pairs: see <see cref="CctEvent.ExtraFields"/>. <see langword="null"/> sends none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> has its own record.</exception>
    public UnknownEvent(string name, WireFields? extraFields = null)
    {
        if (EventShapes.Find((name ?? throw new ArgumentNullException(nameof(name))).AsSpan()) is { } known)
        {
            throw new ArgumentException($"{known.Name} is a known event. Use its own record.", nameof(name));
        }

        Name = name;
        ExtraFields = extraFields ?? WireFields.Empty;
    }

    /// <summary>Gets the event's name, spelled as it was received (attribute <c>name</c> of <c>event</c>). Never null.</summary>
    public override string Name { get; }

    internal override MessageShape<CctEvent> Shape => Describe(Name, this);
}
