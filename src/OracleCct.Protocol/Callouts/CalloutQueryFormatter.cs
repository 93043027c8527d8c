using System;
using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace OracleCct.Protocol;

/// <summary>Reads callouts from query strings and writes them.</summary>
/// <remarks>
/// <para>Immutable, and safe to use from several threads.</para>
/// <para>It reads a query string with or without its question mark, a path with one, or a whole URL; line breaks and tabs inside, which a page may have wrapped
/// it with, do not count. Names of functions and parameters are read without regard to case and written as in Oracle's examples. The order of parameters does not matter.
/// A percent sign that begins no escape stands for itself, and so does <c>#</c>: a client that encodes nothing may send both.</para>
/// </remarks>
public sealed class CalloutQueryFormatter
{
    private const StringComparison NameComparison = StringComparison.OrdinalIgnoreCase;

    private readonly CalloutQueryOptions _options;

    /// <summary>Makes a formatter.</summary>
    /// <param name="options">How to read; null stands for the defaults.</param>
    public CalloutQueryFormatter(CalloutQueryOptions? options = null) => _options = options ?? new();

    /// <summary>A formatter with the default options.</summary>
    public static CalloutQueryFormatter Default { get; } = new();

    /// <summary>Reads a callout.</summary>
    /// <param name="text">A query string, or a path or URL with one.</param>
    /// <returns>The callout; an <see cref="UnknownCallout"/> for a function that the library does not know.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="ProtocolFormatException">The text is no callout: <see cref="ProtocolFormatException.Error"/> says why and where.</exception>
    public Callout Read(string text)
    {
        ProtocolError? error = Parse(text ?? throw new ArgumentNullException(nameof(text)), out Callout? callout);
        return error is null ? callout! : throw new ProtocolFormatException(error);
    }

    /// <summary>Reads a callout, or says what is wrong with the text. Never throws.</summary>
    /// <param name="text">A query string, or a path or URL with one. Null is no callout.</param>
    /// <param name="callout">The callout, when the answer is true.</param>
    /// <param name="error">What is wrong and where, when the answer is false.</param>
    public bool TryRead(string? text, [NotNullWhen(true)] out Callout? callout, [NotNullWhen(false)] out ProtocolError? error)
    {
        error = Parse(text ?? "", out callout);
        return error is null;
    }

    /// <summary>
    /// Writes a callout as a query string in canonical form: without question mark, <c>FunctionName</c> first, then the parameters in the
    /// examples' order, then the extra fields in theirs. Everything but letters, digits and <c>-._~</c> is escaped as UTF-8, a space
    /// as <c>%20</c>, so that every reader reads the same.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="callout"/> is null.</exception>
    /// <exception cref="ProtocolFormatException">
    /// The callout cannot be written so that it reads the same: a property is null, half a surrogate pair stands in a value, or an extra field has the
    /// name of a parameter that this callout has a property for.
    /// </exception>
    public string Write(Callout callout)
    {
        _ = callout ?? throw new ArgumentNullException(nameof(callout));
        MessageShape<Callout> shape = callout.Shape;
        shape.ThrowIfNotWritable(callout, callout.ExtraFields, NameComparison);

        var query = new StringBuilder(128);
        Append(query, CalloutShapes.FunctionNameField, callout.FunctionName, CalloutShapes.FunctionNameField);
        for (int i = 0; i < shape.Fields.Count; i++)
        {
            if (shape.ValueOf(callout, i) is { } value)
            {
                Append(query, shape.Fields[i].Name, value, shape.Fields[i].Name);
            }
        }

        foreach (WireField extra in callout.ExtraFields)
        {
            if (string.Equals(extra.Name, CalloutShapes.FunctionNameField, NameComparison))
            {
                throw new ProtocolFormatException(new(
                    ProtocolErrorKind.DuplicateField,
                    CalloutShapes.FunctionNameField,
                    0,
                    $"{CalloutShapes.FunctionNameField} may not stand among the extra fields"));
            }

            Append(query, extra.Name, extra.Value, null);
        }

        return query.ToString();
    }

