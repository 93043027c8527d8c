using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Xunit;

namespace OracleCct.Protocol.Tests.Events;

public class CctXmlReadTests
{
    private const string Established = "<CCTSDK><event name=\"CallEstablished\"><data name=\"occtSourceID\" value=\"42\"/></event></CCTSDK>";

    private static readonly CallEstablishedEvent EstablishedEvent = new() { SourceId = "42" };

    // Events

    [Theory]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(60000)]
    public void A_run_of_blanks_of_any_length_does_not_count(int length)
    {
        string blanks = new string(' ', length - 2) + "\r\n";

        Assert.Equal([new UnknownEvent("a")], Read("<CCTSDK>" + blanks + "<event name=\"a\"/></CCTSDK>"));
        Assert.Equal(
            [new UnknownEvent("a") { ExtraFields = [new("b", "c")] }],
            Read("<CCTSDK><event name=\"a\"><data name=\"b\" value=\"c\"/>" + blanks + "</event></CCTSDK>"));
    }

    [Fact]
    public void An_error_behind_many_lines_has_its_place()
    {
        string lines = string.Concat(Enumerable.Repeat("<data name=\"a\" value=\"b\"/>\r\n", 2000));
        string text = "<CCTSDK><event name=\"x\">\n" + lines + "<data name=\"a\"/></event></CCTSDK>";

        ProtocolError error = Assert.Throws<ProtocolFormatException>(() => Read(text)).Error;

        Assert.Equal(text.LastIndexOf("data name", StringComparison.Ordinal), error.Offset);
    }

    [Fact]
    public void A_document_may_hold_several_events() => Assert.Equal(
        [EstablishedEvent, new CallReleasedEvent { SourceId = "" }, new UnknownEvent("x"), EstablishedEvent],
        Read("<CCTSDK>" + Inside(Established) + "<event name='CallReleased'><data name='occtSourceID' value=''/></event><event name='x'/>" + Inside(
            Established) + "</CCTSDK>"));

    [Theory]
    [InlineData("<CCTSDK/>")]
    [InlineData("<CCTSDK></CCTSDK>")]
    [InlineData("<CCTSDK>\r\n</CCTSDK>")]
    [InlineData("<CCTSDK><!-- none --></CCTSDK>")]
    public void A_document_may_hold_no_event(string text) => Assert.Empty(Read(text));

    [Theory]
    [InlineData("<event name='TelephonyEnabled'/>", "TelephonyEnabled")]
    [InlineData("<event name='TelephonyEnabled'></event>", "TelephonyEnabled")]
    [InlineData("<event name='TelephonyEnabled'>\n</event>", "TelephonyEnabled")]
    [InlineData("<event name=''/>", "")]
    [InlineData("<event name='screenpop'/>", "screenpop")] // EBS regards case, so this is not the event it looks like
    [InlineData("<event name='ScreenPop '/>", "ScreenPop ")]
    [InlineData("<event name='ERROR'/>", "ERROR")]
    public void An_event_that_the_library_does_not_know_is_unknown(string inside, string name) =>
        Assert.Equal([new UnknownEvent(name)], Read("<CCTSDK>" + inside + "</CCTSDK>"));

    [Fact]
    public void An_unknown_event_keeps_all_its_pairs_in_order() => Assert.Equal(
        [new UnknownEvent("x") { ExtraFields = [new("b", "1"), new("occtSourceID", "2"), new("b", ""), new("", "3"), new("occtSourceID", "4")] }],
        Read("<CCTSDK><event name='x'><data name='b' value='1'/><data name='occtSourceID' value='2'/><data name='b' value=''/><data name='' "
            + "value='3'/><data name='occtSourceID' value='4'/></event></CCTSDK>"));

    [Fact]
    public void Every_key_of_a_screen_pop_has_its_property() => Assert.Equal(
        [new ScreenPopEvent
        {
            SourceId = "1",
            Ani = "2",
            Dnis = "3",
            CustomerId = "4",
            ContactNum = "5",
            ScreenPopType = new("6"),
            Classification = new("7"),
            AccountNum = "8",
            EventCode = "9",
            ServiceRequestNum = "10",
            CampaignScheduleName = "11",
            LastOperationCode = "12",
            Language = "13",
        }],
        Pop("language=13 occtSourceID=1 lastOperationCode=12 COMPAIGN_SCHEDULE_NAME=11 ServiceRequestNum=10 EventCode=9 AccountNum=8 "
            + "occtClassification=7 ScreenPopType=6 ContactNum=5 CustomerID=4 occtDNIS=3 occtANI=2"));

    [Fact]
    public void Keys_that_nobody_knows_are_kept_in_order() => Assert.Equal(
        [new ScreenPopEvent { SourceId = "1", Ani = null, Dnis = null, ExtraFields = [new("PARTY_ID", "2"), new("AccountCode", "3"), new("PARTY_ID", "4")] }],
        Pop("PARTY_ID=2 occtSourceID=1 AccountCode=3 PARTY_ID=4"));

    [Theory]
    [InlineData("CAMPAIGN_SCHEDULE_NAME")] // spelled right, which is wrong here
    [InlineData("OCCTANI")]
    [InlineData("occtAni")]
    [InlineData("Language")]
    [InlineData("screenPopType")]
    public void A_near_miss_is_an_extra_pair(string key) => Assert.Equal(
        [new ScreenPopEvent { SourceId = "1", Ani = null, Dnis = null, ExtraFields = [new(key, "2")] }], Pop("occtSourceID=1 " + key + "=2"));

    [Fact]
    public void An_empty_value_is_not_a_missing_one()
    {
        var pop = Assert.IsType<ScreenPopEvent>(Assert.Single(Pop("occtSourceID= occtANI= ScreenPopType=")));
        Assert.Equal(("", "", null), (pop.SourceId, pop.Ani, pop.Dnis));
        Assert.Equal((new ScreenPopType(""), null), (pop.ScreenPopType, pop.Classification));
    }

    [Fact]
    public void Both_keys_of_an_error_are_read() => Assert.Equal(
        [new ErrorEvent { Message = "a", Details = "b" }],
        Read("<CCTSDK><event name='Error'><data name='KeyErrorDetails' value='b'/><data name='occtErrorMsg' value='a'/></event></CCTSDK>"));

    [Fact]
    public void An_error_may_hold_one_key_or_none()
    {
        Assert.Equal([new ErrorEvent { Message = "a" }], Read("<CCTSDK><event name='Error'><data name='occtErrorMsg' value='a'/></event></CCTSDK>"));
        Assert.Equal([new ErrorEvent { Details = "b" }], Read("<CCTSDK><event name='Error'><data name='KeyErrorDetails' value='b'/></event></CCTSDK>"));
        Assert.Equal([new ErrorEvent()], Read("<CCTSDK><event name='Error'/></CCTSDK>"));
    }

    // Between the elements

    [Theory]
    [InlineData("<?xml version=\"1.0\"?>")]
    [InlineData("<?xml version='1.0' encoding='utf-8' standalone='yes'?>\n")]
    [InlineData("<?xml version='1.0' encoding='utf-16'?>")] // it is text already
    [InlineData("\n\t ")]
    [InlineData("<!-- a --><?b c?>")]
    [InlineData("<?xml version=\"1.0\"?><!-- a -->\r\n<?b c?>")]
    [InlineData("\uFEFF")]
    [InlineData("\uFEFF<?xml version=\"1.0\"?>")]
    public void A_document_may_begin_with(string start) => Assert.Equal([EstablishedEvent], Read(start + Established));

    [Theory]
    [InlineData("\r\n\t ")]
    [InlineData("<!-- a -->\n<?b c?>")]
    public void A_document_may_end_with(string end) => Assert.Equal([EstablishedEvent], Read(Established + end));

    [Fact]
    public void Blanks_comments_and_instructions_do_not_count() => Assert.Equal(
        [EstablishedEvent],
        Read("<CCTSDK >\r\n<!-- <event name='x'/> --><?a b?><event name='CallEstablished'\n>\t<!-- a --><data\tname = 'occtSourceID'\n value = '42' "
            + "><!-- b --><?c d?>\n</data>\n</event\t></CCTSDK >"));

    [Fact]
    public void Blanks_do_not_count_where_a_document_asks_to_keep_them() => Assert.Equal(
        [EstablishedEvent],
        Read("<CCTSDK xml:space='preserve'>\n<event name='CallEstablished'>\n<data name='occtSourceID' value='42'>\n</data>\n</event>\n</CCTSDK>"));

    [Fact]
    public void Other_attributes_do_not_count() => Assert.Equal(
        [EstablishedEvent],
        Read("<CCTSDK version='1' xml:lang='en'><event id='7' name='CallEstablished' Name='x'><data value='42' type='string' "
            + "name='occtSourceID'/></event></CCTSDK>"));

    [Theory]
    [InlineData("<CCTSDK xmlns='urn:x'><event name='x'><data name='a' value='b'/></event></CCTSDK>")]
    [InlineData("<n:CCTSDK xmlns:n='urn:x'><n:event name='x'><n:data name='a' value='b'/></n:event></n:CCTSDK>")]
    [InlineData("<CCTSDK xmlns:n='urn:x'><event n:name='y' name='x'><data n:value='c' name='a' value='b'/></event></CCTSDK>")]
    public void Namespaces_do_not_count(string text) => Assert.Equal([new UnknownEvent("x") { ExtraFields = [new("a", "b")] }], Read(text));

    [Theory]
    [InlineData("&amp;&lt;&gt;&quot;&apos;", "&<>\"'")]
    [InlineData("&#65;&#x42;&#x000043;", "ABC")]
    [InlineData("&#9;&#10;&#13;", "\t\n\r")]
    [InlineData("a\tb\nc\r\nd\re", "a b c d e")] // bare ones are spaces to every parser
    [InlineData("&#128512;&#x1F600;", "\uD83D\uDE00\uD83D\uDE00")]
    [InlineData("\uD83D\uDE00\u00E9>'", "\uD83D\uDE00\u00E9>'")]
    [InlineData("&#x10FFFF;", "\uDBFF\uDFFF")]
    [InlineData("&amp;lt;", "&lt;")]
    [InlineData("  a  ", "  a  ")]
    public void A_value_is_read_as_XML_has_it(string sent, string read) =>
        Assert.Equal(
            [new CallReleasedEvent { SourceId = read }],
            Read("<CCTSDK><event name=\"CallReleased\"><data name=\"occtSourceID\" value=\"" + sent + "\"/></event></CCTSDK>"));

    [Fact]
    public void A_name_may_hold_escapes() =>
        Assert.Equal([EstablishedEvent], Read("<CCTSDK><event name='Call&#69;stablished'><data name='occt&#x53;ourceID' value='42'/></event></CCTSDK>"));

    // Errors. The caret marks the offset of the error.

    [Theory]
    [InlineData("<CCTSDK><^event name='CallEstablished'/></CCTSDK>", "occtSourceID")]
    [InlineData("<CCTSDK>\n  <^event name='CallReleased'>\n</event></CCTSDK>", "occtSourceID")]
    [InlineData("<CCTSDK>\r\n\r\n <^event name='ScreenPop'>\r\n<data name='occtANI' value='1'/></event></CCTSDK>", "occtSourceID")]
    [InlineData("<CCTSDK>\n<event name='x'/>\n<^event name='CallReleased'><data name='occtSourceId' value=''/></event></CCTSDK>", "occtSourceID")]
    [InlineData("<CCTSDK>\n<^event/></CCTSDK>", "event")]
    [InlineData("<CCTSDK>\n<^event Name='x'/></CCTSDK>", "event")]
    [InlineData("<CCTSDK><event name='x'>\r<^data value='1'/></event></CCTSDK>", "data")]
    [InlineData("<CCTSDK><event name='x'>\n\r\n\r<^data name='a'/></event></CCTSDK>", "data")]
    [InlineData("<CCTSDK><event name='ScreenPop'><^data name='occtANI'/></event></CCTSDK>", "occtANI")]
    [InlineData("<CCTSDK><event name='ScreenPop'><^data name='occtANI' Value='1'/></event></CCTSDK>", "occtANI")]
    public void What_is_missing_is_named(string marked, string field) => Fails(marked, ProtocolErrorKind.MissingField, field);

    [Theory]
    [InlineData(
        "<CCTSDK><event name='CallReleased'><data name='occtSourceID' value='1'/>\n<^data name='occtSourceID' value='1'/></event></CCTSDK>", "occtSourceID")]
    [InlineData("<CCTSDK><event name='Error'>\n<data name='occtErrorMsg' value=''/>\r\n<^data name='occtErrorMsg' value=''/></event></CCTSDK>", "occtErrorMsg")]
    public void A_repeated_known_key_is_an_error(string marked, string field) => Fails(marked, ProtocolErrorKind.DuplicateField, field);

    [Theory]
    [InlineData("<^cctsdk/>")]
    [InlineData("\n <^event name='x'/>")]
    [InlineData("<^html></html>")]
    [InlineData("<CCTSDK>\n<^Event name='x'/></CCTSDK>")]
    [InlineData("<CCTSDK>\r\n\t<^data name='a' value='b'/></CCTSDK>")]
    [InlineData("<CCTSDK>^text</CCTSDK>")]
    [InlineData("<CCTSDK>\n<![CDATA[^]]></CCTSDK>")]
    [InlineData("<CCTSDK><event name='x'/>^text</CCTSDK>")]
    [InlineData("<CCTSDK><event name='x'>\n<^event name='y'/></event></CCTSDK>")]
    [InlineData("<CCTSDK><event name='x'>^text</event></CCTSDK>")]
    [InlineData("<CCTSDK><event name='x'><![CDATA[^a]]></event></CCTSDK>")]
    [InlineData("<CCTSDK><event name='x'><data name='a' value='b'>^text</data></event></CCTSDK>")]
    [InlineData("<CCTSDK><event name='x'><data name='a' value='b'>\n<^b/></data></event></CCTSDK>")]
    [InlineData("<CCTSDK><event name='x'><data name='a' value='b'><![CDATA[^ ]]></data></event></CCTSDK>")]
    [InlineData("<CCTSDK><event name='x'><data name='a' value='b'/><^Data name='a' value='b'/></event></CCTSDK>")]
    public void Something_else_is_an_error(string marked) => Fails(marked, ProtocolErrorKind.Malformed, null);

    [Theory]
    [InlineData("^")]
    [InlineData(" \n^")]
    [InlineData("^text")]
    [InlineData("<CCTSDK>^")]
    [InlineData("<CCTSDK><event name='x'>\r\n^")]
    [InlineData("<CCTSDK/>\n<^CCTSDK/>")]
    [InlineData("<CCTSDK/>^text")]
    [InlineData("<CCTSDK><event name='x'></^data></CCTSDK>")]
    [InlineData("<CCTSDK><event name=^x/></CCTSDK>")]
    [InlineData("<CCTSDK>\n\n<event name='x' ^name='y'/></CCTSDK>")]
    [InlineData("<CCTSDK>\r\n<event name='\r&#^0;'/></CCTSDK>")]
    [InlineData("<CCTSDK><event name='&#x^D800;'/></CCTSDK>")]
    [InlineData("<CCTSDK><event name='&^nbsp;'/></CCTSDK>")]
    [InlineData("<CCTSDK>\n<event name='^\u0001'/></CCTSDK>")]
    [InlineData("<CCTSDK><event name='^\uFFFE'/></CCTSDK>")]
    // as the examples' page shows it
    [InlineData("<CCTSDK>\n<event name='ScreenPop'><data name=^\u201DCustomerID\u201D value=\u201D1\u201D/></event></CCTSDK>")]
    [InlineData("<CCTSDK><^n:event name='x'/></CCTSDK>")]
    [InlineData(" <?^xml version='1.0'?><CCTSDK/>")]
    [InlineData("<?xml version='^1.1'?><CCTSDK/>")]
    public void What_is_no_XML_is_malformed(string marked) => Fails(marked, ProtocolErrorKind.Malformed, null);

    [Fact]
    public void Half_a_surrogate_pair_is_malformed()
    {
        Fails("<CCTSDK><event name='\uD83D^'/></CCTSDK>", ProtocolErrorKind.Malformed, null);
        Fails("<CCTSDK><event name='^\uDE00\uD83D'/></CCTSDK>", ProtocolErrorKind.Malformed, null);
    }

    [Fact]
    public void An_offset_counts_a_mark_at_the_start() => Fails("\uFEFF<CCTSDK><^x/></CCTSDK>", ProtocolErrorKind.Malformed, null);

    [Fact]
    public void What_follows_an_error_is_not_looked_at() => Fails("<CCTSDK><^x/><event", ProtocolErrorKind.Malformed, null);

    // Document types

    [Theory]
    [InlineData("^<!DOCTYPE CCTSDK><CCTSDK/>")]
    [InlineData("<?xml version='1.0'?>\r\n\r\n^<!DOCTYPE CCTSDK SYSTEM 'http://localhost:1/x.dtd'><CCTSDK/>")]
    [InlineData("^<!DOCTYPE CCTSDK PUBLIC '-//x' 'file:///etc/passwd'><CCTSDK/>")]
    [InlineData("\n^<!DOCTYPE CCTSDK [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><CCTSDK><event name='&x;'/></CCTSDK>")]
    [InlineData("^<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c "
        + "'&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]><CCTSDK><event name='&c;'/></CCTSDK>")]
    [InlineData("^<!DOCTYPE CCTSDK [<!ATTLIST event name CDATA 'ScreenPop'>]><CCTSDK><event/></CCTSDK>")]
    [InlineData("<!-- <!DOCTYPE no --><?x <!DOCTYPE no?>\n^<!DOCTYPE CCTSDK><CCTSDK/>")]
    [InlineData("\uFEFF\r^<!DOCTYPE CCTSDK><CCTSDK/>")]
    [InlineData("^<!DOCTYPE")]
    public void A_document_type_is_prohibited(string marked) => Fails(marked, ProtocolErrorKind.DtdProhibited, null);

    [Theory]
    [InlineData("<!-- <!DOCTYPE CCTSDK> --><CCTSDK^/")]
    [InlineData("^<!doctype CCTSDK><CCTSDK/>")]
    public void Only_a_document_type_is_one(string marked) => Fails(marked, ProtocolErrorKind.Malformed, null);

    [Fact]
    public void A_document_type_in_a_comment_is_a_comment() => Assert.Equal([EstablishedEvent], Read("<!--<!DOCTYPE a>-->" + Established));

    // Limits

    [Fact]
    public void A_text_of_65536_characters_reads() => Assert.Equal([EstablishedEvent], Read(Padded(65536, ' ')));

    [Fact]
    public void A_text_of_65537_characters_is_too_long() => TooLong(Padded(65537, ' '), 65536, null);

    [Fact]
    public void A_document_of_65536_bytes_reads() => Assert.Equal([EstablishedEvent], CctXmlFormatter.Default.Read(Encoding.UTF8.GetBytes(Padded(65536, ' '))));

    [Fact]
    public void A_document_of_65537_bytes_is_too_long()
    {
        Assert.False(
            CctXmlFormatter.Default.TryRead(Encoding.UTF8.GetBytes(Padded(65537, ' ')), out IReadOnlyList<CctEvent>? events, out ProtocolError? error));
        Assert.Null(events);
        Assert.Equal((ProtocolErrorKind.TooLong, null, 65536), (error.Kind, error.Field, error.Offset));
    }

    [Fact]
    public void Bytes_are_counted_as_bytes_and_text_as_characters()
    {
        string text = "<!--" + new string('\u00E9', 40000) + "-->" + Established;
        Assert.Equal([EstablishedEvent], Read(text));
        Assert.False(CctXmlFormatter.Default.TryRead(Encoding.UTF8.GetBytes(text), out _, out ProtocolError? error));
        Assert.Equal(ProtocolErrorKind.TooLong, error.Kind);
        Assert.Equal("The document is longer than 65536 bytes (at character 65536).", error.Message);
    }

    [Fact]
    public void A_configured_limit_holds_exactly()
    {
        var options = new CctXmlOptions { MaxLength = Established.Length };
        var formatter = new CctXmlFormatter(options);
        Assert.Equal([EstablishedEvent], formatter.Read(Established));
        Assert.Equal([EstablishedEvent], formatter.Read(Encoding.UTF8.GetBytes(Established)));
        TooLong(Established + " ", Established.Length, options);
        Assert.Equal(
            ProtocolErrorKind.TooLong, Assert.Throws<ProtocolFormatException>(() => formatter.Read(Encoding.UTF8.GetBytes(Established + " "))).Error.Kind);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_limit_is_at_least_1(int limit) => Assert.Throws<ArgumentOutOfRangeException>(() => new CctXmlOptions { MaxLength = limit });

    [Fact]
    public void The_default_limit_is_the_documented_one()
    {
        Assert.Equal(65536, new CctXmlOptions().MaxLength);
        Assert.Equal(new() { MaxLength = 1 }, new CctXmlOptions { MaxLength = 1 });
    }

    [Fact]
    public void A_document_as_deep_as_the_limit_allows_is_refused_at_its_second_level() =>
        Fails("<CCTSDK><^CCTSDK>" + string.Concat(Enumerable.Repeat("<CCTSDK>", 8000)), ProtocolErrorKind.Malformed, null);

    // Read and TryRead

    [Fact]
    public void Null_is_no_document()
    {
        Assert.False(CctXmlFormatter.Default.TryRead((string?)null, out IReadOnlyList<CctEvent>? events, out ProtocolError? error));
        Assert.Null(events);
        Assert.Equal((ProtocolErrorKind.Malformed, 0), (error.Kind, error.Offset));
        Assert.Throws<ArgumentNullException>("text", () => CctXmlFormatter.Default.Read((string)null!));
    }

    [Fact]
    public void No_bytes_are_no_document() =>
        Assert.Equal(ProtocolErrorKind.Malformed, Assert.Throws<ProtocolFormatException>(() => CctXmlFormatter.Default.Read([])).Error.Kind);

    [Fact]
    public void An_error_is_one_sentence_with_field_and_place() => Assert.Equal(
        "occtSourceID is missing from CallReleased (at character 9).",
        Assert.Throws<ProtocolFormatException>(() => Read("<CCTSDK><event name='CallReleased'/></CCTSDK>")).Message);

    private static IReadOnlyList<CctEvent> Read(string text) => CctXmlFormatter.Default.Read(text);

    /// <summary>Reads a screen pop with the given pairs, written short as <c>name=value</c>.</summary>
    private static IReadOnlyList<CctEvent> Pop(string pairs) => Read(
        "<CCTSDK><event name='ScreenPop'>"
        + string.Concat(pairs.Split(' ').Select(pair => pair.Split('=')).Select(pair => "<data name='" + pair[0] + "' value='" + pair[1] + "'/>"))
        + "</event></CCTSDK>");

    private static string Inside(string document) => document.Substring("<CCTSDK>".Length, document.Length - "<CCTSDK></CCTSDK>".Length);

    private static string Padded(int length, char with) => Established + new string(with, length - Established.Length);

    private static void Fails(string marked, ProtocolErrorKind kind, string? field)
    {
        int offset = Array.IndexOf(marked.ToCharArray(), '^');
        string text = marked.Remove(offset, 1);
        ProtocolError error = Assert.Throws<ProtocolFormatException>(() => Read(text)).Error;
        Assert.Equal((kind, field, offset), (error.Kind, error.Field, error.Offset));
    }

    private static void TooLong(string text, int limit, CctXmlOptions? options)
    {
        ProtocolError error = Assert.Throws<ProtocolFormatException>(() => new CctXmlFormatter(options).Read(text)).Error;
        Assert.Equal((ProtocolErrorKind.TooLong, null, limit), (error.Kind, error.Field, error.Offset));
    }
}
