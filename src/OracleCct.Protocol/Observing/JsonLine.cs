using System;
using System.Globalization;
using System.Text;

namespace OracleCct.Protocol;

/// <summary>One JSON object on one line, in ASCII. Null values are left out.</summary>
internal sealed class JsonLine
{
    private readonly StringBuilder _text = new("{");

    public void Add(string name, string? value)
    {
        if (value is not null)
        {
            Name(name);
            Quote(value);
        }
    }

    public void Add(string name, long? value)
    {
        if (value is { } number)
        {
            Name(name);
            _ = _text.Append(number.ToString(CultureInfo.InvariantCulture));
        }
    }

    public void Add(string name, DateTimeOffset value) => Add(name, value.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));

    /// <summary>A duration in milliseconds, to the microsecond.</summary>
    public void Add(string name, TimeSpan value)
    {
        Name(name);
        _ = _text.Append(value.TotalMilliseconds.ToString("0.###", CultureInfo.InvariantCulture));
    }

    public override string ToString() => $"{_text}}}";

    private void Name(string name)
    {
        if (_text.Length > 1)
        {
            _ = _text.Append(',');
        }

        Quote(name);
        _ = _text.Append(':');
    }

    private void Quote(string value)
    {
        _ = _text.Append('"');
        foreach (char c in value)
        {
            _ = c switch
            {
                '"' => _text.Append("\\\""),
                '\\' => _text.Append("\\\\"),
                < ' ' or > '~' => _text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => _text.Append(c),
            };
        }

        _ = _text.Append('"');
    }
}
