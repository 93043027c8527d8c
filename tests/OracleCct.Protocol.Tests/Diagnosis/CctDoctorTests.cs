using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using OracleCct.Protocol.Tests.Golden;
using Xunit;
using static OracleCct.Protocol.CctDiagnosisKind;

namespace OracleCct.Protocol.Tests.Diagnosis;

public class CctDoctorTests
{
    private const string Good = "<CCTSDK><event name=\"CallReleased\"><data name=\"occtSourceID\" value=\"42\"/></event></CCTSDK>";

    /// <summary>The published ScreenPop as its web page shows it: placeholders, brackets and typographic quotes where the page has them, a no-break space too.</summary>
    private const string Published =
        """
        <CCTSDK>
        <event name="ScreenPop">
        <data name="occtSourceID" value="<InteractionUniqueId>"/>
        <data name="occtANI" value="<Callers Number>"/>
        <data name="occtDNIS" value="<Agent ExtnNumber>"/>
        [<data name=”CustomerID” value=”<CustomerNumber>”/>]
        [<data name=”ContactNum” value=”<RegisteredPhoneNumber>”/>]
        [<data name=”ScreenPopType” value=”SR|OPPORTUNITY|EVENT”/>]
        [<data name=”occtClassification” value=”SR|OPPORTUNITY|EVENT”/>]
        [<data name=”AccountNum” value=”<Primary Account Number>”/>]
        """
        + "\n[<data name=\u201DEventCode\u201D\u00A0 value=\u201D<Event Registration Code>\u201D/>]\n"
        + """
        [<data name=”ServiceRequestNum” value=”<SR Number>” />]
        [<data name=”COMPAIGN_SCHEDULE_NAME” value=”<Compaign Name>”/>]
        [<data name=”lastOperationCode” value=”<lastOperationCode>”/>]
        [<data name=”language” value=”<language>” />]
        </event>
        </CCTSDK>
        """;

    [Fact]
    public void The_published_example_pasted_as_its_page_shows_it_gets_a_diagnosis_that_a_newcomer_can_act_on() => Assert.Equal(
        [
            "Line 3, column 34: A placeholder of the example or template was not replaced. (13 in all) Put the value in its place.",
            "Line 6, column 1: A square bracket stands around an element: in the example it says that the line is optional. (20 in all) Take the brackets out, and the lines that are not needed.",
            "Line 6, column 13: A typographic quotation mark (U+201D) stands where a straight one must, as in text that was copied from a web page or a word processor. (40 in all) "
            + "Replace each by a straight one (\").",
        ],
        CctDoctor.Examine(Published.Replace("\r", "")).Select(one => one.ToString()));

    [Fact]
    public void Whoever_follows_the_diagnoses_one_by_one_ends_with_a_document_that_reads()
    {
        string text = Published.Replace("\r", "").Replace('\u201D', '"');
        Assert.Equal([UnfilledTemplate, OptionalBrackets], CctDoctor.Examine(text).Select(one => one.Kind));
        text = text.Replace("[", "").Replace("]", "").Replace('\u00A0', ' ');
        Assert.Equal([UnfilledTemplate], CctDoctor.Examine(text).Select(one => one.Kind));
        text = System.Text.RegularExpressions.Regex.Replace(text, "value=\"<[^>]*>\"", "value=\"1\"");
        Assert.Equal((UnfilledTemplate, 8, 35), CctDoctor.Examine(text).Select(one => (one.Kind, one.Line, one.Column)).Single()); // it reads, but a choice was left open
        Assert.Empty(CctDoctor.Examine(text.Replace("SR|OPPORTUNITY|EVENT", "SR")));
    }

    // A caret stands where the diagnosis has to be.

