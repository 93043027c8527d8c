using System;
using System.Buffers;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Text;
using System.Xml;

namespace OracleCct.Protocol;

/// <summary>Reads CCTSDK documents and writes them.</summary>
/// <remarks>
/// <para>Immutable, and safe to use from several threads.</para>
/// <para>Names of elements, events and pairs are read with regard to case, since EBS's forms regard it. Attributes that the protocol does not have, comments
/// and processing instructions are passed over; elements and text that it does not have are errors. Document types are refused.</para>
/// </remarks>
public sealed class CctXmlFormatter
{
    private const string RootElement = "CCTSDK";
    private const string EventElement = "event";
    private const string DataElement = "data";
    private const string NameAttribute = "name";
    private const string ValueAttribute = "value";

    // In bytes.
    private const int UsualLength = 512;

    private const StringComparison NameComparison = StringComparison.Ordinal;

    private static readonly XmlReaderSettings ReaderSettings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    private readonly CctXmlOptions _options;

    /// <summary>Makes a formatter.</summary>
    /// <param name="options">How to read; null stands for the defaults.</param>
    public CctXmlFormatter(CctXmlOptions? options = null) => _options = options ?? new();

    /// <summary>A formatter with the default options.</summary>
    public static CctXmlFormatter Default { get; } = new();

    /// <summary>Reads the events of a document: none, one or several.</summary>
    /// <param name="text">The document. A declared character encoding does not count, since it is text already.</param>
    /// <returns>The events in their order; an <see cref="UnknownEvent"/> for each that the library does not know.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="ProtocolFormatException">The text is no CCTSDK document: <see cref="ProtocolFormatException.Error"/> says why and where.</exception>
    public IReadOnlyList<CctEvent> Read(string text) =>
        Parse(text ?? throw new ArgumentNullException(nameof(text)), out List<CctEvent>? events) is { } error
            ? throw new ProtocolFormatException(error)
            : events!;

    /// <summary>Reads the events of a document: none, one or several.</summary>
    /// <param name="bytes">The document, in the encoding that its mark, its first bytes or its declaration show; UTF-8 without any.</param>
    /// <returns>The events in their order; an <see cref="UnknownEvent"/> for each that the library does not know.</returns>
    /// <exception cref="ProtocolFormatException">The bytes are no CCTSDK document: <see cref="ProtocolFormatException.Error"/> says why and where.</exception>
    public IReadOnlyList<CctEvent> Read(ReadOnlySpan<byte> bytes) =>
        Parse(bytes, out List<CctEvent>? events) is { } error ? throw new ProtocolFormatException(error) : events!;

    /// <summary>Reads the events of a document, or says what is wrong with it. Never throws.</summary>
    /// <param name="text">The document. Null is none.</param>
    /// <param name="events">The events, when the answer is true.</param>
    /// <param name="error">What is wrong and where, when the answer is false.</param>
    public bool TryRead(string? text, [NotNullWhen(true)] out IReadOnlyList<CctEvent>? events, [NotNullWhen(false)] out ProtocolError? error)
    {
        error = Parse(text ?? "", out List<CctEvent>? list);
        events = list;
        return error is null;
    }

