using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;
using FsCheck;
using FsCheck.Fluent;
using OracleCct.Protocol.Tests.Wire;
using Xunit;

namespace OracleCct.Protocol.Tests.Events;

/// <summary>Tests what is true for every event and every document.</summary>
[Collection(Law.Collection)]
public class CctXmlLaws
{
    // Many hostile values of 4 KB, each character as ten, are far beyond the default limit.
    private const int Ample = 1 << 20;

    private static readonly CctXmlFormatter Formatter = new(new() { MaxLength = Ample });

    private static readonly Gen<string> Documents = Gen.Frequency(
        (3, EventCase.Writable.Generator.Select(Wire)),
        (1, EventCase.Writable.Generator.Select(one => Encoding.UTF8.GetString(WrittenBySystemXml(one, new UTF8Encoding(false))))));

    private static readonly Arbitrary<string> MutatedDocuments = Arb.From(HostileText.Mutated(Documents), HostileText.Shrink);

    [Fact]
    public void The_generator_makes_every_message_with_every_field() => Assert.Equal(
        EventShapes.All.Select(shape => (shape.Name, string.Join(" ", shape.Fields.ToArray().Select(field => field.Name)))).OrderBy(shape => shape.Name),
        EventCase.Generated.OrderBy(kind => kind.Name));

    [Fact]
    public void What_is_written_reads_as_the_same_event() => Law.Holds(EventCase.Writable, Wire, one =>
    {
        Assert.Equal([one.Event], Formatter.Read(Formatter.WriteToString(one.Event)));
        Assert.Equal([one.Event], Formatter.Read(Formatter.WriteToArray(one.Event)));
    }, 400);

    [Fact]
    public void An_event_lists_the_pairs_that_are_written() => Law.Holds(EventCase.Any, one => one.ToString(), one =>
        Assert.Equal(one.Pairs, one.Event.GetPairs().Select(pair => (pair.Name, pair.Value))));

    [Fact]
    public void What_XML_cannot_hold_is_refused_before_the_first_byte_and_all_else_is_written() => Law.Holds(EventCase.Any, one => one.ToString(), one =>
    {
        var output = new ChunkWriter();
        if (one.Texts.All(HostileText.FitsXml))
        {
            Formatter.Write(one.Event, output);
            Assert.Equal([one.Event], Formatter.Read(output.ToArray()));
        }
        else
        {
            ProtocolError error = Assert.Throws<ProtocolFormatException>(() => Formatter.Write(one.Event, output)).Error;
            Assert.Equal(ProtocolErrorKind.InvalidCharacter, error.Kind);
            Assert.Equal(0, output.Uses);
        }
    }, 400);

    [Fact]
    public void An_extra_pair_with_a_known_name_is_refused_before_the_first_byte() => Law.Holds(
        Arb.From(from one in EventCase.Writable.Generator
                 where one.Keys.Count > 0
                 from name in Gen.Elements<string>(one.Keys)
                 select (Case: one.With(name, "x"), Name: name)),
        bad => bad.Case.ToString(),
        bad =>
        {
            var output = new ChunkWriter();
            ProtocolError error = Assert.Throws<ProtocolFormatException>(() => Formatter.Write(bad.Case.Event, output)).Error;
            Assert.Equal((ProtocolErrorKind.DuplicateField, bad.Name), (error.Kind, error.Field));
            Assert.Equal(0, output.Uses);
        });

    [Fact]
    public void The_three_ways_to_write_give_the_same_bytes() => Law.Holds(EventCase.Writable, Wire, one =>
    {
        var output = new ChunkWriter();
        Formatter.Write(one.Event, output);
        Assert.Equal(Formatter.WriteToArray(one.Event), output.ToArray());
        Assert.Equal(Formatter.WriteToString(one.Event), Encoding.ASCII.GetString(output.ToArray()));
    }, 200);