    /// <summary>
    /// The text with asterisks for all that may be a password, for your own logs: of a callout it shows the function and what of the agent, the number and the address is as it should be.
    /// </summary>
    /// <param name="text">A query string, or a path or URL with one, however malformed. Null becomes an empty text.</param>
    /// <returns>One line of at most some 4,000 characters. Redacting it again changes nothing.</returns>
    /// <remarks>
    /// Never throws. A parameter is shown when its name is one of <c>telesetNumber</c>, <c>agentID</c>, <c>agentQueue</c>, <c>dialString</c>, <c>ipAddress</c> and <c>port</c>, stands once, and has a value
    /// in which no client with separators of its own can have put a password; it keeps its escapes. Of any other not even the name is shown: it may be a piece of a password that was not escaped. So is a path other than <c>/</c>,
    /// and what stands before an <c>@</c> in a URL.
    /// </remarks>
    public static string Redact(string? text) => CalloutRedaction.Redact(text ?? "");

    private ProtocolError? Parse(string text, out Callout? callout)
    {
        callout = null;
        if (text.Length > _options.MaxLength)
        {
            return new(ProtocolErrorKind.TooLong, null, _options.MaxLength, FormattableString.Invariant($"The callout is longer than {_options.MaxLength} characters"));
        }

        int queryStart = QueryStart(text);
        if (FindFunctionName(text, queryStart, out string? functionName) is { } functionError)
        {
            return functionError;
        }

        MessageShape<Callout> shape = CalloutShapes.Find(functionName!) ?? UnknownCallout.ShapeOf(functionName!);
        var builder = new MessageBuilder<Callout>(shape);
        var pieces = new QueryPieces(text, queryStart);
        while (pieces.MoveNext())
        {
            if (Decode(text, pieces.NameStart, pieces.NameEnd, PlusSign.Space, null, out string name) is { } nameError)
            {
                return nameError;
            }

            if (string.Equals(name, CalloutShapes.FunctionNameField, NameComparison))
            {
                continue;
            }

            int index = shape.IndexOf(name.AsSpan(), NameComparison);
            string? field = index >= 0 ? shape.Fields[index].Name : null;
            if (Decode(text, pieces.ValueStart, pieces.End, _options.PlusSign, field, out string value) is { } valueError)
            {
                return valueError;
            }

            if (index < 0)
            {
                builder.AddExtra(name, value);
            }
            else if (builder.Set(index, value, pieces.ValueStart) is { } setError)
            {
                return setError;
            }
        }

        return builder.Build(text.Length, out callout);
    }

    private ProtocolError? FindFunctionName(string text, int queryStart, out string? functionName)
    {
        functionName = null;
        var pieces = new QueryPieces(text, queryStart);
        while (pieces.MoveNext())
        {
            if (Decode(text, pieces.NameStart, pieces.NameEnd, PlusSign.Space, null, out string name) is { } nameError)
            {
                return nameError;
            }

            if (!string.Equals(name, CalloutShapes.FunctionNameField, NameComparison))
            {
                continue;
            }

            if (functionName is not null)
            {
                return new(
                    ProtocolErrorKind.DuplicateField,
                    CalloutShapes.FunctionNameField,
                    pieces.ValueStart,
                    $"{CalloutShapes.FunctionNameField} stands twice");
            }

            if (Decode(text, pieces.ValueStart, pieces.End, _options.PlusSign, CalloutShapes.FunctionNameField, out functionName) is { } valueError)
            {
                return valueError;
            }
        }

        return functionName is not null
            ? null
            : new(ProtocolErrorKind.MissingField, CalloutShapes.FunctionNameField, text.Length, $"{CalloutShapes.FunctionNameField} is missing");
    }

