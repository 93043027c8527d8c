using System;
using System.Buffers;
using System.Linq;

namespace OracleCct.Protocol;

/// <summary>Enumerates the pieces between the ampersands. A piece without an equals sign is a name with an empty value. Empty pieces are skipped.</summary>
internal struct QueryPieces
{
    /// <summary>ASCII without the characters that have a special meaning in a value.</summary>
    private static readonly SearchValues<char> Plain =
        SearchValues.Create([.. from code in Enumerable.Range(0, 0x80) let c = (char)code where c is not ('%' or '+') && !IsWrapping(c) select c]);

    private readonly int _length;
    private int _next;

    // The offset, from the piece on, of the first character that is not plain. Most texts have few or none, so a search for each name and value would
    // be wasted.
    private int _escape;

    public QueryPieces(string text, int start)
    {
        Text = text;
        _next = start;
        _length = text.Length;
        while (_length > start && Blank.Is(text[_length - 1]))
        {
            _length--;
        }

        _escape = start - 1;
    }

    public string Text { get; }

    public int NameStart { get; private set; }

    public int NameEnd { get; private set; }

    public int ValueStart { get; private set; }

    public int End { get; private set; }

    public readonly ReadOnlySpan<char> Name => Text.AsSpan(NameStart, NameEnd - NameStart);

    public readonly ReadOnlySpan<char> Value => Text.AsSpan(ValueStart, End - ValueStart);

    /// <summary>Gets whether the name is plain.</summary>
    public readonly bool IsNamePlain => _escape >= NameEnd;

    /// <summary>Gets whether name and value are plain.</summary>
    public readonly bool IsPlain => _escape >= End;

    public bool MoveNext()
    {
        while (_next < _length)
        {
            ReadOnlySpan<char> rest = Text.AsSpan(_next, _length - _next);
            int ampersand = rest.IndexOf('&');
            ReadOnlySpan<char> piece = ampersand < 0 ? rest : rest.Slice(0, ampersand);
            NameStart = _next;
            End = NameStart + piece.Length;
            _next = End + 1;
            if (!piece.IsEmpty)
            {
                int equals = piece.IndexOf('=');
                NameEnd = equals < 0 ? End : NameStart + equals;
                ValueStart = equals < 0 ? End : NameEnd + 1;
                _escape = _escape < NameStart ? NameStart + PlainLength(rest) : _escape;
                return true;
            }
        }

        return false;
    }

    /// <summary>Indicates whether a page may have wrapped a query string with a character. A browser's address bar drops it too.</summary>
    public static bool IsWrapping(char c) => Blank.Is(c) && c != ' ';

    private static int PlainLength(ReadOnlySpan<char> text) => text.IndexOfAnyExcept(Plain) is >= 0 and var length ? length : text.Length;
}