    [Fact]
    public void A_document_is_one_line_of_ASCII_and_begins_with_its_root() => Law.Holds(EventCase.Writable, Wire, one =>
    {
        byte[] document = Formatter.WriteToArray(one.Event);
        Assert.StartsWith("<CCTSDK><event name=\"", Encoding.ASCII.GetString(document), StringComparison.Ordinal);
        Assert.DoesNotContain(document, b => b is < 0x20 or > 0x7E);
    }, 200);

    [Fact]
    public void A_strict_reader_accepts_the_document_and_sees_the_same_pairs() => Law.Holds(EventCase.Writable, Wire, one =>
    {
        (string name, List<(string, string)> pairs) = ReadBySystemXml(Formatter.WriteToArray(one.Event));
        Assert.Equal(one.Event.Name, name);
        Assert.Equal(one.Pairs, pairs);
    });

    [Fact]
    public void What_another_writer_wrote_reads_as_the_same_event_in_every_Unicode_encoding() => Law.Holds(
        Arb.From(from one in EventCase.Writable.Generator
                 from encoding in Gen.Elements(
                     new UTF8Encoding(false), new UTF8Encoding(true), new UnicodeEncoding(false, false), new UnicodeEncoding(false, true),
                     new UnicodeEncoding(true, false), new UnicodeEncoding(true, true), new UTF32Encoding(false, true), new UTF32Encoding(true, true),
                     Encoding.ASCII)
                 select (Case: one, Encoding: encoding)),
        written => written.Case.ToString(),
        written => Assert.Equal([written.Case.Event], Formatter.Read(WrittenBySystemXml(written.Case, written.Encoding))));

    [Fact]
    public void What_reads_can_be_written_and_reads_the_same_again() => Law.Holds(MutatedDocuments, text => text, text =>
    {
        if (Formatter.TryRead(text, out IReadOnlyList<CctEvent>? events, out _))
        {
            Assert.All(events, one => Assert.Equal([one], Formatter.Read(Formatter.WriteToArray(one))));
        }
    }, 500);

    /// <summary>A comment at the end of a document makes System.Xml read it.</summary>
    [Fact]
    public void What_is_read_without_System_Xml_says_the_same_to_System_Xml() => Law.Holds(
        Arb.From(
            Gen.OneOf(
                MutatedDocuments.Generator,
                from name in HostileText.Any
                from value in HostileText.Any
                from reference in Gen.Elements(
                    "", "&amp;", "&lt;", "&apos;", "&#65;", "&#x41;", "&#x1F600;", "&#128512;", "&#0;", "&#xD83D;", "&#xFFFE;", "&#x110000;", "&#X41;", "&#;",
                    "&#x;", "&b;", "&", "&#65", "&#00000065;")
                from blank in Gen.Elements("", " ", "\n\t", "\r\n")
                from key in Gen.Elements("occtSourceID", "occtANI", "", "a")
                select $"<CCTSDK>{blank}<event name=\"ScreenPop\">{blank}<data name=\"occtSourceID\" value=\"1{reference}\"/>"
                    + $"{blank}<data name=\"{key}{name}\" value=\"{reference}{value}\"{blank}/></event>{blank}</CCTSDK>{blank}"),
            HostileText.Shrink),
        text => text,
        text =>
        {
            if (Formatter.TryRead(text, out IReadOnlyList<CctEvent>? events, out _))
            {
                Assert.Equal(Formatter.Read(text + "<!---->"), events);
            }

            if (Formatter.TryRead(Encoding.UTF8.GetBytes(text), out IReadOnlyList<CctEvent>? fromBytes, out _))
            {
                Assert.Equal(Formatter.Read(Encoding.UTF8.GetBytes(text + "<!---->")), fromBytes);
            }
        },
        1000);

    [Fact]
    public void TryRead_and_Read_agree_about_a_document_with_one_mutation() => Law.Holds(MutatedDocuments, text => text, text =>
    {
        BothAgree(text);
        BothAgree(Encoding.UTF8.GetBytes(text));
    }, 500);

