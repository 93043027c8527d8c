using System;
using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace OracleCct.Protocol;

/// <summary>Reads callouts from query strings and writes them.</summary>
/// <remarks>
/// <para>Immutable, and safe to use from several threads.</para>
/// <para>It reads a query string with or without its question mark, a path with a query string, or a whole URL. It ignores line breaks and tabs, with which
/// a page may have wrapped the text. Names of functions and parameters are read case-insensitively and written as in Oracle's examples. The order of
/// parameters does not matter. A percent sign that does not begin an escape is read as it is, and so is <c>#</c>: a client that encodes nothing may send
/// both.</para>
/// </remarks>
public sealed class CalloutQueryFormatter
{
    private const StringComparison NameComparison = StringComparison.OrdinalIgnoreCase;

    private const string FunctionStart = CalloutShapes.FunctionNameField + "=";

    // In characters.
    private const int UsualLength = 128;

    private readonly CalloutQueryOptions _options;

    /// <summary>Initializes a new formatter.</summary>
    /// <param name="options">How to read; <see langword="null"/> uses the defaults.</param>
    public CalloutQueryFormatter(CalloutQueryOptions? options = null) => _options = options ?? new();

    /// <summary>Gets a formatter with the default options.</summary>
    public static CalloutQueryFormatter Default { get; } = new();

    /// <summary>Reads a callout.</summary>
    /// <param name="text">A query string, or a path or URL with one.</param>
    /// <returns>The callout; an <see cref="UnknownCallout"/> for a function that the library does not know.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="ProtocolFormatException">The text is not a callout. <see cref="ProtocolFormatException.Error"/> says why and where.</exception>
    public Callout Read(string text)
    {
        ProtocolError? error = Parse(text ?? throw new ArgumentNullException(nameof(text)), out Callout? callout);
        return error is null ? callout! : throw new ProtocolFormatException(error);
    }

    /// <summary>Reads a callout, or returns what is wrong with the text. Never throws.</summary>
    /// <param name="text">A query string, or a path or URL with one. <see langword="null"/> is not a callout.</param>
    /// <param name="callout">The callout, when the method returns <see langword="true"/>.</param>
    /// <param name="error">What is wrong and where, when the method returns <see langword="false"/>.</param>
    public bool TryRead(string? text, [NotNullWhen(true)] out Callout? callout, [NotNullWhen(false)] out ProtocolError? error)
    {
        error = Parse(text ?? "", out callout);
        return error is null;
    }

    /// <summary>
    /// Writes a callout as a query string in canonical form: without a question mark, <c>FunctionName</c> first, then the parameters in the order of the
    /// examples, then the extra fields in their order. Everything except ASCII letters, digits and <c>-._~</c> is escaped as UTF-8, and a space as
    /// <c>%20</c>, so that every reader reads the same.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="callout"/> is null.</exception>
    /// <exception cref="ProtocolFormatException">
    /// The callout cannot be written so that it reads the same: a property is null, a name or value contains half a surrogate pair, or an extra field has
    /// the name of a parameter for which this callout has a property.
    /// </exception>
    public string Write(Callout callout)
    {
        ArgumentNullException.ThrowIfNull(callout);
        MessageShape<Callout> shape = callout.Shape;
        var query = new QueryWriter(stackalloc char[UsualLength]);
        try
        {
            query.Known(FunctionStart, callout.FunctionName, CalloutShapes.FunctionNameField);
            foreach (FieldShape<Callout> field in shape.Fields)
            {
                if (field.Get(callout) is { } value)
                {
                    query.Known(field.ParameterStart, value, field.Name);
                }
                else
                {
                    shape.ThrowIfRequired(field);
                }
            }

            foreach (WireField extra in callout.ExtraFields.AsSpan())
            {
                shape.ThrowIfAmongFields(extra.Name, NameComparison);
                if (IsFunctionName(extra.Name.AsSpan()))
                {
                    throw new ProtocolFormatException(new(
                        ProtocolErrorKind.DuplicateField,
                        CalloutShapes.FunctionNameField,
                        0,
                        $"{CalloutShapes.FunctionNameField} cannot be an extra field"));
                }

                query.Extra(extra);
            }

            return query.ToString();
        }
        finally
        {
            query.Dispose();
        }
    }

    /// <summary>
    /// Returns the text for your own logs, with asterisks for everything that may be a password. It shows a callout's function, and the agent, the number
    /// and the address as far as they are well-formed.
    /// </summary>
    /// <param name="text">A query string, or a path or URL with one, which may be malformed. <see langword="null"/> returns an empty text.</param>
    /// <returns>One line of at most about 4,000 characters. Redacting it again changes nothing.</returns>
    /// <remarks>
    /// Never throws. It shows a parameter with its escapes when the name is <c>telesetNumber</c>, <c>agentID</c>, <c>agentQueue</c>, <c>dialString</c>,
    /// <c>ipAddress</c> or <c>port</c>, occurs once, and the value cannot contain a password from a client that uses other separators. It shows neither
    /// name nor value of any other parameter, because the name may be part of an unescaped password. It also hides a path other than <c>/</c>, and what
    /// precedes an <c>@</c> in a URL.
    /// </remarks>
    public static string Redact(string? text) => CalloutRedaction.Redact(text ?? "");