    /// <summary>Where the query begins: behind the question mark of a URL or path, or at once.</summary>
    private static int QueryStart(string text)
    {
        int start = 0;
        while (start < text.Length && IsBlank(text[start]))
        {
            start++;
        }

        ReadOnlySpan<char> rest = text.AsSpan(start);
        if (rest.StartsWith("?".AsSpan(), StringComparison.Ordinal))
        {
            return start + 1;
        }

        bool hasPath = rest.StartsWith("/".AsSpan(), StringComparison.Ordinal)
            || rest.StartsWith("http://".AsSpan(), StringComparison.OrdinalIgnoreCase)
            || rest.StartsWith("https://".AsSpan(), StringComparison.OrdinalIgnoreCase);
        if (!hasPath)
        {
            return start;
        }

        int mark = rest.IndexOf('?');
        return mark < 0 ? text.Length : start + mark + 1;
    }

    private ProtocolError? Decode(string text, int start, int end, PlusSign plusSign, string? field, out string decoded)
    {
        for (int i = start; i < end; i++)
        {
            char c = text[i];
            if (c is '%' or '+' or '\t' or '\r' or '\n' or >= '\x80')
            {
                return DecodeEscaped(text, start, end, plusSign, field, out decoded);
            }
        }

        decoded = text.Substring(start, end - start);
        return null;
    }

    /// <summary>
    /// Escapes are bytes, and so are the ASCII characters between them: some encodings have ASCII bytes inside a character. So all that
    /// stands between two characters beyond ASCII is gathered as bytes and decoded at once.
    /// </summary>
    private ProtocolError? DecodeEscaped(string text, int start, int end, PlusSign plusSign, string? field, out string decoded)
    {
        var result = new StringBuilder(end - start);
        byte[] bytes = ArrayPool<byte>.Shared.Rent(end - start);
        try
        {
            int count = 0;
            decoded = "";
            for (int i = start; i < end; i++)
            {
                char c = text[i];
                if (c == '%' && i + 2 < end && HexDigit(text[i + 1]) is >= 0 and var high && HexDigit(text[i + 2]) is >= 0 and var low)
                {
                    bytes[count++] = (byte)((high << 4) | low);
                    i += 2;
                }
                else if (c == '+')
                {
                    bool isPlus = plusSign == PlusSign.Literal
                        || (plusSign == PlusSign.Smart && i == start && i + 1 < end && text[i + 1] is >= '0' and <= '9');
                    bytes[count++] = (byte)(isPlus ? '+' : ' ');
                }
                else if (c is '\t' or '\r' or '\n')
                {
                    // Line wrapping of a page: a browser's address bar drops it too.
                }
                else if (c < '\x80')
                {
                    bytes[count++] = (byte)c;
                }
                else
                {
                    if (!TryFlush(bytes, count, result))
                    {
                        return NotInEncoding(field, start);
                    }

                    count = 0;
                    bool isPair = char.IsHighSurrogate(c) && i + 1 < end && char.IsLowSurrogate(text[i + 1]);
                    if (char.IsSurrogate(c) && !isPair)
                    {
                        return new(ProtocolErrorKind.InvalidCharacter, field, i, $"Half a surrogate pair stands in {field ?? "the callout"}");
                    }

                    _ = result.Append(c);
                    if (isPair)
                    {
                        _ = result.Append(text[++i]);
                    }
                }
            }

            if (!TryFlush(bytes, count, result))
            {
                return NotInEncoding(field, start);
            }

            decoded = result.ToString();
            return null;
        }
        finally
        {
            // It may have held a password.
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        }
    }

    private static ProtocolError NotInEncoding(string? field, int offset) =>
        new(ProtocolErrorKind.InvalidEncoding, field, offset, $"Escaped bytes of {field ?? "the callout"} are neither UTF-8 nor in the fallback encoding");

    private bool TryFlush(byte[] bytes, int count, StringBuilder result)
    {
        // Strict decoders of both platforms report by an exception, which costs too much for something a sender can choose.
        string text = Encoding.UTF8.GetString(bytes, 0, count);
        if (text.AsSpan().IndexOf('\uFFFD') < 0 || IsUtf8(text, bytes.AsSpan(0, count)))
        {
            _ = result.Append(text);
            return true;
        }

        if (_options.FallbackEncoding is not { } fallback)
        {
            return false;
        }

        try
        {
            _ = result.Append(fallback.GetString(bytes, 0, count));
            return true;
        }
        catch (Exception exception) when (Decoding.Failed(exception))
        {
            return false;
        }
    }

