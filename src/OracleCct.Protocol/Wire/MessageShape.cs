using System;
using System.Collections.Generic;

namespace OracleCct.Protocol;

/// <summary>One field that a message knows: its wire name, and what its value must be.</summary>
internal sealed class FieldShape(string name, bool required = true, Func<string, bool>? isValid = null, string? rule = null)
{
    public string Name { get; } = name;

    public bool Required { get; } = required;

    public bool Accepts(string value) => isValid is null || isValid(value);

    /// <summary>Ends the sentence "port must …" when <see cref="Accepts"/> says no.</summary>
    public string? Rule { get; } = rule;
}

/// <summary>
/// How one kind of message lies on the wire: its name, its fields in canonical order, and the way from and to the record.
/// Both formatters read and write through it, so that a message is described once.
/// </summary>
internal sealed class MessageShape<TMessage>(
    string name,
    FieldShape[] fields,
    Func<string?[], WireFields, TMessage> create,
    Func<TMessage, int, string?> valueOf)
{
    public string Name { get; } = name;

    public ReadOnlySpan<FieldShape> Fields => fields;

    /// <summary>The shape of that name among some; null when none has it.</summary>
    public static MessageShape<TMessage>? Find(ReadOnlySpan<MessageShape<TMessage>> shapes, ReadOnlySpan<char> name, StringComparison comparison)
    {
        foreach (MessageShape<TMessage> shape in shapes)
        {
            if (name.Equals(shape.Name.AsSpan(), comparison))
            {
                return shape;
            }
        }

        return null;
    }

    /// <summary>The place of the field of that name; -1 when there is none. Where the name is expected, it is sought first.</summary>
    public int IndexOf(ReadOnlySpan<char> fieldName, StringComparison comparison, int expected = 0)
    {
        for (int i = expected; i < fields.Length; i++)
        {
            if (fieldName.Equals(fields[i].Name.AsSpan(), comparison))
            {
                return i;
            }
        }

        for (int i = 0; i < expected; i++)
        {
            if (fieldName.Equals(fields[i].Name.AsSpan(), comparison))
            {
                return i;
            }
        }

        return -1;
    }

    public TMessage Create(string?[] values, WireFields extraFields) => create(values, extraFields);

    public string? ValueOf(TMessage message, int index) => valueOf(message, index);

    /// <summary>The value to write; null when the field is not sent. Throws when the field must be.</summary>
    public string? ValueToWrite(TMessage message, int index)
    {
        string? value = valueOf(message, index);
        return value is null && fields[index].Required
            ? throw new ProtocolFormatException(new(ProtocolErrorKind.MissingField, fields[index].Name, 0, $"{fields[index].Name} of {Name} is null"))
            : value;
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

/// <summary>Gathers the fields of one message as they are met in a text, and makes the message of them.</summary>
internal struct MessageBuilder<TMessage>(MessageShape<TMessage> shape)
{
    private readonly string?[] _values = shape.Fields.IsEmpty ? [] : new string?[shape.Fields.Length];
    private List<WireField>? _extra;
    private int _expected;

    /// <summary>The place in the shape of the field of that name; -1 when there is none. Most senders keep to the examples' order.</summary>
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
        if (_values[index] is not null)
        {
            return new(ProtocolErrorKind.DuplicateField, field.Name, offset, $"{field.Name} stands twice in {shape.Name}");
        }

        if (!field.Accepts(value))
        {
            return new(ProtocolErrorKind.InvalidValue, field.Name, offset, $"{field.Name} of {shape.Name} must {field.Rule}");
        }

        _values[index] = value;
        return null;
    }

    public void AddExtra(string name, string value) => (_extra ??= []).Add(new WireField(name, value));

    /// <summary>Makes the message, or says which field is missing. The offset is where the message stands or ends.</summary>
    public readonly ProtocolError? Build(int offset, out TMessage? message)
    {
        for (int i = 0; i < _values.Length; i++)
        {
            FieldShape field = shape.Fields[i];
            if (field.Required && _values[i] is null)
            {
                message = default;
                return new(ProtocolErrorKind.MissingField, field.Name, offset, $"{field.Name} is missing from {shape.Name}");
            }
        }

        message = shape.Create(_values, _extra is null ? WireFields.Empty : WireFields.Create(_extra));
        return null;
    }
}