    private ProtocolError? Parse(string text, out Callout? callout)
    {
        callout = null;
        if (text.Length > _options.MaxLength)
        {
            return new(
                ProtocolErrorKind.TooLong,
                null,
                _options.MaxLength,
                FormattableString.Invariant($"The callout is longer than {_options.MaxLength} characters"));
        }

        int start = QueryStart(text);
        if (text.AsSpan(start).SequenceEqual(CheckStatusCallout.Query.AsSpan()))
        {
            // EBS sends it all the time, also when there are no calls.
            callout = CheckStatusCallout.Plain;
            return null;
        }

        if (FindFunction(text, start, out QueryPieces function, out MessageShape<Callout>? shape) is { } functionError)
        {
            return functionError;
        }

        var builder = new MessageBuilder<Callout>(shape!);
        for (QueryPieces piece = function.NameStart == start ? function : new(text, start); piece.MoveNext();)
        {
            if (piece.NameStart != function.NameStart && ReadParameter(piece, shape!, ref builder) is { } error)
            {
                return error;
            }
        }

        return builder.Build(text.Length, out callout);
    }

    /// <summary>Finds the function, which need not be the first parameter. The meaning of the others depends on it.</summary>
    private ProtocolError? FindFunction(string text, int start, out QueryPieces piece, out MessageShape<Callout>? shape)
    {
        shape = null;
        for (piece = new(text, start); piece.MoveNext();)
        {
            if (DecodeName(piece, out ReadOnlySpan<char> name) is { } nameError)
            {
                return nameError;
            }

            if (IsFunctionName(name))
            {
                ReadOnlySpan<char> function = piece.Value;
                if (!piece.IsPlain)
                {
                    if (DecodeValue(piece, CalloutShapes.FunctionNameField, out string unescaped) is { } valueError)
                    {
                        return valueError;
                    }

                    function = unescaped.AsSpan();
                }

                shape = CalloutShapes.Find(function) ?? new UnknownCallout(function.ToString()).Shape;
                return null;
            }
        }

        return new(ProtocolErrorKind.MissingField, CalloutShapes.FunctionNameField, text.Length, $"{CalloutShapes.FunctionNameField} is missing");
    }

    private ProtocolError? ReadParameter(in QueryPieces piece, MessageShape<Callout> shape, ref MessageBuilder<Callout> builder)
    {
        ReadOnlySpan<char> name = piece.Name;
        int index = builder.IndexOf(name, NameComparison);
        if (index < 0 && !piece.IsNamePlain)
        {
            if (DecodeName(piece, out name) is { } nameError)
            {
                return nameError;
            }

            index = builder.IndexOf(name, NameComparison);
        }

        if (index >= 0)
        {
            return DecodeValue(piece, shape.Fields[index].Name, out string value) ?? builder.Set(index, value, piece.ValueStart);
        }

        if (IsFunctionName(name))
        {
            return new(
                ProtocolErrorKind.DuplicateField,
                CalloutShapes.FunctionNameField,
                piece.ValueStart,
                $"{CalloutShapes.FunctionNameField} occurs more than once");
        }

        if (DecodeValue(piece, null, out string extra) is { } valueError)
        {
            return valueError;
        }

        builder.AddExtra(name.ToString(), extra);
        return null;
    }

    private static bool IsFunctionName(ReadOnlySpan<char> name) =>
        name.SequenceEqual(CalloutShapes.FunctionNameField.AsSpan()) || name.Equals(CalloutShapes.FunctionNameField.AsSpan(), NameComparison);

    /// <summary>Returns the offset of the query: after the question mark of a URL or path, or at the start of the text.</summary>
    private static int QueryStart(string text)
    {
        int start = 0;
        while (start < text.Length && Blank.Is(text[start]))
        {
            start++;
        }

        ReadOnlySpan<char> rest = text.AsSpan(start);
        char first = rest.IsEmpty ? default : rest[0];
        if (first == '?')
        {
            return start + 1;
        }

        bool hasPath = first == '/'
            || (first is 'h' or 'H'
                && (rest.StartsWith("http://".AsSpan(), StringComparison.OrdinalIgnoreCase)
                    || rest.StartsWith("https://".AsSpan(), StringComparison.OrdinalIgnoreCase)));
        if (!hasPath)
        {
            return start;
        }

        int mark = rest.IndexOf('?');
        return mark < 0 ? text.Length : start + mark + 1;
    }