    [Fact]
    public void TryRead_and_Read_agree_about_any_text() => Law.Holds(
        Arb.From(
            from inside in HostileText.Any
            from text in Gen.Elements(
                inside,
                "<" + inside,
                inside + "<CCTSDK/>",
                "<CCTSDK>" + inside + "</CCTSDK>",
                "<CCTSDK/>" + inside,
                "<CCTSDK><event name=\"ScreenPop\">" + inside + "</event></CCTSDK>",
                "<CCTSDK><event name=\"" + inside + "\"><data name='a' " + inside + "value=''/></event></CCTSDK>")
            select text,
            HostileText.Shrink),
        text => text,
        BothAgree,
        600);

    [Fact]
    public void TryRead_and_Read_agree_about_any_bytes() => Law.Holds(
        Arb.From(
            from start in Gen.Elements<byte[]>(
                [], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF], [0xFF, 0xFE, 0, 0], [0, 0, 0xFE, 0xFF], [0x3C, 0], [0, 0x3C], [0x3C, 0, 0, 0],
                [0, 0, 0, 0x3C])
            from document in Gen.OneOf(
                Gen.Choose(0, 255).ArrayOf().Select(ToBytes),
                from one in EventCase.Writable.Generator
                from place in Gen.Choose(0, 200)
                from with in Gen.Choose(0, 255).ArrayOf(2).Select(ToBytes)
                select Spoil(Formatter.WriteToArray(one.Event), place, with))
            select start.Concat(document).ToArray(),
            bytes => bytes.Select((_, i) => bytes.Where((_, j) => j != i).ToArray())),
        BitConverter.ToString,
        BothAgree,
        600);

    /// <summary>Represents what a sender declares and what it sends. No exception of the platform's decoders may reach the caller.</summary>
    [Fact]
    public void TryRead_and_Read_agree_whatever_encoding_is_declared() => Law.Holds(
        Arb.From(
            from encoding in Gen.Elements(
                "utf-8", "utf-16", "unicodeFFFE", "utf-32", "utf-7", "us-ascii", "iso-8859-1", "windows-1252", "windows-1255", "ibm850", "IBM037", "shift_jis",
                "euc-jp", "iso-2022-jp",
                "iso-2022-kr", "gb2312", "gb18030", "hz-gb-2312", "big5", "euc-kr", "koi8-r", "macintosh", "x-iscii-de", "x-Chinese-CNS", "", " ", "65001",
                "ucs-4", "nonsense", "a\0b",
                "../x", "utf-8 ", "\u00E9")
            from bytes in Gen.Frequency(
                (3, Gen.Choose(0, 255)), (1, Gen.Elements(0x1B, 0x24, 0x28, 0x42, 0x7E, 0x7B, 0x81, 0x8F, 0xFE, 0xFF, 0x2B, 0x2F))).ArrayOf().Select(ToBytes)
            select Encoding.UTF8.GetBytes("<?xml version='1.0' encoding='" + encoding + "'?><CCTSDK><event name='a'><data name='b' value='")
                .Concat(bytes)
                .Concat(Encoding.ASCII.GetBytes("'/></event></CCTSDK>"))
                .ToArray(),
            bytes => bytes.Select((_, i) => bytes.Where((_, j) => j != i).ToArray())),
        bytes => Encoding.GetEncoding("iso-8859-1").GetString(bytes),
        BothAgree,
        1000);

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    public void Another_culture_writes_the_same_bytes_and_reads_the_same_event(string culture) => Law.Holds(EventCase.Writable, Wire, one =>
    {
        byte[] document = Formatter.WriteToArray(one.Event);
        Assert.Equal(document, Law.InCulture(culture, () => Formatter.WriteToArray(one.Event)));
        Assert.Equal([one.Event], Law.InCulture(culture, () => Formatter.Read(document)));
    }, 100);

    [Fact]
    public void No_error_shows_a_value() => Law.Holds(
        Arb.From(
            HostileText.Mutated(
                from one in EventCase.Writable.Generator
                from raw in HostileText.Any
                let document = Wire(one.With("Zx7", "Qk9"))
                select document.Insert(document.IndexOf("Zx7", StringComparison.Ordinal), "Zx7" + raw)),
            HostileText.Shrink),
        text => text,
        text =>
        {
            if (!Formatter.TryRead(text, out _, out ProtocolError? error))
            {
                string said = error + " " + error.Field + " " + new ProtocolFormatException(error);
                Assert.DoesNotContain("Zx7", said, StringComparison.Ordinal);
                Assert.DoesNotContain("Qk9", said, StringComparison.Ordinal);
            }
        });

    private static string Wire(EventCase one) => Formatter.WriteToString(one.Event);

    private static byte[] ToBytes(int[] numbers) => Array.ConvertAll(numbers, number => (byte)number);

    private static byte[] Spoil(byte[] document, int place, byte[] with)
    {
        with.CopyTo(document, Math.Min(place, document.Length - with.Length));
        return document;
    }

    private static void BothAgree(string text)
    {
        if (Formatter.TryRead(text, out IReadOnlyList<CctEvent>? events, out ProtocolError? error))
        {
            Assert.Null(error);
            Assert.Equal(events, Formatter.Read(text));
        }
        else
        {
            Assert.Null(events);
            Assert.InRange(error.Offset, 0, text.Length);
            Assert.Equal(error, Assert.Throws<ProtocolFormatException>(() => Formatter.Read(text)).Error);
        }
    }

    private static void BothAgree(byte[] bytes)
    {
        if (Formatter.TryRead(bytes, out IReadOnlyList<CctEvent>? events, out ProtocolError? error))
        {
            Assert.Null(error);
            Assert.Equal(events, Formatter.Read(bytes));
        }
        else
        {
            Assert.Null(events);
            Assert.InRange(error.Offset, 0, bytes.Length);
            Assert.Equal(error, Assert.Throws<ProtocolFormatException>(() => Formatter.Read(bytes)).Error);
        }
    }

    /// <summary>Writes the same event with the platform's writer: indented, with a declaration, in a chosen encoding.</summary>
    private static byte[] WrittenBySystemXml(EventCase one, Encoding encoding)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new() { Encoding = encoding, Indent = true, NewLineHandling = NewLineHandling.Entitize }))
        {
            writer.WriteStartElement("CCTSDK");
            writer.WriteStartElement("event");
            writer.WriteAttributeString("name", one.Event.Name);
            foreach ((string name, string value) in one.Pairs)
            {
                writer.WriteStartElement("data");
                writer.WriteAttributeString("value", value);
                writer.WriteAttributeString("name", name);
                writer.WriteEndElement();
            }

            writer.WriteEndElement();
            writer.WriteEndElement();
        }

        return stream.ToArray();
    }

    private static (string Name, List<(string Name, string Value)> Pairs) ReadBySystemXml(byte[] document)
    {
        using var reader = XmlReader.Create(
            new MemoryStream(document),
            new() { ConformanceLevel = ConformanceLevel.Document, CheckCharacters = true, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        Assert.True(reader.Read());
        Assert.Equal((XmlNodeType.Element, "CCTSDK", 0), (reader.NodeType, reader.Name, reader.AttributeCount));
        Assert.True(reader.Read());
        Assert.Equal((XmlNodeType.Element, "event", 1), (reader.NodeType, reader.Name, reader.AttributeCount));
        string name = reader.GetAttribute("name")!;
        var pairs = new List<(string, string)>();
        while (reader.Read() && reader.NodeType == XmlNodeType.Element)
        {
            Assert.Equal(("data", 2, true), (reader.Name, reader.AttributeCount, reader.IsEmptyElement));
            pairs.Add((reader.GetAttribute("name")!, reader.GetAttribute("value")!));
        }

        Assert.Equal((XmlNodeType.EndElement, "event"), (reader.NodeType, reader.Name));
        Assert.True(reader.Read());
        Assert.Equal((XmlNodeType.EndElement, "CCTSDK"), (reader.NodeType, reader.Name));
        Assert.False(reader.Read());
        return (name, pairs);
    }
}