    [Theory]
    [InlineData(TypographicQuotes, "<CCTSDK><event name=^“x”/></CCTSDK>")]
    [InlineData(TypographicQuotes, "<CCTSDK>\n<event name=\"x^”/>\n</CCTSDK>")]
    [InlineData(TypographicQuotes, "<CCTSDK><event name=^‘x’><data name=“a” value=“b”/></event></CCTSDK>")]
    [InlineData(TypographicQuotes, "<CCTSDK><event name=^„x“/></CCTSDK>")]
    [InlineData(TypographicQuotes, "<CCTSDK><event name=^«x»/></CCTSDK>")]
    [InlineData(UnescapedAmpersand, "<CCTSDK><event name=\"x\">\n<data name=\"a\" value=\"b ^& c\"/></event></CCTSDK>")]
    [InlineData(UnescapedAmpersand, "<CCTSDK><event name=\"x\"><data name=\"a\" value='^&nbsp;'/></event></CCTSDK>")]
    [InlineData(UnescapedAmpersand, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^&amp\"/></event></CCTSDK>")]
    [InlineData(UnescapedLessThan, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"1 ^< 2\"/></event></CCTSDK>")]
    [InlineData(MissingEquals, "<CCTSDK><event ^name\"x\"/></CCTSDK>")]
    [InlineData(MissingEquals, "<CCTSDK><event ^name \"x\"/></CCTSDK>")]
    [InlineData(MissingEquals, "<CCTSDK><event name=\"x\">\r\n<data name=\"a\" ^value/></event></CCTSDK>")]
    [InlineData(MissingQuotes, "<CCTSDK><event name=^x/></CCTSDK>")]
    [InlineData(MissingQuotes, "<CCTSDK><event name=^\"x>\n<data name=\"a\" value=\"b\"/></event></CCTSDK>")]
    [InlineData(MissingAttribute, "<CCTSDK><^event/></CCTSDK>")]
    [InlineData(MissingAttribute, "<CCTSDK>\n<^event Name='x'/></CCTSDK>")]
    [InlineData(MissingAttribute, "<CCTSDK><event name='x'><^data name='a'/></event></CCTSDK>")]
    [InlineData(MissingAttribute, "<CCTSDK><event name='x'>\r<^data value='a'/></event></CCTSDK>")]
    [InlineData(UnknownElement, "<^cctsdk><event name='x'/></cctsdk>")]
    [InlineData(UnknownElement, "<CCTSDK><^Event name='x'/></CCTSDK>")]
    [InlineData(UnknownElement, "<^event name='x'/>")]
    [InlineData(UnknownElement, "<^soap><CCTSDK/></soap>")]
    [InlineData(SecondRoot, "<CCTSDK/>\n<^CCTSDK/>")]
    [InlineData(SecondRoot, "<CCTSDK><event name='x'/></CCTSDK><^CCTSDK><event name='y'/></CCTSDK>")]
    [InlineData(StrayText, "<CCTSDK>^hello there</CCTSDK>")]
    [InlineData(StrayText, "^Content-Type: text/xml\n\n<CCTSDK/>")]
    [InlineData(StrayText, "<CCTSDK>^<![CDATA[<event/>]]></CCTSDK>")]
    [InlineData(OptionalBrackets, "<CCTSDK>^[<event name='x'/>]</CCTSDK>")]
    [InlineData(DocumentType, "<?xml version='1.0'?>\n^<!DOCTYPE CCTSDK><CCTSDK/>")]
    [InlineData(Unbalanced, "<CCTSDK><event name='x'>^")]
    [InlineData(Unbalanced, "<CCTSDK><event name='x'^")]
    [InlineData(Unbalanced, "<CCTSDK><event name='x'>^</CCTSDK>")]
    [InlineData(Unbalanced, "<CCTSDK>^<!-- ")]
    [InlineData(UnfilledTemplate, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^<AgentExtnNumber>\"/></event></CCTSDK>")]
    [InlineData(UnfilledTemplate, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"tel:^<Agent's number>\"/></event></CCTSDK>")]
    [InlineData(UnfilledTemplate, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^{ani}\"/></event></CCTSDK>")]
    [InlineData(UnfilledTemplate, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^{{ call.ani }}\"/></event></CCTSDK>")]
    [InlineData(UnfilledTemplate, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^${ANI}\"/></event></CCTSDK>")]
    [InlineData(Html, "^<html><body>Sign in</body></html>")]
    [InlineData(Html, "\r\n ^<!doctype html>\n<html></html>")]
    [InlineData(Utf16WithoutMark, "<^\0C\0C\0T\0S\0D\0K\0/\0>\0")]
    [InlineData(Empty, "^")]
    [InlineData(Empty, "^ \n")]
    [InlineData(EscapedAmpersand, "FunctionName=Ready^&amp;telesetNumber=1&amp;agentID=2")]
    [InlineData(MissingEquals, "?FunctionName=Ready&^telesetNumber70002&agentID=7001")]
    [InlineData(UnfilledTemplate, "http://localhost:3107/?FunctionName=Ready&telesetNumber=^<AgentExtnNumber>&agentID=7001")] // it reads
    [InlineData(UnfilledTemplate, "http://localhost:^<port>/?FunctionName=CheckStatus")]
    [InlineData(UnfilledTemplate, "FunctionName=Ready&telesetNumber=^{extension}&agentID=1")]
    [InlineData(Other, "FunctionName=Ready&telesetNumber=1^")]
    [InlineData(Other, "hello there^")]
    [InlineData(Other, "<CCTSDK><^event name='CallReleased'/></CCTSDK>")]
    [InlineData(Other, "<CCTSDK><event name='^\u0001'/></CCTSDK>")]
    public void What_was_done_is_said_with_its_place(CctDiagnosisKind kind, string marked)
    {
        // The element's own place is its bracket; the formatter's is the name behind it.
        bool isElement = marked.Contains("<^") && kind is not (Other or Utf16WithoutMark);
        string text = marked.Replace("^", "");
        int offset = marked.IndexOf('^') - (isElement ? 1 : 0);

        CctDiagnosis first = CctDoctor.Examine(text)[0];

        Assert.Equal((kind, offset), (first.Kind, first.Offset));
        string before = text.Substring(0, offset).Replace("\r\n", "\n").Replace('\r', '\n');
        Assert.Equal((before.Count(c => c == '\n') + 1, offset - text.Substring(0, offset).LastIndexOfAny(['\r', '\n'])), (first.Line, first.Column));
        Assert.Matches(@"^\S.*\.$", first.Problem);
        Assert.Matches(@"^\S.*\.$", first.Advice);
    }

