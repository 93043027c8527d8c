using System;
using System.Text;

namespace OracleCct.Protocol;

/// <summary>Represents one field that a message knows: its name on the wire, its property, and what its value must be.</summary>
/// <param name="name">The name on the wire.</param>
/// <param name="get">Gets the value as text; <see langword="null"/> when it is not sent.</param>
/// <param name="set">Sets the property of a message that no caller has yet, from a text that <paramref name="isValid"/> accepts.</param>
/// <param name="required">Whether every message has the field.</param>
/// <param name="isValid">Which texts are values of the field; <see langword="null"/> accepts all.</param>
/// <param name="rule">Ends the sentence "port must …" for the others.</param>
internal sealed class FieldShape<TMessage>(
    string name, Func<TMessage, string?> get, Action<TMessage, string?> set, bool required = true, Func<string, bool>? isValid = null, string? rule = null)
{
    public string Name { get; } = name;

    /// <summary>Gets what precedes the value among the parameters of a callout.</summary>
    public string ParameterStart { get; } = $"&{name}=";

    /// <summary>Gets what precedes the value in an event.</summary>
    public byte[] DataStart { get; } = Encoding.ASCII.GetBytes($"<data name=\"{name}\" value=\"");

    public bool Required => required;

    public string? Rule => rule;

    public string? Get(TMessage message) => get(message);

    public void Set(TMessage message, string? value) => set(message, value);

    public bool Accepts(string value) => isValid is null || isValid(value);
}
