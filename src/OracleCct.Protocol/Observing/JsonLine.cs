using System;
using System.Globalization;
using System.Text;

namespace OracleCct.Protocol;

/// <summary>
/// Writes one JSON object on one line, in ASCII. It omits null values. Half a surrogate pair, on which JSON readers disagree, becomes U+FFFD.
/// </summary>
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

    public void Add(string name, bool? value)
    {
        if (value is { } flag)
        {
            Name(name);
            _ = _text.Append(flag ? "true" : "false");
        }
    }

    public void Add(string name, DateTimeOffset value) =>
        Add(name, value.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));

    /// <summary>Adds a duration in milliseconds, to the microsecond.</summary>
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
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] is '"' or '\\')
            {
                _ = _text.Append('\\').Append(value[i]);
            }
            else if (value[i] is >= ' ' and <= '~')
            {
                _ = _text.Append(value[i]);
            }
            else if (i + 1 < value.Length && char.IsSurrogatePair(value[i], value[i + 1]))
            {
                Escape(value[i++]);
                Escape(value[i]);
            }
            else
            {
                Escape(char.IsSurrogate(value[i]) ? '\uFFFD' : value[i]);
            }
        }

        _ = _text.Append('"');
    }

    private void Escape(char c) => _text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
}
