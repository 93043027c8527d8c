using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using OracleCct.Protocol;
using OracleCct.Protocol.Testing;
using OracleCct.Protocol.Tests.Golden;
using OracleCct.Protocol.Tests.Support;
using OracleCct.Protocol.Tests.Vectors;
using Xunit;
using static OracleCct.Protocol.Testing.CctDiagnosisKind;

namespace OracleCct.Testing.Tests.Diagnosis;

public class CctDoctorTests
{
    private const string Good = "<CCTSDK><event name=\"CallReleased\"><data name=\"occtSourceID\" value=\"42\"/></event></CCTSDK>";

    /// <summary>
    /// The published ScreenPop as its web page shows it: placeholders, brackets and typographic quotes where the page has them, a no-break space too.
    /// </summary>
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
            "Line 3, column 34: A placeholder of the example or template was not replaced. (13 in all) Replace it with the value.",
            "Line 6, column 1: A square bracket encloses an element. In the example, brackets mark optional lines. (20 in all) Remove the brackets, "
            + "and the lines that you do not need.",
            "Line 6, column 13: A typographic quotation mark (U+201D) is used where a straight one is required, as in text copied from a web page or "
            + "a word processor. (40 in all) "
            + "Replace each with a straight one (\").",
            "Line 11, column 24: A no-break space, another Unicode space or an invisible mark (U+00A0) is in the markup, where only a plain space is "
            + "valid, as in text copied from a web page. "
            + "Replace each with a plain space, or remove it.",
        ],
        CctDoctor.Examine(Published.Replace("\r", "")).Select(one => one.ToString()));

    [Fact]
    public void Whoever_follows_the_diagnoses_one_by_one_ends_with_a_document_that_reads()
    {
        string text = Published.Replace("\r", "").Replace('\u201D', '"');
        Assert.Equal([UnfilledTemplate, OptionalBrackets, OddBlank], CctDoctor.Examine(text).Select(one => one.Kind));
        text = text.Replace("[", "").Replace("]", "");
        Assert.Equal([UnfilledTemplate, OddBlank], CctDoctor.Examine(text).Select(one => one.Kind));
        text = text.Replace('\u00A0', ' ');
        Assert.Equal([UnfilledTemplate], CctDoctor.Examine(text).Select(one => one.Kind));
        text = System.Text.RegularExpressions.Regex.Replace(text, "value=\"<[^>]*>\"", "value=\"1\"");
        // it reads, but a choice was left open
        Assert.Equal((UnfilledTemplate, 8, 35), CctDoctor.Examine(text).Select(one => (one.Kind, one.Line, one.Column)).Single());
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
    [InlineData(MissingEquals, "<CCTSDK ^a:")]
    [InlineData(Unbalanced, "<CCTSDK><event name='x'>^</CCTSDK>")]
    [InlineData(Unbalanced, "<CCTSDK>^<!-- ")]
    [InlineData(UnfilledTemplate, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^<AgentExtnNumber>\"/></event></CCTSDK>")]
    [InlineData(UnfilledTemplate, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"tel:^<Agent's number>\"/></event></CCTSDK>")]
    [InlineData(UnfilledTemplate, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^{ani}\"/></event></CCTSDK>")]
    [InlineData(UnfilledTemplate, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^{{ call.ani }}\"/></event></CCTSDK>")]
    [InlineData(UnfilledTemplate, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^${ANI}\"/></event></CCTSDK>")]
    [InlineData(UnfilledTemplate, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^&lt;AgentExtnNumber&gt;\"/></event></CCTSDK>")]
    [InlineData(UnfilledTemplate, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^&#60;Callers Number&#x3E;\"/></event></CCTSDK>")]
    [InlineData(UnfilledTemplate, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^tel:{ani}\"/></event></CCTSDK>")]
    [InlineData(UnfilledTemplate, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^tel:+{ani}\"/></event></CCTSDK>")]
    [InlineData(UnfilledTemplate, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^{call:ani}\"/></event></CCTSDK>")]
    [InlineData(UnfilledTemplate, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^%ANI%\"/></event></CCTSDK>")]
    [InlineData(UnfilledTemplate, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^tel:&lt;Caller&apos;s number&gt;\"/></event></CCTSDK>")]
    [InlineData(UnfilledTemplate, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^{0}\"/></event></CCTSDK>")]
    [InlineData(UnfilledTemplate, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^{{0}}\"/></event></CCTSDK>")]
    [InlineData(UnfilledTemplate, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^{12}\"/></event></CCTSDK>")]
    [InlineData(UnfilledTemplate, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^00{ani}\"/></event></CCTSDK>")]
    [InlineData(UnfilledTemplate, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^+49{0}\"/></event></CCTSDK>")]
    [InlineData(UnfilledTemplate, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^${call.from}/${x}\"/></event></CCTSDK>")]
    [InlineData(UnfilledTemplate, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^{call.from}-{call.to}\"/></event></CCTSDK>")]
    [InlineData(UnfilledTemplate, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^{0}/{1:d}\"/></event></CCTSDK>")]
    [InlineData(UnfilledTemplate, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^https://crm.example/find?n={{ani}}\"/></event></CCTSDK>")]
    [InlineData(UnfilledTemplate, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^Call of ${ani}, {{ name }}\"/></event></CCTSDK>")]
    [InlineData(UnfilledTemplate, "FunctionName=Ready&telesetNumber=^%3CAgentExtnNumber%3E&agentID=1")]
    [InlineData(UnfilledTemplate, "FunctionName=Ready&telesetNumber=^{0}&agentID=1")]
    [InlineData(UnfilledTemplate, "FunctionName=Ready&telesetNumber=^%7B0%7D&agentID=1")]
    [InlineData(UnfilledTemplate, "FunctionName=Ready&telesetNumber=^00%7Bext%7D&agentID=1")]
    [InlineData(UnfilledTemplate, "FunctionName=Ready&telesetNumber=^%3cAgent+Extn+Number%3e&agentID=1")]
    [InlineData(UnfilledTemplate, "FunctionName=Ready&telesetNumber=^%7Bext%7D&agentID=1")]
    [InlineData(UnfilledTemplate, "FunctionName=Ready&telesetNumber=^%24%7Bext%7D&agentID=1")]
    [InlineData(UnfilledTemplate, "FunctionName=Ready&telesetNumber=^tel:{ani}&agentID=1")]
    [InlineData(UnfilledTemplate, "FunctionName=Ready&telesetNumber=^tel%3A%7Bani%7D&agentID=1")]
    [InlineData(UnfilledTemplate, "FunctionName=Ready&telesetNumber=^{call:ani}&agentID=1")]
    [InlineData(UnfilledTemplate, "FunctionName=Ready&telesetNumber=^%ANI%&agentID=1")]
    [InlineData(UnfilledTemplate, "FunctionName=Ready&telesetNumber=^%25ANI%25&agentID=1")]
    [InlineData(UnfilledTemplate, "FunctionName=Ready&telesetNumber=^%CALLERID%&agentID=1")]
    [InlineData(UnfilledTemplate, "FunctionName=Ready&telesetNumber=^%3CAgentExtnNumber%3E\r\n&agentID=1")]
    [InlineData(UnfilledTemplate, "FunctionName=Ready&telesetNumber=1&agentID=^SR%7COPPORTUNITY")]
    [InlineData(Html, "^<html><body>Sign in</body></html>")]
    [InlineData(Html, "\r\n ^<!doctype html>\n<html></html>")]
    [InlineData(Html, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n^<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" "
        + "\"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd\">\n<html xmlns=\"http://www.w3.org/1999/xhtml\"/>")]
    [InlineData(Html, "<?xml version=\"1.0\"?>^<html xmlns=\"http://www.w3.org/1999/xhtml\"></html>")]
    [InlineData(Html, "<!-- served by <proxy> --> <!-- 2 -->\n^<HTML>")]
    [InlineData(Html, "^<center><h1>502 Bad Gateway</h1></center>")]
    [InlineData(Html, "^<div class=\"x\">&nbsp;</div>")]
    [InlineData(Html, "^<h1>Not found</h1>")]
    [InlineData(Html, "^<table><tr>")]
    [InlineData(Html, "^<html")]
    [InlineData(Html, "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html; charset=utf-8\r\n\r\n^<html><body>FunctionName=Login</body></html>")]
    [InlineData(Html, "HTTP/1.0 407 Proxy Authentication Required\nServer: x\n\n<!-- a -->\n^<!DOCTYPE HTML>\n<html/>")]
    [InlineData(StrayText, "^HTTP/1.1 502 Bad Gateway\r\nSet-Cookie: a=b; path=/\r\n\r\nno route to host")]
    [InlineData(StrayText, "^HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\n\r\n<CCTSDK/>")]
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
    [InlineData(Other, "amp;a=b^")]
    [InlineData(Other, "<CCTSDK><^event name='CallReleased'/></CCTSDK>")]
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
    [InlineData(UnescapedQuote, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"ACME ^\"x\" Inc\"/></event></CCTSDK>")]
    [InlineData(UnescapedQuote, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^\"ACME\"\"/></event></CCTSDK>")]
    [InlineData(UnescapedQuote, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"a^\"\"/></event></CCTSDK>")]
    [InlineData(UnescapedQuote, "<CCTSDK><event name=\"x\"><data name=\"a\" value='it^'s'/></event></CCTSDK>")]
    [InlineData(UnescapedQuote, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"the ^\"name\" of\"/></event></CCTSDK>")]
    [InlineData(UnescapedQuote, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"x ^\"= \" y\"/></event></CCTSDK>")]
    [InlineData(UnescapedQuote, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"1 ^\"a=b\" 2\"/></event></CCTSDK>")]
    [InlineData(UnescapedQuote, "<CCTSDK>\n<event name=\"x ^\"y\"\"/></CCTSDK>")]
    [InlineData(OddBlank, "<CCTSDK><event name=\"x\"><data name=\"a\"^\u00A0 value=\"b\u00A0c\"/></event></CCTSDK>")]
    [InlineData(OddBlank, "<CCTSDK>\n^\u00A0\u00A0<event name=\"x\"/></CCTSDK>")]
    [InlineData(OddBlank, "<CCTSDK><event^\u2003name\u00A0=\u3000\"x\"/></CCTSDK>")]
    [InlineData(OddBlank, "<CCTSDK><event na^\u200Bme=\"x\"/></CCTSDK>")]
    [InlineData(OddBlank, "<CCTSDK><event name^\u00AD=\"x\"/></CCTSDK>")]
    [InlineData(OddBlank, "<CCTSDK><event name=\"x\"/></CCTSDK^\u00A0>")]
    [InlineData(OddBlank, "^\u00A0<CCTSDK><event name=\"x\"/></CCTSDK>")]
    [InlineData(OddBlank, "\n^\uFEFF<CCTSDK><event name=\"x\"/></CCTSDK>")]
    [InlineData(OddBlank, "<CCTSDK><event name=\"x\"/>^\u2028</CCTSDK>")]
    [InlineData(OddBlank, "FunctionName=Logout&telesetNumber=1&^ agentID=7001&agentPassword= x &agentQueue=")]
    [InlineData(OddBlank, "FunctionName=Ready&telesetNumber=1&agentID^ =7001")]
    [InlineData(OddBlank, "FunctionName=Ready&telesetNumber=1&^%20agentID=7001")]
    [InlineData(OddBlank, "FunctionName=Ready&telesetNumber=1&\r\n^\u00A0agentID=7001")]
    [InlineData(OddBlank, "FunctionName=Register&telesetNumber=1&agentID=2&ipAddress=10.0.0.1&port=8080^ &x=1")]
    [InlineData(OddBlank, "FunctionName=Register&telesetNumber=1&agentID=2&ipAddress=10.0.0.1&port=8080^\u00A0\r\n")]
    [InlineData(OddBlank, " ^\u00A0FunctionName=Ready&telesetNumber=1&agentID=2")]
    [InlineData(OddBlank, "^\uFEFFhttp://localhost:3107/?FunctionName=Ready&telesetNumber=1&agentID=2")]
    [InlineData(MisplacedDeclaration, "\r\n^<?xml version=\"1.0\"?><CCTSDK/>")]
    [InlineData(MisplacedDeclaration, " ^<?xml version=\"1.0\"?><CCTSDK/>")]
    [InlineData(MisplacedDeclaration, "\uFEFF\n^<?xml version=\"1.0\"?><CCTSDK/>")]
    [InlineData(MisplacedDeclaration, "<!-- sent by us -->^<?xml version=\"1.0\"?><CCTSDK/>")]
    [InlineData(StrayText, "^HTTP/1.1 200 OK\r\n\r\n<?xml version=\"1.0\"?><CCTSDK/>")]
    [InlineData(SecondRoot, "<?xml version=\"1.0\"?><CCTSDK/>\n<?xml version=\"1.0\"?><^CCTSDK/>")]
    [InlineData(TypographicQuotes, "<?xml version=^”1.0”?><CCTSDK/>")]
    [InlineData(OddBlank, "<?xml^\u00A0version=\"1.0\"?><CCTSDK/>")]
    [InlineData(MissingEquals, "^FunctionNameLogin&agentID7001")]
    [InlineData(MissingEquals, "\n ^FunctionName:Login&agentID:7001")]
    [InlineData(MissingEquals, "http://localhost:3107/?^functionnameLogin")]
    [InlineData(UnknownElement, "<CCTSDK><event name='x'><^event/></event></CCTSDK>")]
    [InlineData(UnknownElement, "<CCTSDK><event name='x'><^event name='y'/></event></CCTSDK>")]
    [InlineData(UnknownElement, "<CCTSDK>\n<^data name='a' value='b'/></CCTSDK>")]
    [InlineData(UnknownElement, "<CCTSDK><event name='x'><data name='a' value='b'><^data name='c' value='d'/></data></event></CCTSDK>")]
    [InlineData(UnknownElement, "<CCTSDK><^CCTSDK/></CCTSDK>")]
    [InlineData(Unbalanced, "<CCTSDK><event name='x'><data name='a' value='b'><data name='c' value='d'/>^</event></CCTSDK>")]
    [InlineData(MissingQuotes, "<CCTSDK><event name=^\\\"X\\\"/></CCTSDK>")]
    [InlineData(MissingQuotes, "<CCTSDK><event name=^\\\"X\\\"><data name=\\\"a b\\\" value=\\\"\\\"/></event></CCTSDK>")]
    [InlineData(EscapedDocument, "^&lt;CCTSDK&gt;&lt;event name=&quot;x&quot;/&gt;&lt;/CCTSDK&gt;")]
    [InlineData(
        EscapedDocument,
        "\r\n ^&lt;?xml version=\"1.0\"?&gt;\n&lt;CCTSDK&gt;\n&lt;event name=\"x\"&gt;&lt;data name=\"a\" value=\"b\"/&gt;&lt;/event&gt;&lt;/CCTSDK&gt;")]
    [InlineData(EscapedDocument, "^%3CCCTSDK%3E%3Cevent%20name%3D%22x%22%2F%3E%3C%2FCCTSDK%3E")]
    [InlineData(InvalidCharacter, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^&#0;\"/></event></CCTSDK>")]
    [InlineData(InvalidCharacter, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^&#x0;\"/></event></CCTSDK>")]
    [InlineData(InvalidCharacter, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^&#8;\"/></event></CCTSDK>")]
    [InlineData(InvalidCharacter, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^&#xD800;\"/></event></CCTSDK>")]
    [InlineData(InvalidCharacter, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^&#xFFFF;\"/></event></CCTSDK>")]
    [InlineData(InvalidCharacter, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^&#99999999999999;\"/></event></CCTSDK>")]
    [InlineData(InvalidCharacter, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^&#x110000;\"/></event></CCTSDK>")]
    [InlineData(InvalidCharacter, "<CCTSDK><event name='^\u0001'/></CCTSDK>")]
    [InlineData(InvalidCharacter, "<CCTSDK><!-- ^\u0001 --></CCTSDK>")]
    [InlineData(InvalidCharacter, "<CCTSDK>^\0</CCTSDK>")]
    [InlineData(UnescapedAmpersand, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^&#zz;\"/></event></CCTSDK>")]
    [InlineData(UnescapedAmpersand, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^&#;\"/></event></CCTSDK>")]
    [InlineData(UnescapedAmpersand, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^&#x;\"/></event></CCTSDK>")]
    [InlineData(UnescapedAmpersand, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^&#12\"/></event></CCTSDK>")]
    [InlineData(UnescapedAmpersand, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^&# 1;\"/></event></CCTSDK>")]
    [InlineData(UnescapedAmpersand, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^&#1F;\"/></event></CCTSDK>")]
    [InlineData(UnescapedAmpersand, "<CCTSDK><event name=\"x\"><data name=\"a\" value=\"^&copy;\"/></event></CCTSDK>")]
    [InlineData(MissingAttribute, "<CCTSDK><^event \"ScreenPop\"></event></CCTSDK>")]
    [InlineData(MissingAttribute, "<CCTSDK><^event 'ScreenPop'/></CCTSDK>")]
    [InlineData(MissingAttribute, "<CCTSDK><event name=\"x\"><^data \"a\" \"b\"/></event></CCTSDK>")]
    [InlineData(MissingQuotes, "<CCTSDK><event name=^\"x><data name=\"a\" value=\"b\"/></event></CCTSDK>")]
    [InlineData(MissingQuotes, "<CCTSDK><event name=\"x\"><data name=^\"a value=\"b\"/></event></CCTSDK>")]
    [InlineData(MissingQuotes, "<CCTSDK><event name=\"x\"><data name=\"a\" value=^\"b/></event></CCTSDK>")]
    [InlineData(MissingEquals, "<CCTSDK><event name=\"x\"><data name=\"a\" ^value \"b\"/></event></CCTSDK>")]
    public void One_mistake_is_one_diagnosis(CctDiagnosisKind kind, string marked)
    {
        What_was_done_is_said_with_its_place(kind, marked);

        CctDiagnosis diagnosis = Assert.Single(CctDoctor.Examine(marked.Replace("^", "")));
        Assert.DoesNotContain("(at character", diagnosis.ToString(), StringComparison.Ordinal); // not what the formatter says
    }

    [Fact]
    public void Quotes_of_source_code_are_said_to_have_backslashes() => Assert.Equal(
        "Line 1, column 21: A backslash precedes a quote, as in the source code of a program. (2 in all) Remove the backslashes, but keep the quotes.",
        Assert.Single(CctDoctor.Examine("<CCTSDK><event name=\\\"X Y\\\" id=\\\"1\\\"/></CCTSDK>")).ToString());

    [Fact]
    public void Half_a_surrogate_pair_is_one_diagnosis() => Assert.Equal(
        (InvalidCharacter, 21, 2),
        CctDoctor.Examine("<CCTSDK><event name='\uDE00\uD83D\uDE00\uD83D'/></CCTSDK>").Select(one => (one.Kind, one.Offset, one.Count)).Single());

    [Theory]
    // inside straight quotes they are a value
    [InlineData("<CCTSDK><event name=\"x\"><data name=\"a\" value=\"“b” & <c>\"/></event></CCTSDK>", TypographicQuotes)]
    [InlineData("<CCTSDK><event name=\"x\"><data name=\"a\" value=\"&#38;&amp;&lt;&#x3C;\"/></event>", UnescapedAmpersand)]
    [InlineData("<CCTSDK><event name=\"x\"><data name=\"a\" value=\"it's {1} [2]\"/></event>", UnfilledTemplate)]
    [InlineData("<CCTSDK><event name=\"x\"><data name=\"a\" value=\"it's {1} [2]\"/></event>", OptionalBrackets)]
    [InlineData("<CCTSDK><event name = \"x\"\n/>", MissingEquals)]
    [InlineData("<CCTSDK><event name=\"a\nb\"/>", MissingQuotes)]
    [InlineData("<CCTSDK><!-- <CCTSDK/> “x” & --><?a <b?>", SecondRoot)]
    [InlineData("<CCTSDK><html/></CCTSDK>", Html)]
    [InlineData("<CCTSDK>\0</CCTSDK>", Utf16WithoutMark)]
    [InlineData("<CCTSDK><event name=\"a\u00A0\u200Bb\"/>a\u00A0b</CCTSDK>", OddBlank)]
    [InlineData("FunctionName=Logout&\n\tagentID=2\t&agentPassword= x &agentQueue=&port= 1", OddBlank)]
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
    [InlineData(
        "<CCTSDK><event name='x'><data name='a' value='{1,2}'/><data name='a' value='say {ani} twice'/><data name='a' value='A | B'/></event></CCTSDK>")]
    // a GUID as .NET and COM write it
    [InlineData("<CCTSDK><event name='x'><data name='a' value='{3F2504E0-4F89-11D3-9A0C-0305E82C3301}'/><data name='b' "
        + "value='call-{3F2504E0-4F89-11D3-9A0C-0305E82C3301}'/></event></CCTSDK>")]
    [InlineData("<CCTSDK><event name='x'><data name='a' value='Spring &amp;amp; &lt;B&gt;'/><data name='b' value='&lt;b&gt;x&lt;/b&gt;'/><data "
        + "name='c' value='&#38;lt;a&gt;'/></event></CCTSDK>")]
    [InlineData("<CCTSDK><event name='x'><data name='a' value='100%'/><data name='b' value='5% or 10%'/><data name='c' value='%5%'/><data name='d' "
        + "value='tel:+1'/><data name='e' value='{}'/></event></CCTSDK>")]
    [InlineData("<CCTSDK><event name='it&apos;s' /><event name = \"say 'x' = 'y'\" id='\"'/></CCTSDK>")]
    [InlineData("<CCTSDK><event name='&#x000000000000041;&#0000000000065;&#x10FFFF;&#9;'/></CCTSDK>")]
    [InlineData("FunctionName=CheckStatus")]
    [InlineData("FunctionName=MakeCall&telesetNumber=%C3%A9&agentID=%41%42&dialString=%2B1%20%28415%29")]
    [InlineData("FunctionName=Ready&telesetNumber=%C3%&agentID=%E9&x=%41%&y=100%25&z=%&a=%%&b=%25%41B%25")]
    [InlineData("FunctionName=Ready&telesetNumber=%7B3F2504E0-4F89-11D3-9A0C-0305E82C3301%7D&agentID=a%3Cb%3Ec")]
    [InlineData("/?FunctionName=Ready&telesetNumber=70002&agentID=7001&x=a<b")]
    [InlineData("<CCTSDK><event name='x'><data name='a' value='[0-9]{3}'/><data name='b' value='{&quot;a&quot;:1}'/><data name='c' value='{x'/><data "
        + "name='d' value='a}b'/></event></CCTSDK>")]
    [InlineData("FunctionName=Logout&telesetNumber=70002&agentID=7001&agentPassword=p{x}7&agentQueue=")]
    public void A_text_that_reads_is_well(string text) => Assert.Empty(CctDoctor.Examine(text));

    [Fact]
    public void All_golden_files_are_well()
    {
        Assert.All(GoldenFile.Events, one => Assert.Empty(CctDoctor.Examine(GoldenFile.Read(one.GetType().Name + ".xml"))));
        Assert.All(GoldenFile.Callouts, one => Assert.Empty(CctDoctor.Examine(Encoding.UTF8.GetString(GoldenFile.Read(one.GetType().Name + ".query")))));
        Assert.All(GoldenFile.PublishedEvents.Keys, name => Assert.Empty(CctDoctor.Examine(GoldenFile.Read($"published-{name}.xml"))));
        Assert.All(
            GoldenFile.PublishedCallouts.Keys.SelectMany(name => new[] { name, name + "-as-shown" }), name =>
                Assert.Empty(CctDoctor.Examine(Encoding.UTF8.GetString(GoldenFile.Read($"published-{name}.query")))));
    }

    [Theory]
    [InlineData("callouts-read", "query")]
    [InlineData("callouts-write", "query")]
    [InlineData("events-read", "xml")]
    [InlineData("events-write", "xml")]
    public void All_vectors_that_read_are_well_and_no_other_is(string file, string field) =>
        Assert.All(
            Vector.All(file), one =>
                Assert.Equal(one.HasError && file.EndsWith("-read", StringComparison.Ordinal), one.Text(field) is { } text
                    && CctDoctor.Examine(text).Count > 0));

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
        CctDiagnosis diagnosis = Assert.Single(CctDoctor.Examine(Encoding.GetEncoding("iso-8859-1").GetBytes("<CCTSDK>\n<event name='\u00E9'/></CCTSDK>")));
        Assert.Equal(
            (Other, "The document contains bytes that are not valid in its character encoding (at character 22)."), (diagnosis.Kind, diagnosis.Problem));
        Assert.Equal((22, 2, 14), (diagnosis.Offset, diagnosis.Line, diagnosis.Column));
        Assert.Equal(TooLong, Assert.Single(CctDoctor.Examine(new byte[65537])).Kind);
    }

    // In the bytes each of the first four stands for one quote of windows-1252, and a tilde for a byte that begins no character.

    [Theory]
    [InlineData("<CCTSDK>\n<event name=^“x”/></CCTSDK>", "TypographicQuotes 2:13 ×2")]
    [InlineData("<CCTSDK>\n<event name=^‘x’/></CCTSDK>", "TypographicQuotes 2:13 ×2")]
    [InlineData("\uFEFF<CCTSDK><event name=^“x”/></CCTSDK>", "TypographicQuotes 1:21 ×2")]
    [InlineData("<CCTSDK><event name='x'>\n<data name='é€' value=\"it^’s “so”\"/></event></CCTSDK>", "TypographicQuotes 2:26 ×3")]
    [InlineData(
        "<CCTSDK><event name='x'>\n[<data name=^“a” value=“<Callers Number>”/>]</event></CCTSDK>",
        "OptionalBrackets 2:1 ×2, TypographicQuotes 2:13 ×4, UnfilledTemplate 2:24 ×1")]
    [InlineData("<CCTSDK><event name='é\r\né^~'/></CCTSDK>", "Other 2:2 ×1")]
    [InlineData("<CCTSDK><event name='~'/><event name=^“x”/></CCTSDK>", "Other 1:22 ×1, TypographicQuotes 1:38 ×2")]
    [InlineData("<?xml version='1.0'?>^<!DOCTYPE html><html>~</html>", "Html 1:22 ×1")]
    [InlineData("FunctionName=Ready&telesetNumber=1&agentID=^~", "Other 1:44 ×1")]
    public void Bytes_that_do_not_decode_are_shown_where_they_stand(string marked, string expected)
    {
        var bytes = new List<byte>();
        foreach (char c in marked.Replace("^", ""))
        {
            int quote = "‘’“”".IndexOf(c);
            bytes.AddRange(quote >= 0 ? [(byte)(0x91 + quote)] : c == '~' ? [0xFF] : Encoding.UTF8.GetBytes([c]));
        }

        IReadOnlyList<CctDiagnosis> diagnoses = CctDoctor.Examine(bytes.ToArray());

        Assert.Equal(expected, string.Join(", ", diagnoses.Select(one => $"{one.Kind} {one.Line}:{one.Column} ×{one.Count}")));
        Assert.Contains(marked.IndexOf('^') < 0 ? 0 : marked.IndexOf('^'), diagnoses.Select(one => one.Offset));
    }

    [Fact]
    public void A_quote_that_is_a_byte_of_windows_1252_is_said_to_be_one() => Assert.Equal(
        "Line 1, column 21: A typographic quotation mark (U+201C) is encoded here as a byte of windows-1252, which is not valid in the document's "
        + "encoding. (2 in all) "
        + "Replace each with a straight one (\"), and save the document as UTF-8.",
        Assert.Single(CctDoctor.Examine([.. "<CCTSDK><event name="u8, 0x93, (byte)'x', 0x94, .. "/></CCTSDK>"u8])).ToString());

    [Fact]
    public void Half_a_character_of_UTF_16_is_shown_near_its_place()
    {
        CctDiagnosis diagnosis = Assert.Single(CctDoctor.Examine([.. Encoding.Unicode.GetBytes("<CCTSDK>\n<event name='x'/></CCTSDK>"), 0x20]));
        Assert.Equal((Other, 2, 27), (diagnosis.Kind, diagnosis.Line, diagnosis.Column));
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
    [InlineData("<?xml ?>")]
    [InlineData("<?xml ”")]
    [InlineData("a=\\\"")]
    [InlineData("a=\\'b=\\\"")]
    [InlineData("<event>")]
    [InlineData("[")]
    [InlineData("”")]
    [InlineData("<a>")]
    [InlineData("\n")]
    [InlineData("{{")]
    [InlineData("<a b=\"&")]
    [InlineData("\"")]
    [InlineData("'\"")]
    [InlineData("\"x")]
    [InlineData("a=\"x")]
    [InlineData("\"” ")]
    [InlineData("\" ")]
    [InlineData("\"  x\"=")]
    [InlineData("{")]
    [InlineData("{a")]
    [InlineData("{a}")]
    [InlineData("{0}")]
    [InlineData("${a")]
    [InlineData("%")]
    [InlineData("%a")]
    [InlineData("<a")]
    [InlineData("<a ")]
    [InlineData("&lt;")]
    [InlineData("&#1")]
    [InlineData("&#0;")]
    [InlineData("\u0001")]
    [InlineData("|A")]
    [InlineData("\u00A0")]
    [InlineData("\u00A0a")]
    [InlineData("a\u200B")]
    [InlineData("%20")]
    public void A_text_of_one_thing_again_and_again_is_examined_in_time(string piece)
    {
        string text = "<CCTSDK><event name=\"x\"><data " + string.Concat(Enumerable.Repeat(piece, 65000 / piece.Length));

        AssertInTime(() =>
        {
            Assert.NotEmpty(CctDoctor.Examine(text));
            _ = CctDoctor.Examine(text.Substring(text.IndexOf(piece, 30, StringComparison.Ordinal)));
            _ = CctDoctor.Examine("FunctionName=x&" + text.Substring(text.Length - 8000));
            _ = CctDoctor.Examine("FunctionName=x&y=" + text.Substring(text.Length - 8000));
            _ = CctDoctor.Examine("HTTP/1.1 200 OK\n" + text.Substring(text.Length - 65000));
            _ = CctDoctor.Examine([.. Encoding.UTF8.GetBytes(text.Substring(text.Length - 30000)), 0x93]);
        });
    }

    [Theory]
    [InlineData("<!-- ")]
    [InlineData("<!-- -->")]
    [InlineData("<? ?> ")]
    [InlineData("HTTP/1.1 200 OK\r\n")]
    public void What_may_stand_before_a_page_is_passed_over_in_time(string piece)
    {
        string text = string.Concat(Enumerable.Repeat(piece, 65000 / piece.Length));

        AssertInTime(() => Assert.NotEmpty(CctDoctor.Examine(text)));
    }

    [Theory]
    [InlineData(65536, Unbalanced)]
    [InlineData(65537, TooLong)]
    public void A_text_longer_than_the_formatters_read_is_not_looked_at(int length, CctDiagnosisKind kind) =>
        Assert.Equal(kind, Assert.Single(CctDoctor.Examine("<CCTSDK>".PadRight(length))).Kind);

    [Fact]
    public void A_long_callout_is_not_looked_at() => Assert.Equal(TooLong, Assert.Single(CctDoctor.Examine("FunctionName=x".PadRight(8193, 'x'))).Kind);

    [Fact]
    public void The_example_of_the_page()
    {
        string text = "<CCTSDK><event name=\u201DScreenPop\u201D/></CCTSDK>";
        var said = new List<string>();
        void Log(string line) => said.Add(line);

        if (!CctXmlFormatter.Default.TryRead(text, out _, out _))
        {
            foreach (CctDiagnosis diagnosis in CctDoctor.Examine(text))
            {
                Log(diagnosis.ToString());
            }
        }

        Assert.StartsWith(
            "Line 1, column 21: A typographic quotation mark (U+201D) is used where a straight one is required", Assert.Single(said), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_has_a_test()
    {
        IEnumerable<CctDiagnosisKind> tested = new[] { nameof(What_was_done_is_said_with_its_place), nameof(One_mistake_is_one_diagnosis) }
            .SelectMany(name => typeof(CctDoctorTests).GetMethod(name)!.GetCustomAttributes(typeof(InlineDataAttribute), false))
            .Cast<InlineDataAttribute>().Select(row => (CctDiagnosisKind)row.GetData(null!).Single()[0]);
        Assert.Equal(
            Enumerable.Range(0, (int)Unbalanced + 1).Select(number => (CctDiagnosisKind)number).Where(kind => kind != TooLong),
            tested.Distinct().OrderBy(kind => kind));
        Assert.Matches("^[0-9]", (Unbalanced + 1).ToString()); // there is no later one
        string page = File.ReadAllText(Repository.PathOf("docs/testing.md"));
        Assert.All(tested.Append(TooLong), kind => Assert.Contains($"\n| `{kind}` | ", page, StringComparison.Ordinal));
    }

    /// <summary>One of three times is enough, because other tests want the processor, too.</summary>
    private static void AssertInTime(Action examine) =>
        Assert.Contains(Enumerable.Range(0, 3), _ =>
        {
            var clock = System.Diagnostics.Stopwatch.StartNew();
            examine();
            return clock.Elapsed <= TimeSpan.FromSeconds(5);
        });
}
