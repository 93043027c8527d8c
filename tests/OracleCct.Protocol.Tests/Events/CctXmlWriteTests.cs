using System;
using System.Buffers;
using System.Text;
using OracleCct.Protocol.Tests.Wire;
using Xunit;

namespace OracleCct.Protocol.Tests.Events;

public class CctXmlWriteTests
{
    [Fact]
    public void A_screen_pop_is_written_in_the_seeds_order_with_the_wires_spelling() => Assert.Equal(
        "<CCTSDK><event name=\"ScreenPop\"><data name=\"occtSourceID\" value=\"1\"/><data name=\"occtANI\" value=\"2\"/><data name=\"occtDNIS\" value=\"3\"/>"
        + "<data name=\"CustomerID\" value=\"4\"/><data name=\"ContactNum\" value=\"5\"/><data name=\"ScreenPopType\" value=\"6\"/><data "
            + "name=\"occtClassification\" value=\"7\"/>"
        + "<data name=\"AccountNum\" value=\"8\"/><data name=\"EventCode\" value=\"9\"/><data name=\"ServiceRequestNum\" value=\"10\"/>"
        + "<data name=\"COMPAIGN_SCHEDULE_NAME\" value=\"11\"/><data name=\"lastOperationCode\" value=\"12\"/><data name=\"language\" value=\"13\"/>"
        + "<data name=\"b\" value=\"14\"/><data name=\"a\" value=\"\"/></event></CCTSDK>",
        Write(new ScreenPopEvent
        {
            ExtraFields = [new("b", "14"), new("a", "")],
            Language = "13",
            LastOperationCode = "12",
            CampaignScheduleName = "11",
            ServiceRequestNum = "10",
            EventCode = "9",
            AccountNum = "8",
            Classification = new("7"),
            ScreenPopType = new("6"),
            ContactNum = "5",
            CustomerId = "4",
            Dnis = "3",
            Ani = "2",
            SourceId = "1",
        }));

    [Fact]
    public void Null_is_not_written_and_empty_is_written_empty() => Assert.Equal(
        "<CCTSDK><event name=\"ScreenPop\"><data name=\"occtSourceID\" value=\"\"/><data name=\"occtDNIS\" value=\"\"/><data name=\"ScreenPopType\" "
        + "value=\"\"/></event></CCTSDK>",
        Write(new ScreenPopEvent { SourceId = "", Ani = null, Dnis = "", ScreenPopType = default(ScreenPopType) }));

    [Fact]
    public void An_event_without_pairs_is_written_with_an_end_tag() => Assert.Equal("<CCTSDK><event name=\"Error\"></event></CCTSDK>", Write(new ErrorEvent()));

    [Fact]
    public void Both_keys_of_an_error_are_written() => Assert.Equal(
        "<CCTSDK><event name=\"Error\"><data name=\"occtErrorMsg\" value=\"a\"/><data name=\"KeyErrorDetails\" value=\"b\"/></event></CCTSDK>",
        Write(new ErrorEvent { Details = "b", Message = "a" }));

