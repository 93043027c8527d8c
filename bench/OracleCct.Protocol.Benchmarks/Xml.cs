using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Security;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Serialization;
using OracleCct.Protocol;

namespace OracleCct.Benchmarks;

/// <summary>Reads and writes events as XML.</summary>
internal static class Xml
{
    private const string ScreenPop =
        "<CCTSDK><event name=\"ScreenPop\"><data name=\"occtSourceID\" value=\"2026-42\"/><data name=\"occtANI\" value=\"4155550100\"/>"
        + "<data name=\"occtDNIS\" value=\"70002\"/>"
        + "<data name=\"CustomerID\" value=\"1001\"/><data name=\"ScreenPopType\" value=\"SR\"/><data name=\"ServiceRequestNum\" value=\"4004\"/>"
        + "<data name=\"COMPAIGN_SCHEDULE_NAME\" value=\"Spring &amp; Summer\"/><data name=\"language\" value=\"EN\"/></event></CCTSDK>";

    private const string CallReleased = "<CCTSDK><event name=\"CallReleased\"><data name=\"occtSourceID\" value=\"2026-42\"/></event></CCTSDK>";

    private static readonly ScreenPopEvent ScreenPopEvent = new("2026-42", "4155550100", "70002")
    {
        CustomerId = "1001",
        ScreenPopType = ScreenPopType.ServiceRequest,
        ServiceRequestNum = "4004",
        CampaignScheduleName = "Spring & Summer",
        Language = "EN",
    };

    private static readonly CallReleasedEvent CallReleasedEvent = new("2026-42");

