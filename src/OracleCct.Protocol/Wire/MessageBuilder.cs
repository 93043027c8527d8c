using System;
using System.Collections.Generic;

namespace OracleCct.Protocol;

/// <summary>Builds one message from the fields of a text, in the order in which they are read.</summary>
internal struct MessageBuilder<TMessage>(MessageShape<TMessage> shape)
{
    private readonly TMessage _message = shape.Copy(shape.Empty);
    private List<WireField>? _extra;
    private int _expected;

    // One bit for each field of the shape.
    private uint _read;

    /// <summary>Returns the index in the shape of the field with that name, or -1.</summary>
    public int IndexOf(ReadOnlySpan<char> fieldName, StringComparison comparison)
    {
        int index = shape.IndexOf(fieldName, comparison, _expected);
        _expected = index < 0 ? _expected : index + 1;
        return index;
    }

    /// <summary>Sets the field with that index in the shape.</summary>
    public ProtocolError? Set(int index, string value, int offset)
    {
        FieldShape<TMessage> field = shape.Fields[index];
        if (HasRead(index))
        {
            return new(ProtocolErrorKind.DuplicateField, field.Name, offset, $"{field.Name} occurs more than once in {shape.Name}");
        }

        if (!field.Accepts(value))
        {
            return new(ProtocolErrorKind.InvalidValue, field.Name, offset, $"{field.Name} of {shape.Name} must {field.Rule}");
        }

        field.Set(_message, value);
        _read |= 1u << index;
        return null;
    }

    public void AddExtra(string name, string value) => (_extra ??= []).Add(new WireField(name, value));

    /// <summary>Completes the message, or says which required field is missing.</summary>
    /// <param name="offset">The offset of the message or of its end.</param>
    /// <param name="message">The message, unless there is an error.</param>
    public readonly ProtocolError? Build(int offset, out TMessage? message)
    {
        message = default;
        for (int i = 0; i < shape.Fields.Length; i++)
        {
            FieldShape<TMessage> field = shape.Fields[i];
            if (field.Required && !HasRead(i))
            {
                return new(ProtocolErrorKind.MissingField, field.Name, offset, $"{field.Name} is missing from {shape.Name}");
            }
        }

        if (_extra is not null)
        {
            shape.SetExtraFields(_message, WireFields.Create(_extra));
        }

        message = _message;
        return null;
    }

    private readonly bool HasRead(int index) => (_read & (1u << index)) != 0;
}