    [Theory]
    [InlineData("&", "&amp;")]
    [InlineData("<", "&lt;")]
    [InlineData(">", "&gt;")]
    [InlineData("\"", "&quot;")]
    [InlineData("'", "&#39;")]
    [InlineData("\t", "&#9;")]
    [InlineData("\n", "&#10;")]
    [InlineData("\r", "&#13;")]
    [InlineData("\r\n", "&#13;&#10;")]
    [InlineData(" ", " ")]
    [InlineData("~", "~")]
    [InlineData("\u007F", "&#127;")]
    [InlineData("\u0080", "&#128;")]
    [InlineData("\u0085", "&#133;")]
    [InlineData("\u00A0", "&#160;")]
    [InlineData("\u00E9", "&#233;")]
    [InlineData("\u2028", "&#8232;")]
    [InlineData("\u65E5", "&#26085;")]
    [InlineData("\uD7FF", "&#55295;")]
    [InlineData("\uE000", "&#57344;")]
    [InlineData("\uFEFF", "&#65279;")]
    [InlineData("\uFFFD", "&#65533;")]
    [InlineData("\uD800\uDC00", "&#65536;")]
    [InlineData("\uD83D\uDE00", "&#128512;")]
    [InlineData("\uDBFF\uDFFF", "&#1114111;")]
    [InlineData("&amp;", "&amp;amp;")]
    [InlineData("]]>", "]]&gt;")]
    public void A_value_is_escaped_into_ASCII(string value, string expected)
    {
        Assert.Equal(
            "<CCTSDK><event name=\"CallReleased\"><data name=\"occtSourceID\" value=\"" + expected + "\"/></event></CCTSDK>",
            Write(new CallReleasedEvent { SourceId = value }));
        Assert.Equal(
            "<CCTSDK><event name=\"" + expected + "\"><data name=\"" + expected + "\" value=\"" + expected + "\"/></event></CCTSDK>",
            Write(new UnknownEvent(value) { ExtraFields = [new(value, value)] }));
    }

    [Fact]
    public void Every_printable_ASCII_character_but_five_stands_for_itself()
    {
        for (char c = ' '; c <= '~'; c++)
        {
            string written = Write(new UnknownEvent("_" + c + "_"));
            Assert.Equal(c is not ('&' or '<' or '>' or '"' or '\''), written == "<CCTSDK><event name=\"_" + c + "_\"></event></CCTSDK>");
        }
    }

    // What XML does not allow

    [Fact]
    public void Every_control_character_but_three_is_refused()
    {
        for (char c = '\0'; c < ' '; c++)
        {
            if (c is not ('\t' or '\n' or '\r'))
            {
                Refused(new CallReleasedEvent { SourceId = "ab" + c }, ProtocolErrorKind.InvalidCharacter, "occtSourceID", 2);
            }
        }
    }

    [Theory]
    [InlineData("H", 0)]
    [InlineData("aL", 1)]
    [InlineData("HLH", 2)]
    [InlineData("LH", 0)]
    [InlineData("Ha", 0)]
    [InlineData("\uFFFE", 0)]
    [InlineData("HL\uFFFF", 2)]
    public void What_XML_cannot_hold_is_refused(string halves, int offset)
    {
        string value = Halves.In(halves);
        Refused(new CallReleasedEvent { SourceId = value }, ProtocolErrorKind.InvalidCharacter, "occtSourceID", offset);
        Refused(new ErrorEvent { Message = "a", Details = value }, ProtocolErrorKind.InvalidCharacter, "KeyErrorDetails", offset);
        Refused(new ErrorEvent { ExtraFields = [new("Zx7", "1"), new("Zx7", value)] }, ProtocolErrorKind.InvalidCharacter, null, offset);
        Refused(new ErrorEvent { ExtraFields = [new(value, "Zx7")] }, ProtocolErrorKind.InvalidCharacter, null, offset);
        Refused(new UnknownEvent(value), ProtocolErrorKind.InvalidCharacter, null, offset);
    }

    [Fact]
    public void An_id_that_is_null_is_refused()
    {
        Refused(new CallEstablishedEvent { SourceId = null! }, ProtocolErrorKind.MissingField, "occtSourceID", 0);
        Refused(new CallReleasedEvent { SourceId = null! }, ProtocolErrorKind.MissingField, "occtSourceID", 0);
        Refused(new ScreenPopEvent { SourceId = null!, Ani = "1", Dnis = "2" }, ProtocolErrorKind.MissingField, "occtSourceID", 0);
    }