    private static readonly XmlReaderSettings ReaderSettings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreWhitespace = true,
        IgnoreComments = true,
    };

    private static readonly XmlWriterSettings WriterSettings = new() { Encoding = new UTF8Encoding(false), OmitXmlDeclaration = true };
    private static readonly XmlSerializer Serializer = new(typeof(SerializableDocument));
    private static readonly XmlSerializerNamespaces NoNamespaces = new([XmlQualifiedName.Empty]);

    // A program that writes many events reuses its stream and buffer.
    private static readonly MemoryStream Stream = new(1024);
    private static readonly ReusedBuffer Buffer = new();

    public static IReadOnlyList<Job> Jobs { get; } =
    [
        Reading("read ScreenPop", ScreenPop, ScreenPopEvent),
        Reading("read CallReleased", CallReleased, CallReleasedEvent),
        new("write ScreenPop", ScreenPopEvent, new(nameof(CctXmlFormatter), () => WrittenByLibrary(ScreenPopEvent)),
        [
            new("XmlWriter", () => WrittenByXmlWriter(ScreenPopEvent)),
            new("XElement", () => WrittenByXElement(ScreenPopEvent)),
            new("XmlSerializer", () => WrittenByXmlSerializer(ScreenPopEvent)),
            new("StringBuilder", () => WrittenByStringBuilder(ScreenPopEvent)),
        ])
        {
            // Some writers put a blank before "/>", so the content of the documents is compared.
            Seen = static written => ByXmlReader(XmlReader.Create(new MemoryStream(BytesOf(written)), ReaderSettings)),
        },
    ];

    private static Job Reading(string name, string text, CctEvent cctEvent)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return new(name, cctEvent, new(nameof(CctXmlFormatter), () => ByLibrary(bytes)),
        [
            new("XmlReader on bytes", () => ByXmlReader(XmlReader.Create(new MemoryStream(bytes), ReaderSettings))),
            new("XmlReader on a string", () => ByXmlReader(XmlReader.Create(new StringReader(text), ReaderSettings))),
            new("XDocument", () => ByXDocument(text)),
            new("XmlSerializer", () => ByXmlSerializer(bytes)),
            new("UTF-8 scan", () => ByScan(bytes)),
        ]);
    }

    private static byte[] BytesOf(object written) => written switch
    {
        ReusedBuffer buffer => buffer.ToArray(),
        MemoryStream stream => stream.ToArray(),
        _ => (byte[])written,
    };

    private static CctEvent ByLibrary(byte[] bytes) =>
        CctXmlFormatter.Default.TryRead(bytes, out IReadOnlyList<CctEvent>? events, out ProtocolError? error)
            ? events[0]
            : throw new ProtocolFormatException(error);

    private static CctEvent ByXmlReader(XmlReader reader)
    {
        var fields = default(Fields);
        using (reader)
        {
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element && reader.Name == "event")
                {
                    fields.Event = reader.GetAttribute("name");
                }
                else if (reader.NodeType == XmlNodeType.Element && reader.Name == "data")
                {
                    fields.Set(reader.GetAttribute("name")!, reader.GetAttribute("value")!);
                }
            }
        }

        return fields.ToEvent();
    }

    private static CctEvent ByXDocument(string text)
    {
        XElement root = XDocument.Parse(text).Root!.Element("event")!;
        var fields = new Fields { Event = (string?)root.Attribute("name") };
        foreach (XElement data in root.Elements("data"))
        {
            fields.Set((string)data.Attribute("name")!, (string)data.Attribute("value")!);
        }

        return fields.ToEvent();
    }

    private static CctEvent ByXmlSerializer(byte[] bytes)
    {
        using var reader = XmlReader.Create(new MemoryStream(bytes), ReaderSettings);
        var document = (SerializableDocument)Serializer.Deserialize(reader)!;
        var fields = new Fields { Event = document.Event.Name };
        foreach (SerializablePair pair in document.Event.Data)
        {
            fields.Set(pair.Name, pair.Value);
        }

        return fields.ToEvent();
    }

    /// <summary>The lower bound: it reads only what the library's own writer writes, and assumes that it is well-formed.</summary>
    private static CctEvent ByScan(ReadOnlySpan<byte> rest)
    {
        var fields = new Fields { Event = Text(Next(ref rest, "<event name=\""u8)) };
        while (rest.IndexOf("<data name=\""u8) >= 0)
        {
            ReadOnlySpan<byte> name = Next(ref rest, "<data name=\""u8);
            fields.Set(name, Text(Next(ref rest, " value=\""u8)));
        }

        return fields.ToEvent();

        static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> before)
        {
            rest = rest.Slice(rest.IndexOf(before) + before.Length);
            ReadOnlySpan<byte> found = rest.Slice(0, rest.IndexOf((byte)'"'));
            rest = rest.Slice(found.Length + 1);
            return found;
        }

        static string Text(ReadOnlySpan<byte> bytes)
        {
#if NET
            string text = Encoding.UTF8.GetString(bytes);
#else
            string text = Encoding.UTF8.GetString(bytes.ToArray());
#endif
            return bytes.IndexOf((byte)'&') < 0 ? text : WebUtility.HtmlDecode(text);
        }
    }

    private static ReusedBuffer WrittenByLibrary(ScreenPopEvent pop)
    {
        Buffer.Clear();
        CctXmlFormatter.Default.Write(pop, Buffer);
        return Buffer;
    }

    private static MemoryStream WrittenByXmlWriter(ScreenPopEvent pop)
    {
        Stream.SetLength(0);
        using var writer = XmlWriter.Create(Stream, WriterSettings);
        writer.WriteStartElement("CCTSDK");
        writer.WriteStartElement("event");
        writer.WriteAttributeString("name", "ScreenPop");
        Write("occtSourceID", pop.SourceId);
        Write("occtANI", pop.Ani);
        Write("occtDNIS", pop.Dnis);
        Write("CustomerID", pop.CustomerId);
        Write("ScreenPopType", pop.ScreenPopType?.Value);
        Write("ServiceRequestNum", pop.ServiceRequestNum);
        Write("COMPAIGN_SCHEDULE_NAME", pop.CampaignScheduleName);
        Write("language", pop.Language);
        writer.WriteEndElement();
        writer.WriteEndElement();
        return Stream;

        void Write(string name, string? value)
        {
            writer.WriteStartElement("data");
            writer.WriteAttributeString("name", name);
            writer.WriteAttributeString("value", value);
            writer.WriteEndElement();
        }
    }

    private static byte[] WrittenByXElement(ScreenPopEvent pop)
    {
        var document = new XElement(
            "CCTSDK",
            new XElement(
                "event",
                new XAttribute("name", "ScreenPop"),
                Data("occtSourceID", pop.SourceId),
                Data("occtANI", pop.Ani),
                Data("occtDNIS", pop.Dnis),
                Data("CustomerID", pop.CustomerId),
                Data("ScreenPopType", pop.ScreenPopType?.Value),
                Data("ServiceRequestNum", pop.ServiceRequestNum),
                Data("COMPAIGN_SCHEDULE_NAME", pop.CampaignScheduleName),
                Data("language", pop.Language)));
        return Encoding.UTF8.GetBytes(document.ToString(SaveOptions.DisableFormatting));

        static XElement Data(string name, string? value) => new("data", new XAttribute("name", name), new XAttribute("value", value!));
    }

    private static MemoryStream WrittenByXmlSerializer(ScreenPopEvent pop)
    {
        Stream.SetLength(0);
        var document = new SerializableDocument
        {
            Event = new()
            {
                Name = "ScreenPop",
                Data =
                [
                    new() { Name = "occtSourceID", Value = pop.SourceId },
                    new() { Name = "occtANI", Value = pop.Ani! },
                    new() { Name = "occtDNIS", Value = pop.Dnis! },
                    new() { Name = "CustomerID", Value = pop.CustomerId! },
                    new() { Name = "ScreenPopType", Value = pop.ScreenPopType?.Value! },
                    new() { Name = "ServiceRequestNum", Value = pop.ServiceRequestNum! },
                    new() { Name = "COMPAIGN_SCHEDULE_NAME", Value = pop.CampaignScheduleName! },
                    new() { Name = "language", Value = pop.Language! },
                ],
            },
        };
        using var writer = XmlWriter.Create(Stream, WriterSettings);
        Serializer.Serialize(writer, document, NoNamespaces);
        return Stream;
    }

    /// <summary>The lower bound: it does not check that XML can represent the values.</summary>
    private static ReusedBuffer WrittenByStringBuilder(ScreenPopEvent pop)
    {
        var document = new StringBuilder(512);
        _ = document.Append("<CCTSDK><event name=\"ScreenPop\">");
        Append("occtSourceID", pop.SourceId);
        Append("occtANI", pop.Ani);
        Append("occtDNIS", pop.Dnis);
        Append("CustomerID", pop.CustomerId);
        Append("ScreenPopType", pop.ScreenPopType?.Value);
        Append("ServiceRequestNum", pop.ServiceRequestNum);
        Append("COMPAIGN_SCHEDULE_NAME", pop.CampaignScheduleName);
        Append("language", pop.Language);
        Buffer.Clear();
        Buffer.Add(document.Append("</event></CCTSDK>").ToString());
        return Buffer;

        void Append(string name, string? value) =>
            document.Append("<data name=\"").Append(name).Append("\" value=\"").Append(SecurityElement.Escape(value)).Append("\"/>");
    }

    private struct Fields
    {
        private string? _sourceId;
        private string? _ani;
        private string? _dnis;
        private string? _customerId;
        private string? _screenPopType;
        private string? _serviceRequestNum;
        private string? _campaignScheduleName;
        private string? _language;

        public string? Event { get; set; }

        public void Set(string name, string value)
        {
            switch (name)
            {
                case "occtSourceID":
                    _sourceId = value;
                    break;
                case "occtANI":
                    _ani = value;
                    break;
                case "occtDNIS":
                    _dnis = value;
                    break;
                case "CustomerID":
                    _customerId = value;
                    break;
                case "ScreenPopType":
                    _screenPopType = value;
                    break;
                case "ServiceRequestNum":
                    _serviceRequestNum = value;
                    break;
                case "COMPAIGN_SCHEDULE_NAME":
                    _campaignScheduleName = value;
                    break;
                case "language":
                    _language = value;
                    break;
            }
        }

        public void Set(ReadOnlySpan<byte> name, string value)
        {
            if (name.SequenceEqual("occtSourceID"u8))
            {
                _sourceId = value;
            }
            else if (name.SequenceEqual("occtANI"u8))
            {
                _ani = value;
            }
            else if (name.SequenceEqual("occtDNIS"u8))
            {
                _dnis = value;
            }
            else if (name.SequenceEqual("CustomerID"u8))
            {
                _customerId = value;
            }
            else if (name.SequenceEqual("ScreenPopType"u8))
            {
                _screenPopType = value;
            }
            else if (name.SequenceEqual("ServiceRequestNum"u8))
            {
                _serviceRequestNum = value;
            }
            else if (name.SequenceEqual("COMPAIGN_SCHEDULE_NAME"u8))
            {
                _campaignScheduleName = value;
            }
            else if (name.SequenceEqual("language"u8))
            {
                _language = value;
            }
        }

        public readonly CctEvent ToEvent() => Event switch
        {
            "ScreenPop" => new ScreenPopEvent
            {
                SourceId = _sourceId!,
                Ani = _ani,
                Dnis = _dnis,
                CustomerId = _customerId,
                ScreenPopType = _screenPopType is null ? null : new ScreenPopType(_screenPopType),
                ServiceRequestNum = _serviceRequestNum,
                CampaignScheduleName = _campaignScheduleName,
                Language = _language,
            },
            "CallReleased" => new CallReleasedEvent { SourceId = _sourceId! },
            _ => throw new FormatException(),
        };
    }

    private sealed class ReusedBuffer : IBufferWriter<byte>
    {
        private readonly byte[] _bytes = new byte[1024];
        private int _count;

        public void Advance(int count) => _count += count;

        public Memory<byte> GetMemory(int sizeHint = 0) => _bytes.AsMemory(_count);

        public Span<byte> GetSpan(int sizeHint = 0) => _bytes.AsSpan(_count);

        public void Add(string text) => _count += Encoding.UTF8.GetBytes(text, 0, text.Length, _bytes, _count);

        public void Clear() => _count = 0;

        public byte[] ToArray() => _bytes.AsSpan(0, _count).ToArray();
    }
}

/// <summary>Represents a document with one event for XmlSerializer, which requires a public type with settable properties.</summary>
[XmlRoot("CCTSDK")]
public sealed class SerializableDocument
{
    [XmlElement("event")]
    public SerializableEvent Event { get; set; } = new();
}

public sealed class SerializableEvent
{
    [XmlAttribute("name")]
    public string Name { get; set; } = "";

    [XmlElement("data")]
    public SerializablePair[] Data { get; set; } = [];
}

public sealed class SerializablePair
{
    [XmlAttribute("name")]
    public string Name { get; set; } = "";

    [XmlAttribute("value")]
    public string Value { get; set; } = "";
}