    /// <summary>Reads the events of a document, or says what is wrong with it. Never throws.</summary>
    /// <param name="bytes">The document, in the encoding that its mark, its first bytes or its declaration show; UTF-8 without any.</param>
    /// <param name="events">The events, when the answer is true.</param>
    /// <param name="error">What is wrong and where, when the answer is false.</param>
    public bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out IReadOnlyList<CctEvent>? events, [NotNullWhen(false)] out ProtocolError? error)
    {
        error = Parse(bytes, out List<CctEvent>? list);
        events = list;
        return error is null;
    }

    /// <summary>
    /// Writes a document of one event: on one line, in ASCII with numeric character references, without declaration and byte order mark. The same event gives the same
    /// bytes everywhere.
    /// </summary>
    /// <param name="cctEvent">The event.</param>
    /// <param name="output">Where the bytes go. When this method throws, it has got none.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ProtocolFormatException">
    /// The event cannot be written so that it reads the same: the call's id is null, XML has no way to hold a character of a name or value, or
    /// an extra field has the name of a pair that this event has a property for.
    /// </exception>
    public void Write(CctEvent cctEvent, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(cctEvent);
        ArgumentNullException.ThrowIfNull(output);
        var document = new AsciiXmlWriter(stackalloc byte[UsualLength]);
        try
        {
            Write(cctEvent, ref document);
            document.Written.CopyTo(output.GetSpan(document.Written.Length));
            output.Advance(document.Written.Length);
        }
        finally
        {
            document.Dispose();
        }
    }

    /// <summary>Writes a document of one event, as <see cref="Write(CctEvent, IBufferWriter{byte})"/> does.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="cctEvent"/> is null.</exception>
    /// <exception cref="ProtocolFormatException">The event cannot be written so that it reads the same.</exception>
    public byte[] WriteToArray(CctEvent cctEvent)
    {
        ArgumentNullException.ThrowIfNull(cctEvent);
        var document = new AsciiXmlWriter(stackalloc byte[UsualLength]);
        try
        {
            Write(cctEvent, ref document);
            return document.Written.ToArray();
        }
        finally
        {
            document.Dispose();
        }
    }

    /// <summary>Writes a document of one event, as <see cref="Write(CctEvent, IBufferWriter{byte})"/> does.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="cctEvent"/> is null.</exception>
    /// <exception cref="ProtocolFormatException">The event cannot be written so that it reads the same.</exception>
    public string WriteToString(CctEvent cctEvent) => Encoding.ASCII.GetString(WriteToArray(cctEvent));

    /// <summary>Throws what writing the event would throw.</summary>
    /// <exception cref="ProtocolFormatException">The event cannot be written so that it reads the same.</exception>
    internal static void ThrowIfNotWritable(CctEvent cctEvent)
    {
        var document = new AsciiXmlWriter(stackalloc byte[UsualLength]);
        try
        {
            Write(cctEvent, ref document);
        }
        finally
        {
            document.Dispose();
        }
    }

    private static void Write(CctEvent cctEvent, ref AsciiXmlWriter document)
    {
        MessageShape<CctEvent> shape = cctEvent.Shape;
        document.Markup("<CCTSDK><event name=\""u8);
        document.Text(cctEvent.Name, null);
        document.Markup("\">"u8);
        foreach (FieldShape<CctEvent> field in shape.Fields)
        {
            if (field.Get(cctEvent) is { } value)
            {
                document.Markup(field.DataStart);
                document.Text(value, field.Name);
                document.Markup("\"/>"u8);
            }
            else
            {
                shape.ThrowIfRequired(field);
            }
        }

        foreach (WireField extra in cctEvent.ExtraFields.AsSpan())
        {
            shape.ThrowIfAmongFields(extra.Name, NameComparison);
            document.Markup("<data name=\""u8);
            document.Text(extra.Name, null);
            document.Markup("\" value=\""u8);
            document.Text(extra.Value, null);
            document.Markup("\"/>"u8);
        }

        document.Markup("</event></CCTSDK>"u8);
    }

    private ProtocolError? Parse(ReadOnlySpan<byte> bytes, out List<CctEvent>? events)
    {
        events = null;
        if (bytes.Length > _options.MaxLength)
        {
            return TooLong("bytes");
        }

        events = CanonicalDocument.Read(bytes);
        return events is not null ? null
            : XmlBytes.Decode(bytes, out string text) is { } flaw ? new(ProtocolErrorKind.InvalidEncoding, null, flaw.Offset, flaw.Problem)
            : ParseXml(text, out events);
    }

    private ProtocolError? Parse(string text, out List<CctEvent>? events)
    {
        events = null;
        if (text.Length > _options.MaxLength)
        {
            return TooLong("characters");
        }

        events = CanonicalDocument.Read(text.AsSpan());
        return events is not null ? null : ParseXml(text, out events);
    }

    private static ProtocolError? ParseXml(string text, out List<CctEvent>? events)
    {
        events = null;

        // A mark that a caller's decoder has left in place.
        int start = text.Length > 0 && text[0] == '\uFEFF' ? 1 : 0;
        using var source = new StringReader(start == 0 ? text : text.Substring(start));
        using var reader = XmlReader.Create(source, ReaderSettings);
        var document = new Document(reader, text, start);
        try
        {
            ProtocolError? error = document.Read(out List<CctEvent> read);
            events = error is null ? read : null;
            return error;
        }
        catch (XmlException exception)
        {
            // Its message quotes the document: only its place is used.
            return document.NotWellFormed(exception);
        }
    }

    private ProtocolError TooLong(string unit) => new(
        ProtocolErrorKind.TooLong, null, _options.MaxLength, FormattableString.Invariant($"The document is longer than {_options.MaxLength} {unit}"));

    /// <summary>One walk through one document.</summary>
    private sealed class Document(XmlReader reader, string text, int textStart)
    {
        private readonly int _textStart = textStart;
        private int _line = 1;
        private int _lineStart = textStart;

        public ProtocolError? Read(out List<CctEvent> events)
        {
            events = [];
            _ = reader.Read();
            if (reader.NodeType == XmlNodeType.XmlDeclaration)
            {
                _ = reader.Read();
            }

            if (!IsElement(RootElement))
            {
                return Unexpected(RootElement);
            }

            for (bool open = MoveInto(); open && MoveToChild();)
            {
                if (!IsElement(EventElement))
                {
                    return Unexpected(EventElement);
                }

                if (ReadEvent(out CctEvent? cctEvent) is { } error)
                {
                    return error;
                }

                events.Add(cctEvent!);
            }

            // To the end, so that what stands behind the root is seen.
            while (reader.Read())
            {
            }

            return null;
        }

        public ProtocolError NotWellFormed(XmlException exception)
        {
            // In front of the root the reader's exceptions often say neither what is wrong nor where.
            int prologEnd = PrologEnd();
            if (StartsWith("<!DOCTYPE", prologEnd))
            {
                return new(ProtocolErrorKind.DtdProhibited, null, prologEnd, "The document declares a document type");
            }

            int offset = exception.LineNumber == 0 ? prologEnd : OffsetOf(exception.LineNumber, exception.LinePosition);
            return new(ProtocolErrorKind.Malformed, null, offset, "The document is not well-formed XML");
        }

        /// <summary>Where the first thing stands that is no blank, no declaration or instruction and no comment.</summary>
        private int PrologEnd()
        {
            int i = _textStart;
            while (i < text.Length)
            {
                string? end = StartsWith("<?", i) ? "?>" : StartsWith("<!--", i) ? "-->" : null;
                int close = end is null ? -1 : text.IndexOf(end, i, StringComparison.Ordinal);
                int length = close >= 0 ? close - i + end!.Length : Blank.Is(text[i]) ? 1 : 0;
                if (length == 0)
                {
                    break;
                }

                i += length;
            }

            return i;
        }

        private bool StartsWith(string start, int index) => string.CompareOrdinal(text, index, start, 0, start.Length) == 0;

        private ProtocolError? ReadEvent(out CctEvent? cctEvent)
        {
            cctEvent = null;
            int offset = Offset;
            if (reader.GetAttribute(NameAttribute) is not { } name)
            {
                return MissingAttribute(EventElement, NameAttribute);
            }

            MessageShape<CctEvent> shape = EventShapes.Find(name.AsSpan()) ?? new UnknownEvent(name).Shape;
            var builder = new MessageBuilder<CctEvent>(shape);
            for (bool open = MoveInto(); open && MoveToChild();)
            {
                if (!IsElement(DataElement))
                {
                    return Unexpected(DataElement);
                }

                if (ReadData(shape, ref builder) is { } error)
                {
                    return error;
                }
            }

            return builder.Build(offset, out cctEvent);
        }

        private ProtocolError? ReadData(MessageShape<CctEvent> shape, ref MessageBuilder<CctEvent> builder)
        {
            int offset = Offset;
            if (reader.GetAttribute(NameAttribute) is not { } name)
            {
                return MissingAttribute(DataElement, NameAttribute);
            }

            int index = builder.IndexOf(name.AsSpan(), NameComparison);
            if (reader.GetAttribute(ValueAttribute) is not { } value)
            {
                return MissingAttribute(index < 0 ? DataElement : shape.Fields[index].Name, ValueAttribute);
            }

            if (MoveInto() && MoveToChild())
            {
                return new(ProtocolErrorKind.Malformed, null, Offset, $"A {DataElement} element has contents");
            }

            if (index >= 0)
            {
                return builder.Set(index, value, offset);
            }

            builder.AddExtra(name, value);
            return null;
        }

        private bool IsElement(string name) => reader.NodeType == XmlNodeType.Element && string.Equals(reader.LocalName, name, NameComparison);

        /// <summary>Whether the element that the reader stands on has an end of its own, so that children may follow.</summary>
        private bool MoveInto() => !reader.IsEmptyElement;

        /// <summary>Goes to the next child; false when the parent's end is reached.</summary>
        private bool MoveToChild()
        {
            do
            {
                _ = reader.Read();
            }
            while (IsBlank());

            return reader.NodeType != XmlNodeType.EndElement;
        }

        /// <summary>Blanks that the reader does not pass over by itself: what xml:space keeps, and a run of thousands, which it takes for text.</summary>
        private bool IsBlank() =>
            reader.NodeType == XmlNodeType.SignificantWhitespace
            || (reader.NodeType == XmlNodeType.Text && reader.Value.AsSpan().Trim(Blank.All).IsEmpty);

        private ProtocolError Unexpected(string expected) =>
            new(ProtocolErrorKind.Malformed, null, Offset, $"Something stands where only a {expected} element may");

        private ProtocolError MissingAttribute(string owner, string attribute) =>
            new(ProtocolErrorKind.MissingField, owner, Offset, $"{owner} has no attribute {attribute}");

        private int Offset => reader is IXmlLineInfo position ? OffsetOf(position.LineNumber, position.LinePosition) : 0;

        /// <summary>Goes on from the line that was sought last: the elements come in order, and each wants its place.</summary>
        private int OffsetOf(int line, int column)
        {
            if (line < _line)
            {
                (_line, _lineStart) = (1, _textStart);
            }

            for (; _line < line && _lineStart < text.Length; _lineStart++)
            {
                if (text[_lineStart] == '\n' || (text[_lineStart] == '\r' && (_lineStart + 1 == text.Length || text[_lineStart + 1] != '\n')))
                {
                    _line++;
                }
            }

            return Math.Min(_lineStart + Math.Max(column - 1, 0), text.Length);
        }
    }
}
