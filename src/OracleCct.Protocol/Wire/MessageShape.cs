using System;
using System.Collections.Generic;
using System.Text;

namespace OracleCct.Protocol;

/// <summary>One field that a message knows: its wire name, and what its value must be.</summary>
internal sealed class FieldShape(string name, bool required = true, Func<string, bool>? isValid = null, string? rule = null)
{
    public string Name { get; } = name;

    /// <summary>What stands in front of its value among the parameters of a callout.</summary>
    public string ParameterStart { get; } = $"&{name}=";

    /// <summary>What stands in front of its value in an event.</summary>
    public byte[] DataStart { get; } = Encoding.ASCII.GetBytes($"<data name=\"{name}\" value=\"");

    public bool Required { get; } = required;

    public bool Accepts(string value) => isValid is null || isValid(value);

    /// <summary>Ends the sentence "port must …" when <see cref="Accepts"/> says no.</summary>
    public string? Rule { get; } = rule;
}

/// <summary>How one kind of message lies on the wire: its name, and its fields in canonical order.</summary>
internal abstract class MessageShape(string name, FieldShape[] fields)
{
    public string Name { get; } = name;

    public ReadOnlySpan<FieldShape> Fields => fields;

    /// <summary>The place of the field of that name; -1 when there is none.</summary>
    /// <param name="fieldName">The name.</param>
    /// <param name="comparison">How this wire compares names.</param>
    /// <param name="expected">Where most senders, who keep to the order and the spelling of the examples, would have it.</param>
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

    /// <summary>Throws when the field with that index may not be left out.</summary>
    public void ThrowIfRequired(int index)
    {
        if (fields[index].Required)
        {
            throw new ProtocolFormatException(new(ProtocolErrorKind.MissingField, fields[index].Name, 0, $"{fields[index].Name} of {Name} is null"));
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
                $"{fields[index].Name} has its own property in {Name} and may not stand among the extra fields"));
        }
    }
}

/// <summary>
/// The shape of one kind of message, and the way to its record. Both formatters read and write through it, so that a message is described once.
/// </summary>
internal sealed class MessageShape<TMessage>(string name, FieldShape[] fields, Func<string?[], WireFields, TMessage> create) : MessageShape(name, fields)
{
    /// <summary>The shape of that name among some; null when none has it.</summary>
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

    /// <summary>Makes the message of what was gathered, or says which field is missing. The offset is where the message stands or ends.</summary>
    public ProtocolError? Create(in MessageBuilder gathered, int offset, out TMessage? message)
    {
        ProtocolError? error = gathered.Missing(offset);
        message = error is null ? create(gathered.Values, gathered.ExtraFields) : default;
        return error;
    }
}

/// <summary>Gathers the fields of one message as they are met in a text.</summary>
internal struct MessageBuilder(MessageShape shape)
{
    private List<WireField>? _extra;
    private int _expected;

    /// <summary>By the fields' order in the shape; null for those that are not there.</summary>
    public string?[] Values { get; } = shape.Fields.IsEmpty ? [] : new string?[shape.Fields.Length];

    public readonly WireFields ExtraFields => _extra is null ? WireFields.Empty : WireFields.Create(_extra);

    /// <summary>The place in the shape of the field of that name; -1 when there is none.</summary>
    public int IndexOf(ReadOnlySpan<char> fieldName, StringComparison comparison)
    {
        int index = shape.IndexOf(fieldName, comparison, _expected);
        _expected = index < 0 ? _expected : index + 1;
        return index;
    }

    /// <summary>Takes the value of the field with that index in the shape.</summary>
    public readonly ProtocolError? Set(int index, string value, int offset)
    {
        FieldShape field = shape.Fields[index];
        if (Values[index] is not null)
        {
            return new(ProtocolErrorKind.DuplicateField, field.Name, offset, $"{field.Name} stands twice in {shape.Name}");
        }

        if (!field.Accepts(value))
        {
            return new(ProtocolErrorKind.InvalidValue, field.Name, offset, $"{field.Name} of {shape.Name} must {field.Rule}");
        }

        Values[index] = value;
        return null;
    }

    public void AddExtra(string name, string value) => (_extra ??= []).Add(new WireField(name, value));

    /// <summary>Which field is not there and must be; null when none is.</summary>
    public readonly ProtocolError? Missing(int offset)
    {
        for (int i = 0; i < Values.Length; i++)
        {
            if (Values[i] is null && shape.Fields[i].Required)
            {
                return new(ProtocolErrorKind.MissingField, shape.Fields[i].Name, offset, $"{shape.Fields[i].Name} is missing from {shape.Name}");
            }
        }

        return null;
    }
}