    [Fact]
    public void An_extra_pair_named_like_a_property_is_refused()
    {
        var pop = new ScreenPopEvent { SourceId = "1", Ani = null, Dnis = null };
        Refused(pop with { ExtraFields = [new("x", "y"), new("occtANI", "2")] }, ProtocolErrorKind.DuplicateField, "occtANI", 0);
        Refused(pop with { ExtraFields = [new("COMPAIGN_SCHEDULE_NAME", "2")] }, ProtocolErrorKind.DuplicateField, "COMPAIGN_SCHEDULE_NAME", 0);
        Refused(new ErrorEvent { ExtraFields = [new("KeyErrorDetails", "2")] }, ProtocolErrorKind.DuplicateField, "KeyErrorDetails", 0);
    }

    [Fact]
    public void An_extra_pair_in_another_case_is_another_pair() => Assert.Contains(
        "<data name=\"OCCTANI\" value=\"2\"/>", Write(new ScreenPopEvent { SourceId = "1", Ani = "1", Dnis = null, ExtraFields = [new("OCCTANI", "2")] }),
        StringComparison.Ordinal);

    [Fact]
    public void Null_is_not_written()
    {
        Assert.Throws<ArgumentNullException>("cctEvent", () => CctXmlFormatter.Default.WriteToArray(null!));
        Assert.Throws<ArgumentNullException>("cctEvent", () => CctXmlFormatter.Default.WriteToString(null!));
        Assert.Throws<ArgumentNullException>("cctEvent", () => CctXmlFormatter.Default.Write(null!, new ChunkWriter()));
        Assert.Throws<ArgumentNullException>("output", () => CctXmlFormatter.Default.Write(new ErrorEvent(), null!));
    }

    // The destination of the bytes

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4000)]
    public void A_writer_with_more_room_than_asked_for_gets_the_same_bytes(int more)
    {
        var cctEvent = new ErrorEvent { Message = new string('\uFFFD', 1000) + new string('x', 1000) };
        var output = new RoomyWriter(more);
        CctXmlFormatter.Default.Write(cctEvent, output);
        Assert.Equal(Write(cctEvent), output.Text);
    }

    [Fact]
    public void A_long_value_crosses_every_chunk_at_every_place()
    {
        for (int length = 400; length < 470; length++)
        {
            var cctEvent = new CallReleasedEvent { SourceId = new string('x', length) + "\uDBFF\uDFFF'\uDBFF\uDFFF" };
            var output = new ChunkWriter();
            CctXmlFormatter.Default.Write(cctEvent, output);
            Assert.Equal(
                "<CCTSDK><event name=\"CallReleased\"><data name=\"occtSourceID\" value=\"" + new string(
                    'x', length) + "&#1114111;&#39;&#1114111;\"/></event></CCTSDK>",
                Encoding.ASCII.GetString(output.ToArray()));
        }
    }

    [Fact]
    public void An_event_longer_than_the_limit_for_reading_is_written()
    {
        byte[] document = CctXmlFormatter.Default.WriteToArray(new CallReleasedEvent { SourceId = new string('\u00E9', 50000) });
        Assert.Equal(Write(new CallReleasedEvent { SourceId = "" }).Length + (50000 * "&#233;".Length), document.Length);
    }

    private static string Write(CctEvent cctEvent) => CctXmlFormatter.Default.WriteToString(cctEvent);

    private static void Refused(CctEvent cctEvent, ProtocolErrorKind kind, string? field, int offset)
    {
        var output = new ChunkWriter();
        ProtocolError error = Assert.Throws<ProtocolFormatException>(() => CctXmlFormatter.Default.Write(cctEvent, output)).Error;
        Assert.Equal((kind, field, offset), (error.Kind, error.Field, error.Offset));
        Assert.DoesNotContain("Zx7", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, output.Uses);
    }

    /// <summary>Provides more room than requested.</summary>
    private sealed class RoomyWriter(int more) : IBufferWriter<byte>
    {
        private readonly StringBuilder _text = new();
        private byte[] _chunk = [];

        public string Text => _text.ToString();

        public void Advance(int count) => _text.Append(Encoding.ASCII.GetString(_chunk, 0, count));

        public Memory<byte> GetMemory(int sizeHint = 0) => _chunk = new byte[sizeHint + more];

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