    /// <summary>Whether the replacement characters in the text were sent as such, and do not stand for bytes that are not UTF-8.</summary>
    private static bool IsUtf8(string text, ReadOnlySpan<byte> bytes) => bytes.SequenceEqual(Encoding.UTF8.GetBytes(text));

    /// <summary>Blanks around a pasted text. A URL has none, so none of them can belong to a value.</summary>
    private static bool IsBlank(char c) => c is ' ' or '\t' or '\r' or '\n';

    private static int HexDigit(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'A' and <= 'F' => c - 'A' + 10,
        >= 'a' and <= 'f' => c - 'a' + 10,
        _ => -1,
    };

    /// <param name="query">What is written so far.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="field">What errors call it. Null for an extra field: its name may be a piece of somebody's unescaped password.</param>
    private static void Append(StringBuilder query, string name, string value, string? field)
    {
        if (query.Length > 0)
        {
            _ = query.Append('&');
        }

        Escape(query, name, field);
        _ = query.Append('=');
        Escape(query, value, field);
    }

    private static void Escape(StringBuilder query, string text, string? field)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '.' or '_' or '~')
            {
                _ = query.Append(c);
            }
            else if (c < 0x80)
            {
                AppendEscape(query, c);
            }
            else if (c < 0x800)
            {
                AppendEscape(query, 0xC0 | (c >> 6));
                AppendEscape(query, 0x80 | (c & 0x3F));
            }
            else if (!char.IsSurrogate(c))
            {
                AppendEscape(query, 0xE0 | (c >> 12));
                AppendEscape(query, 0x80 | ((c >> 6) & 0x3F));
                AppendEscape(query, 0x80 | (c & 0x3F));
            }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                int rune = char.ConvertToUtf32(c, text[++i]);
                AppendEscape(query, 0xF0 | (rune >> 18));
                AppendEscape(query, 0x80 | ((rune >> 12) & 0x3F));
                AppendEscape(query, 0x80 | ((rune >> 6) & 0x3F));
                AppendEscape(query, 0x80 | (rune & 0x3F));
            }
            else
            {
                throw new ProtocolFormatException(new(ProtocolErrorKind.InvalidCharacter, field, i, $"Half a surrogate pair in {field ?? "an extra field"} cannot be written"));
            }
        }
    }

    private static void AppendEscape(StringBuilder query, int octet)
    {
        const string Digits = "0123456789ABCDEF";
        _ = query.Append('%').Append(Digits[octet >> 4]).Append(Digits[octet & 0xF]);
    }

    /// <summary>Walks over the pieces between the ampersands. A piece without an equals sign is a name with an empty value; an empty piece is none.</summary>
    private struct QueryPieces(string text, int start)
    {
        private readonly int _length = TrimmedLength(text, start);
        private int _next = start;

        public int NameStart { get; private set; }

        public int NameEnd { get; private set; }

        public int ValueStart { get; private set; }

        public int End { get; private set; }

        public bool MoveNext()
        {
            while (_next < _length)
            {
                NameStart = _next;
                int separator = text.IndexOf('&', _next, _length - _next);
                End = separator < 0 ? _length : separator;
                _next = End + 1;
                if (End == NameStart)
                {
                    continue;
                }

                int equals = text.IndexOf('=', NameStart, End - NameStart);
                NameEnd = equals < 0 ? End : equals;
                ValueStart = equals < 0 ? End : equals + 1;
                return true;
            }

            return false;
        }

        private static int TrimmedLength(string text, int start)
        {
            int length = text.Length;
            while (length > start && IsBlank(text[length - 1]))
            {
                length--;
            }

            return length;
        }
    }
}