    [Theory]
    [InlineData("<CCTSDK><event name=\"x\"><data name=\"a\" value=\"“b” & <c>\"/></event></CCTSDK>", TypographicQuotes)] // inside straight quotes they are a value
    [InlineData("<CCTSDK><event name=\"x\"><data name=\"a\" value=\"&#38;&amp;&lt;&#x3C;\"/></event>", UnescapedAmpersand)]
    [InlineData("<CCTSDK><event name=\"x\"><data name=\"a\" value=\"it's {1} [2]\"/></event>", UnfilledTemplate)]
    [InlineData("<CCTSDK><event name=\"x\"><data name=\"a\" value=\"it's {1} [2]\"/></event>", OptionalBrackets)]
    [InlineData("<CCTSDK><event name = \"x\"\n/>", MissingEquals)]
    [InlineData("<CCTSDK><event name=\"a\nb\"/>", MissingQuotes)]
    [InlineData("<CCTSDK><!-- <CCTSDK/> “x” & --><?a <b?>", SecondRoot)]
    [InlineData("<CCTSDK><html/></CCTSDK>", Html)]
    [InlineData("<CCTSDK>\0</CCTSDK>", Utf16WithoutMark)]
    public void A_near_miss_is_not_said(string text, CctDiagnosisKind kind)
    {
        Assert.NotEmpty(CctDoctor.Examine(text));
        Assert.DoesNotContain(CctDoctor.Examine(text), one => one.Kind == kind);
    }

    [Theory]
    [InlineData(Good)]
    [InlineData("\uFEFF" + Good)]
    [InlineData("<CCTSDK/>")]
    [InlineData("<CCTSDK><!-- [ & < “ --><event name='“&amp;”'/></CCTSDK>")]
    [InlineData("<CCTSDK xmlns:n='urn:x' ><event n:y='' name='x'/></CCTSDK>")]
    [InlineData("<CCTSDK><event name='x'><data name='a' value='{1}'/><data name='a' value='say {ani} twice'/><data name='a' value='A | B'/></event></CCTSDK>")]
    [InlineData("FunctionName=CheckStatus")]
    [InlineData("/?FunctionName=Ready&telesetNumber=70002&agentID=7001&x=a<b")]
    public void A_text_that_reads_is_well(string text) => Assert.Empty(CctDoctor.Examine(text));

