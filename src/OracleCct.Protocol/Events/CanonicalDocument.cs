using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace OracleCct.Protocol;

/// <summary>
/// Reads documents in the form that the formatter writes, with or without blanks between the elements. It gives up on everything else and on every error,
/// so that only System.Xml decides what is XML and where an error is.
/// </summary>
internal ref struct CanonicalDocument(ReadOnlySpan<char> text)
{
    // The highest code point, 10FFFF, has seven as a decimal number.
    private const int MostReferenceDigits = 7;

    /// <summary>The characters that an attribute holds unescaped. System.Xml reads line ends and tabs, which are spaces there.</summary>
    private static readonly SearchValues<char> Plain =
        SearchValues.Create([.. from code in Enumerable.Range(' ', '~' - ' ' + 1) let c = (char)code where c is not ('"' or '&' or '<') select c]);

    private ReadOnlySpan<char> _rest = text;

    /// <summary>Returns the events of the document, or <see langword="null"/> when it does not have this form.</summary>
    public static List<CctEvent>? Read(ReadOnlySpan<char> text) => new CanonicalDocument(text).Read();

    /// <summary>Returns the events of the document, or <see langword="null"/> when it does not have this form or is not ASCII.</summary>
    public static List<CctEvent>? Read(ReadOnlySpan<byte> bytes)
    {
        char[] text = ArrayPool<char>.Shared.Rent(bytes.Length);
        try
        {
            return TryWiden(bytes, text) ? Read(text.AsSpan(0, bytes.Length)) : null;
        }
        finally
        {
            // It contains data of callers, which the next user of the array must not see.
            ArrayPool<char>.Shared.Return(text, clearArray: true);
        }
    }

    private List<CctEvent>? Read()
    {
        if (!Take("<CCTSDK>"))
        {
            return null;
        }

        var events = new List<CctEvent>(1);
        for (SkipBlanks(); Take("<event name=\""); SkipBlanks())
        {
            if (ReadEvent() is not { } cctEvent)
            {
                return null;
            }

            events.Add(cctEvent);
        }

        if (!Take("</CCTSDK>"))
        {
            return null;
        }

        SkipBlanks();
        return _rest.IsEmpty ? events : null;
    }

    private CctEvent? ReadEvent()
    {
        if (!TakeName(out ReadOnlySpan<char> name) || !Take(">"))
        {
            return null;
        }

        MessageShape<CctEvent> shape = EventShapes.Find(name) ?? new UnknownEvent(name.ToString()).Shape;
        var builder = new MessageBuilder<CctEvent>(shape);
        for (SkipBlanks(); Take("<data name=\""); SkipBlanks())
        {
            if (!ReadData(ref builder))
            {
                return null;
            }
        }

        return Take("</event>") && builder.Build(0, out CctEvent? cctEvent) is null ? cctEvent : null;
    }

    private bool ReadData(ref MessageBuilder<CctEvent> builder)
    {
        if (!TakeName(out ReadOnlySpan<char> name) || !Take(" value=\"") || TakeValue() is not { } value)
        {
            return false;
        }

        SkipBlanks();
        if (!Take("/>"))
        {
            return false;
        }

        int index = builder.IndexOf(name, StringComparison.Ordinal);
        if (index >= 0)
        {
            return builder.Set(index, value, 0) is null;
        }

        builder.AddExtra(name.ToString(), value);
        return true;
    }

    private bool Take(string markup)
    {
        if (!_rest.StartsWith(markup.AsSpan()))
        {
            return false;
        }

        _rest = _rest.Slice(markup.Length);
        return true;
    }

    private void SkipBlanks()
    {
        int blanks = 0;
        while (blanks < _rest.Length && Blank.Is(_rest[blanks]))
        {
            blanks++;
        }

        _rest = _rest.Slice(blanks);
    }

    /// <summary>
    /// Takes an attribute's text and its closing quote: a part of the document itself when nothing is escaped, because most names are only compared.
    /// </summary>
    private bool TakeName(out ReadOnlySpan<char> name)
    {
        if (!TakeText(out name, out bool isPlain))
        {
            return false;
        }

        if (isPlain)
        {
            return true;
        }

        string? unescaped = Unescape(name);
        name = unescaped.AsSpan();
        return unescaped is not null;
    }

    private string? TakeValue() => !TakeText(out ReadOnlySpan<char> raw, out bool isPlain) ? null : isPlain ? raw.ToString() : Unescape(raw);

    private bool TakeText(out ReadOnlySpan<char> raw, out bool isPlain)
    {
        int length = PlainLength(_rest);
        isPlain = length < _rest.Length && _rest[length] == '"';
        length = isPlain ? length : _rest.IndexOf('"');
        if (length < 0)
        {
            raw = default;
            return false;
        }

        raw = _rest.Slice(0, length);
        _rest = _rest.Slice(length + 1);
        return true;
    }

    private static string? Unescape(ReadOnlySpan<char> raw)
    {
        char[] text = ArrayPool<char>.Shared.Rent(raw.Length);
        try
        {
            int length = 0;
            while (!raw.IsEmpty)
            {
                char c = raw[0];
                if (c != '&')
                {
                    if (c is < ' ' or > '~' or '<')
                    {
                        return null;
                    }

                    text[length++] = c;
                    raw = raw.Slice(1);
                    continue;
                }

                int end = raw.IndexOf(';');
                int codePoint = end < 0 ? -1 : Referred(raw.Slice(1, end - 1));
                if (!XmlText.IsCharacter(codePoint))
                {
                    return null;
                }

                if (codePoint > char.MaxValue)
                {
                    text[length++] = (char)(0xD800 + ((codePoint - 0x10000) >> 10));
                    codePoint = 0xDC00 + (codePoint & 0x3FF);
                }

                text[length++] = (char)codePoint;
                raw = raw.Slice(end + 1);
            }

            return text.AsSpan(0, length).ToString();
        }
        finally
        {
            ArrayPool<char>.Shared.Return(text, clearArray: true);
        }
    }

    /// <summary>Returns the character that a reference means, which is the text between an ampersand and a semicolon, or -1.</summary>
    private static int Referred(ReadOnlySpan<char> reference) => reference switch
    {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ when reference.StartsWith("#x".AsSpan()) => Number(reference.Slice(2), 16),
        _ when reference.StartsWith("#".AsSpan()) => Number(reference.Slice(1), 10),
        _ => -1,
    };

    private static int Number(ReadOnlySpan<char> digits, int radix)
    {
        if (digits.Length is 0 or > MostReferenceDigits)
        {
            return -1;
        }

        int number = 0;
        foreach (char c in digits)
        {
            int digit = HexDigit.ValueOf(c);
            if (digit < 0 || digit >= radix)
            {
                return -1;
            }

            number = (number * radix) + digit;
        }

        return number;
    }

    private static int PlainLength(ReadOnlySpan<char> text) => text.IndexOfAnyExcept(Plain) is >= 0 and var length ? length : text.Length;

    private static bool TryWiden(ReadOnlySpan<byte> bytes, Span<char> text) => Ascii.ToUtf16(bytes, text, out _) == OperationStatus.Done;
}
