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
/// <para>Names of elements, events and pairs are case-sensitive, as in EBS's forms. Unknown attributes, comments and processing instructions are ignored;
/// unknown elements and text are errors. Document types are refused.</para>
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

    /// <summary>Initializes a new formatter.</summary>
    /// <param name="options">How to read; <see langword="null"/> uses the defaults.</param>
    public CctXmlFormatter(CctXmlOptions? options = null) => _options = options ?? new();

    /// <summary>Gets a formatter with the default options.</summary>
    public static CctXmlFormatter Default { get; } = new();

    /// <summary>Reads the events of a document: none, one or several.</summary>
    /// <param name="text">The document. A declared character encoding is ignored, because the text is decoded already.</param>
    /// <returns>The events in their order; an <see cref="UnknownEvent"/> for each that the library does not know.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="ProtocolFormatException">The text is not a CCTSDK document. <see cref="ProtocolFormatException.Error"/> says why and where.</exception>
    public IReadOnlyList<CctEvent> Read(string text) =>
        Parse(text ?? throw new ArgumentNullException(nameof(text)), out List<CctEvent>? events) is { } error
            ? throw new ProtocolFormatException(error)
            : events!;

    /// <summary>Reads the events of a document: none, one or several.</summary>
    /// <param name="bytes">The document, in the encoding that its byte order mark, its first bytes or its declaration show, or in UTF-8.</param>
    /// <returns>The events in their order; an <see cref="UnknownEvent"/> for each that the library does not know.</returns>
    /// <exception cref="ProtocolFormatException">
    /// The bytes are not a CCTSDK document. <see cref="ProtocolFormatException.Error"/> says why and where.
    /// </exception>
    public IReadOnlyList<CctEvent> Read(ReadOnlySpan<byte> bytes) =>
        Parse(bytes, out List<CctEvent>? events) is { } error ? throw new ProtocolFormatException(error) : events!;

    /// <summary>Reads the events of a document, or returns what is wrong with it. Never throws.</summary>
    /// <param name="text">The document. <see langword="null"/> is not a document.</param>
    /// <param name="events">The events, when the method returns <see langword="true"/>.</param>
    /// <param name="error">What is wrong and where, when the method returns <see langword="false"/>.</param>
    public bool TryRead(string? text, [NotNullWhen(true)] out IReadOnlyList<CctEvent>? events, [NotNullWhen(false)] out ProtocolError? error)
    {
        error = Parse(text ?? "", out List<CctEvent>? list);
        events = list;
        return error is null;
    }

    /// <summary>Reads the events of a document, or returns what is wrong with it. Never throws.</summary>
    /// <param name="bytes">The document, in the encoding that its byte order mark, its first bytes or its declaration show, or in UTF-8.</param>
    /// <param name="events">The events, when the method returns <see langword="true"/>.</param>
    /// <param name="error">What is wrong and where, when the method returns <see langword="false"/>.</param>
    public bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out IReadOnlyList<CctEvent>? events, [NotNullWhen(false)] out ProtocolError? error)
    {
        error = Parse(bytes, out List<CctEvent>? list);
        events = list;
        return error is null;
    }

    /// <summary>
    /// Writes a document of one event: on one line, in ASCII with numeric character references, without a declaration and a byte order mark. The same event
    /// gives the same bytes everywhere.
    /// </summary>
    /// <param name="cctEvent">The event.</param>
    /// <param name="output">The destination of the bytes. When this method throws, it gets none.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ProtocolFormatException">
    /// The event cannot be written so that it reads the same: the call's ID is null, XML does not allow a character of a name or value, or an extra field has
    /// the name of a pair for which this event has a property.
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

    /// <summary>Throws the exception that writing the event would throw.</summary>
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

        // The caller's decoder may have kept the byte order mark.
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
            // Its message quotes the document, so only its position is used.
            return document.NotWellFormed(exception);
        }
    }

    private ProtocolError TooLong(string unit) => new(
        ProtocolErrorKind.TooLong, null, _options.MaxLength, FormattableString.Invariant($"The document is longer than {_options.MaxLength} {unit}"));

    /// <summary>Reads one document.</summary>
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

            // Read to the end, to find what follows the root.
            while (reader.Read())
            {
            }

            return null;
        }

        public ProtocolError NotWellFormed(XmlException exception)
        {
            // Before the root, the reader's exceptions often contain neither the error nor its position.
            int prologEnd = PrologEnd();
            if (StartsWith("<!DOCTYPE", prologEnd))
            {
                return new(ProtocolErrorKind.DtdProhibited, null, prologEnd, "The document declares a document type");
            }

            int offset = exception.LineNumber == 0 ? prologEnd : OffsetOf(exception.LineNumber, exception.LinePosition);
            return new(ProtocolErrorKind.Malformed, null, offset, "The document is not well-formed XML");
        }

        /// <summary>Returns the offset of the first text that is not a blank, a declaration, an instruction or a comment.</summary>
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
                return new(ProtocolErrorKind.Malformed, null, Offset, $"A {DataElement} element has content");
            }

            if (index >= 0)
            {
                return builder.Set(index, value, offset);
            }

            builder.AddExtra(name, value);
            return null;
        }

        private bool IsElement(string name) => reader.NodeType == XmlNodeType.Element && string.Equals(reader.LocalName, name, NameComparison);

        /// <summary>Indicates whether the reader's element can have children, because it has an end tag.</summary>
        private bool MoveInto() => !reader.IsEmptyElement;

        /// <summary>Moves to the next child, or returns <see langword="false"/> at the end of the parent.</summary>
        private bool MoveToChild()
        {
            do
            {
                _ = reader.Read();
            }
            while (IsBlank());

            return reader.NodeType != XmlNodeType.EndElement;
        }

        /// <summary>
        /// Indicates whether the reader is at blanks that it does not skip: those that xml:space keeps, and a run of thousands, which it treats as text.
        /// </summary>
        private bool IsBlank() =>
            reader.NodeType == XmlNodeType.SignificantWhitespace
            || (reader.NodeType == XmlNodeType.Text && reader.Value.AsSpan().Trim(Blank.All).IsEmpty);

        private ProtocolError Unexpected(string expected) =>
            new(ProtocolErrorKind.Malformed, null, Offset, $"Only a {expected} element is allowed here");

        private ProtocolError MissingAttribute(string owner, string attribute) =>
            new(ProtocolErrorKind.MissingField, owner, Offset, $"{owner} has no {attribute} attribute");

        private int Offset => reader is IXmlLineInfo position ? OffsetOf(position.LineNumber, position.LinePosition) : 0;

        /// <summary>Returns the offset of a line and column. It continues at the line of the last search, because the elements come in order.</summary>
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