    [Fact]
    public void All_golden_files_are_well()
    {
        Assert.All(GoldenFile.Events, one => Assert.Empty(CctDoctor.Examine(GoldenFile.Read(one.GetType().Name + ".xml"))));
        Assert.All(GoldenFile.Callouts, one => Assert.Empty(CctDoctor.Examine(Encoding.UTF8.GetString(GoldenFile.Read(one.GetType().Name + ".query")))));
    }

    [Fact]
    public void Null_is_no_text() => Assert.Equal(Empty, Assert.Single(CctDoctor.Examine((string?)null)).Kind);

    [Fact]
    public void Bytes_are_decoded_as_the_formatter_does()
    {
        Assert.Empty(CctDoctor.Examine(Encoding.Unicode.GetBytes(Good))); // begins with an element, by which it is recognised
        Assert.Equal(Utf16WithoutMark, Assert.Single(CctDoctor.Examine(Encoding.Unicode.GetBytes("\n" + Good))).Kind);
        Assert.Equal(Utf16WithoutMark, Assert.Single(CctDoctor.Examine(Encoding.BigEndianUnicode.GetBytes(" " + Good))).Kind);
        Assert.Equal(Empty, Assert.Single(CctDoctor.Examine(ReadOnlySpan<byte>.Empty)).Kind);
        Assert.Equal(TypographicQuotes, Assert.Single(CctDoctor.Examine(Encoding.UTF8.GetBytes("<CCTSDK><event name=“x”/></CCTSDK>"))).Kind);
        CctDiagnosis diagnosis = Assert.Single(CctDoctor.Examine(Encoding.GetEncoding("iso-8859-1").GetBytes("<CCTSDK><event name='\u00E9'/></CCTSDK>")));
        Assert.Equal((Other, "The document holds bytes that its character encoding does not have (at character 21)."), (diagnosis.Kind, diagnosis.Problem));
        Assert.Equal(TooLong, Assert.Single(CctDoctor.Examine(new byte[65537])).Kind);
    }

    [Theory]
    [InlineData("<")]
    [InlineData("&")]
    [InlineData("<CCTSDK ")]
    [InlineData("<event name=\"")]
    [InlineData("<event name='x' a=\"“")]
    [InlineData("a='\n")]
    [InlineData("a=“ \n <")]
    [InlineData("</")]
    [InlineData("<!--")]
    [InlineData("<?")]
    [InlineData("[")]
    [InlineData("”")]
    [InlineData("<a>")]
    [InlineData("\n")]
    [InlineData("{{")]
    [InlineData("<a b=\"&")]
    public void A_text_of_one_thing_again_and_again_is_examined_in_time(string piece)
    {
        string text = "<CCTSDK><event name=\"x\"><data " + string.Concat(Enumerable.Repeat(piece, 65000 / piece.Length));
        var clock = System.Diagnostics.Stopwatch.StartNew();

        Assert.NotEmpty(CctDoctor.Examine(text));
        _ = CctDoctor.Examine("FunctionName=x&" + text.Substring(text.Length - 8000));

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData(65536, Unbalanced)]
    [InlineData(65537, TooLong)]
    public void A_text_longer_than_the_formatters_read_is_not_looked_at(int length, CctDiagnosisKind kind) =>
        Assert.Equal(kind, Assert.Single(CctDoctor.Examine("<CCTSDK>".PadRight(length))).Kind);

    [Fact]
    public void A_long_callout_is_not_looked_at() => Assert.Equal(TooLong, Assert.Single(CctDoctor.Examine("FunctionName=x".PadRight(8193, 'x'))).Kind);

    [Fact]
    public void Every_kind_has_a_test()
    {
        IEnumerable<CctDiagnosisKind> tested = typeof(CctDoctorTests).GetMethod(nameof(What_was_done_is_said_with_its_place))!
            .GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>().Select(row => (CctDiagnosisKind)row.GetData(null!).Single()[0]);
        Assert.Equal(Enumerable.Range(0, (int)Unbalanced + 1).Select(number => (CctDiagnosisKind)number).Where(kind => kind != TooLong), tested.Distinct().OrderBy(kind => kind));
        Assert.Matches("^[0-9]", (Unbalanced + 1).ToString()); // there is no later one
    }
}
