using System;
using System.Buffers;

namespace OracleCct.Protocol;

/// <summary>Writes the parameters of a query string, at first into a buffer of the caller's.</summary>
internal ref struct QueryWriter(Span<char> buffer)
{
    // A pair of surrogates becomes four escaped bytes.
    private const int LongestEscape = 12;

#if NET
    private static readonly SearchValues<char> Unreserved = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");
#endif

    private Span<char> _buffer = buffer;
    private char[]? _rented;
    private int _length;

    /// <summary>Writes a parameter whose name needs no escapes.</summary>
    public void Parameter(string name, string value)
    {
        Reserve(name.Length + 2);
        if (_length > 0)
        {
            _buffer[_length++] = '&';
        }

        name.AsSpan().CopyTo(_buffer.Slice(_length));
        _length += name.Length;
        _buffer[_length++] = '=';
        Escape(value.AsSpan(), name);
    }

    /// <summary>Writes a parameter that nobody knows. Its name may be a piece of somebody's unescaped password, so no error says it.</summary>
    public void Extra(WireField extra)
    {
        Reserve(1);
        _buffer[_length++] = '&';
        Escape(extra.Name.AsSpan(), null);
        Reserve(1);
        _buffer[_length++] = '=';
        Escape(extra.Value.AsSpan(), null);
    }

    public override readonly string ToString() => _buffer.Slice(0, _length).ToString();

    public void Dispose()
    {
        if (_rented is not null)
        {
            // It may have held a password.
            ArrayPool<char>.Shared.Return(_rented, clearArray: true);
            _rented = null;
        }
    }

    private void Escape(ReadOnlySpan<char> text, string? field)
    {
        for (int i = 0; i < text.Length;)
        {
            int plain = UnreservedLength(text.Slice(i));
            Reserve(plain + LongestEscape);
            text.Slice(i, plain).CopyTo(_buffer.Slice(_length));
            _length += plain;
            i += plain;
            if (i < text.Length)
            {
                i += EscapeOne(text, i, field);
            }
        }
    }

    private int EscapeOne(ReadOnlySpan<char> text, int i, string? field)
    {
        char c = text[i];
        if (c < 0x80)
        {
            Octet(c);
            return 1;
        }

        if (c < 0x800)
        {
            Octet(0xC0 | (c >> 6));
            Octet(0x80 | (c & 0x3F));
            return 1;
        }

        if (!char.IsSurrogate(c))
        {
            Octet(0xE0 | (c >> 12));
            Octet(0x80 | ((c >> 6) & 0x3F));
            Octet(0x80 | (c & 0x3F));
            return 1;
        }

        if (!char.IsHighSurrogate(c) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
        {
            throw new ProtocolFormatException(new(ProtocolErrorKind.InvalidCharacter, field, i, $"Half a surrogate pair in {field ?? "an extra field"} cannot be written"));
        }

        int codePoint = char.ConvertToUtf32(c, text[i + 1]);
        Octet(0xF0 | (codePoint >> 18));
        Octet(0x80 | ((codePoint >> 12) & 0x3F));
        Octet(0x80 | ((codePoint >> 6) & 0x3F));
        Octet(0x80 | (codePoint & 0x3F));
        return 2;
    }

    private void Octet(int octet)
    {
        const string Digits = "0123456789ABCDEF";
        _buffer[_length++] = '%';
        _buffer[_length++] = Digits[octet >> 4];
        _buffer[_length++] = Digits[octet & 0xF];
    }

#if NET
    private static int UnreservedLength(ReadOnlySpan<char> text) => text.IndexOfAnyExcept(Unreserved) is >= 0 and var length ? length : text.Length;
#else
    private static int UnreservedLength(ReadOnlySpan<char> text)
    {
        int length = 0;
        while (length < text.Length && text[length] is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '.' or '_' or '~')
        {
            length++;
        }

        return length;
    }
#endif

    private void Reserve(int count)
    {
        if (_buffer.Length - _length < count)
        {
            Grow(count);
        }
    }

    private void Grow(int count)
    {
        char[] larger = ArrayPool<char>.Shared.Rent(Math.Max(_length + count, _buffer.Length * 2));
        _buffer.Slice(0, _length).CopyTo(larger);
        Dispose();
        _buffer = _rented = larger;
    }
}
