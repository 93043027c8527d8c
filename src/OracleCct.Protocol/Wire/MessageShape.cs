using System;

namespace OracleCct.Protocol;

/// <summary>
/// Represents the shape of one kind of message: its name, and its fields in canonical order. Both formatters read and write through it, so that a
/// message is described once.
/// </summary>
/// <param name="name">The name on the wire.</param>
/// <param name="empty">A message of this kind without values.</param>
/// <param name="copy">Copies a message.</param>
/// <param name="setExtraFields">Sets the extra fields of a message that no caller has yet.</param>
/// <param name="fields">The fields, at most 32.</param>
internal sealed class MessageShape<TMessage>(
    string name, TMessage empty, Func<TMessage, TMessage> copy, Action<TMessage, WireFields> setExtraFields, FieldShape<TMessage>[] fields)
{
    public string Name { get; } = name;

    public ReadOnlySpan<FieldShape<TMessage>> Fields => fields;

    /// <summary>Gets a message of this kind without values, which no caller may get.</summary>
    public TMessage Empty => empty;

    /// <summary>Returns the shape with that name, or <see langword="null"/>.</summary>
    public static MessageShape<TMessage>? Find(MessageShape<TMessage>[] shapes, ReadOnlySpan<char> name, StringComparison comparison)
    {
        foreach (MessageShape<TMessage> shape in shapes)
        {
            if (name.SequenceEqual(shape.Name.AsSpan()))
            {
                return shape;
            }
        }

        foreach (MessageShape<TMessage> shape in shapes)
        {
            if (name.Equals(shape.Name.AsSpan(), comparison))
            {
                return shape;
            }
        }

        return null;
    }

    /// <summary>Returns a copy of a message, which fields can be set on until a caller gets it.</summary>
    public TMessage Copy(TMessage message) => copy(message);

    public void SetExtraFields(TMessage message, WireFields extraFields) => setExtraFields(message, extraFields);

    /// <summary>Returns the index of the field with that name, or -1.</summary>
    /// <param name="fieldName">The name.</param>
    /// <param name="comparison">How this wire compares names.</param>
    /// <param name="expected">The index that the field has when the sender keeps to the order and the spelling of the examples.</param>
    public int IndexOf(ReadOnlySpan<char> fieldName, StringComparison comparison, int expected = 0)
    {
        for (int i = expected; i < fields.Length; i++)
        {
            if (fieldName.SequenceEqual(fields[i].Name.AsSpan()))
            {
                return i;
            }
        }

        for (int i = 0; i < fields.Length; i++)
        {
            if (fieldName.Equals(fields[i].Name.AsSpan(), comparison))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Throws when the field must have a value.</summary>
    public void ThrowIfRequired(FieldShape<TMessage> field)
    {
        if (field.Required)
        {
            throw new ProtocolFormatException(new(ProtocolErrorKind.MissingField, field.Name, 0, $"{field.Name} of {Name} is null"));
        }
    }

    /// <summary>Throws for an extra field that would be read back into a property.</summary>
    public void ThrowIfAmongFields(string extraName, StringComparison comparison)
    {
        int index = IndexOf(extraName.AsSpan(), comparison);
        if (index >= 0)
        {
            throw new ProtocolFormatException(new(
                ProtocolErrorKind.DuplicateField,
                fields[index].Name,
                0,
                $"{fields[index].Name} has its own property in {Name} and cannot be an extra field"));
        }
    }
}