    /// <summary>Returns a part of the text itself when nothing is escaped, because most names are only compared.</summary>
    private ProtocolError? DecodeName(scoped in QueryPieces piece, out ReadOnlySpan<char> name)
    {
        name = piece.Name;
        if (piece.IsNamePlain)
        {
            return null;
        }

        ProtocolError? error = DecodeEscaped(piece.Text, piece.NameStart, piece.NameEnd, QueryPlusSign.Space, null, out string unescaped);
        name = unescaped.AsSpan();
        return error;
    }

    private ProtocolError? DecodeValue(in QueryPieces piece, string? field, out string value)
    {
        if (!piece.IsPlain)
        {
            return DecodeEscaped(piece.Text, piece.ValueStart, piece.End, _options.PlusSign, field, out value);
        }

        value = piece.Value.ToString();
        return null;
    }

    private ProtocolError? DecodeEscaped(string text, int start, int end, QueryPlusSign plusSign, string? field, out string decoded)
    {
        if (end - start <= UsualLength)
        {
            return Unescape(text, start, end, plusSign, field, stackalloc byte[UsualLength], out decoded);
        }

        byte[] room = ArrayPool<byte>.Shared.Rent(end - start);
        try
        {
            return Unescape(text, start, end, plusSign, field, room, out decoded);
        }
        finally
        {
            // It may contain a password.
            ArrayPool<byte>.Shared.Return(room, clearArray: true);
        }
    }

    /// <summary>
    /// Decodes escapes. They are bytes, and so are the ASCII characters between them, because some encodings have ASCII bytes inside a character. Everything
    /// between two characters beyond ASCII is therefore collected as bytes and decoded at once.
    /// </summary>
    private ProtocolError? Unescape(string text, int start, int end, QueryPlusSign plusSign, string? field, Span<byte> bytes, out string decoded)
    {
        StringBuilder? result = null;
        int count = 0;
        decoded = "";
        for (int i = start; i < end; i++)
        {
            char c = text[i];
            if (c is > '+' and < '\x80')
            {
                // Above the plus sign, no ASCII character has a special meaning.
                bytes[count++] = (byte)c;
            }
            else if (c == '%' && i + 2 < end && HexDigit.ValueOf(text[i + 1]) is >= 0 and var high && HexDigit.ValueOf(text[i + 2]) is >= 0 and var low)
            {
                bytes[count++] = (byte)((high << 4) | low);
                i += 2;
            }
            else if (c == '+')
            {
                bool isPlus = plusSign == QueryPlusSign.Literal
                    || (plusSign == QueryPlusSign.Smart && i == start && i + 1 < end && char.IsAsciiDigit(text[i + 1]));
                bytes[count++] = (byte)(isPlus ? '+' : ' ');
            }
            else if (QueryPieces.IsWrapping(c))
            {
            }
            else if (c < '\x80')
            {
                bytes[count++] = (byte)c;
            }
            else
            {
                if (!TryDecode(bytes.Slice(0, count), out string part))
                {
                    return NotInEncoding(field, start);
                }

                result = (result ?? new(end - start)).Append(part);
                count = 0;
                bool isPair = char.IsHighSurrogate(c) && i + 1 < end && char.IsLowSurrogate(text[i + 1]);
                if (char.IsSurrogate(c) && !isPair)
                {
                    return new(ProtocolErrorKind.InvalidCharacter, field, i, $"{field ?? "The callout"} contains half a surrogate pair");
                }

                _ = result.Append(c);
                if (isPair)
                {
                    _ = result.Append(text[++i]);
                }
            }
        }

        if (!TryDecode(bytes.Slice(0, count), out string last))
        {
            return NotInEncoding(field, start);
        }

        decoded = result is null ? last : result.Append(last).ToString();
        return null;
    }

    private static ProtocolError NotInEncoding(string? field, int offset) =>
        new(ProtocolErrorKind.InvalidEncoding, field, offset, $"Escaped bytes of {field ?? "the callout"} are neither UTF-8 nor in the fallback encoding");

    private bool TryDecode(ReadOnlySpan<byte> bytes, out string text)
    {
        // Strict decoders throw an exception, which is too expensive for a case that a sender can choose.
        text = Encoding.UTF8.GetString(bytes);
        if (text.AsSpan().IndexOf('\uFFFD') < 0 || IsUtf8(text, bytes))
        {
            return true;
        }

        if (_options.FallbackEncoding is not { } fallback)
        {
            return false;
        }

        try
        {
            text = fallback.GetString(bytes);
            return true;
        }
        catch (Exception exception) when (Decoding.Failed(exception))
        {
            return false;
        }
    }

    /// <summary>Indicates whether the sender sent the replacement characters in the text, so that they do not replace bytes that are not UTF-8.</summary>
    private static bool IsUtf8(string text, ReadOnlySpan<byte> bytes) => bytes.SequenceEqual(Encoding.UTF8.GetBytes(text));
}
