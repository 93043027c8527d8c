using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;
using System.Xml.Schema;
using FsCheck.Fluent;
using OracleCct.Protocol.Tests.Events;
using OracleCct.Protocol.Tests.Golden;
using OracleCct.Protocol.Tests.Support;
using OracleCct.Protocol.Tests.Wire;
using Xunit;

namespace OracleCct.Protocol.Tests.Schema;

/// <summary>Tests docs/cctsdk.xsd with a validating reader.</summary>
[Collection(Law.Collection)]
public class CctsdkSchemaTests
{
    private static readonly XmlSchemaSet Schema = Load();

    private static readonly CctXmlFormatter Formatter = new(new() { MaxLength = 1 << 20 });

    public static TheoryData<string> GoldenFiles => [.. new DirectoryInfo(GoldenFile.Folder).GetFiles("*.xml").Select(file => file.Name)];

    [Theory]
    [MemberData(nameof(GoldenFiles))]
    public void A_golden_file_is_valid(string name) => Assert.Null(Complaint(GoldenFile.Read(name)));

    [Fact]
    public void Whatever_the_formatter_writes_is_valid() => Law.Holds(
        EventCase.Writable, one => Formatter.WriteToString(one.Event), one => Assert.Null(Complaint(Formatter.WriteToArray(one.Event))), 400);

    [Fact]
    public void Whatever_the_formatter_reads_is_valid() => Law.Holds(
        Arb.From(HostileText.Mutated(EventCase.Writable.Generator.Select(one => Formatter.WriteToString(one.Event))), HostileText.Shrink),
        text => text,
        text =>
        {
            if (Formatter.TryRead(text, out _, out _) && !text.Contains("xmlns") && text[0] != '\uFEFF')
            {
                Assert.Null(Complaint(Encoding.UTF8.GetBytes(text)));
            }
        },
        500);

    [Theory]
    [InlineData("<CCTSDK/>")]
    [InlineData("<CCTSDK>\n <!-- none --> </CCTSDK>")]
    [InlineData("<?xml version='1.0'?><CCTSDK version='1' xml:lang='en'><event name='x' id='7'><data name='a' value='b' type='c'> <!-- d --> "
        + "</data></event><event name=''/></CCTSDK>")]
    [InlineData("<CCTSDK><event name='x'><data name='a' value=''/><data name='a' value=''/><data name='' value=' '/></event></CCTSDK>")]
    public void It_is_open_for_what_is_not_known(string text) => Assert.Null(Complaint(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("<cctsdk/>")]
    [InlineData("<event name='x'/>")]
    [InlineData("<CCTSDK>text</CCTSDK>")]
    [InlineData("<CCTSDK><Event name='x'/></CCTSDK>")]
    [InlineData("<CCTSDK><event/></CCTSDK>")]
    [InlineData("<CCTSDK><event Name='x'/></CCTSDK>")]
    [InlineData("<CCTSDK><event name='x'>text</event></CCTSDK>")]
    [InlineData("<CCTSDK><event name='x'><event name='y'/></event></CCTSDK>")]
    [InlineData("<CCTSDK><event name='x'><data name='a'/></event></CCTSDK>")]
    [InlineData("<CCTSDK><event name='x'><data value='a'/></event></CCTSDK>")]
    [InlineData("<CCTSDK><event name='x'><data name='a' value='b'>text</data></event></CCTSDK>")]
    [InlineData("<CCTSDK><event name='x'><data name='a' value='b'><data name='a' value='b'/></data></event></CCTSDK>")]
    [InlineData("<CCTSDK xmlns='urn:x'><event name='x'/></CCTSDK>")] // which the formatter reads, but nobody should write
    public void What_is_no_document_is_not_valid(string text) => Assert.NotNull(Complaint(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData(" \t\r\n", true)]
    [InlineData("&#32;&#9;&#10;&#13;", true)]
    [InlineData("<!-- a --> <?b c?>\n", true)]
    [InlineData("\u00A0", false)]
    [InlineData("&#160;", false)]
    [InlineData("\u2003", false)]
    [InlineData("\u2028", false)]
    [InlineData("\u3000", false)]
    [InlineData(" x ", false)]
    [InlineData("<![CDATA[x]]>", false)]
    [InlineData("<data name='a' value='b'/>", false)]
    public void Inside_a_pair_it_takes_what_the_formatter_takes(string contents, bool isRead) =>
        Agree("<CCTSDK><event name='x'><data name='a' value='b'>" + contents + "</data></event></CCTSDK>", isRead);

    [Theory]
    [InlineData(" \t\r\n", true)]
    [InlineData("<!-- a --> <?b c?>\n", true)]
    [InlineData("\u00A0", false)]
    [InlineData("\u2028", false)]
    [InlineData("&#160;", false)]
    [InlineData("<![CDATA[x]]>", false)]
    [InlineData("<CCTSDK/>", false)]
    public void Between_the_elements_it_takes_what_the_formatter_takes(string contents, bool isRead)
    {
        Agree("<CCTSDK>" + contents + "</CCTSDK>", isRead);
        Agree("<CCTSDK>" + contents + "<event name='x'/></CCTSDK>", isRead);
        Agree("<CCTSDK><event name='x'>" + contents + "</event></CCTSDK>", isRead);
        Agree("<CCTSDK><event name='x'><data name='a' value='b'/>" + contents + "</event></CCTSDK>", isRead);
    }

    [Theory]
    [InlineData("<CCTSDK x:a='1' xmlns:x='urn:x'><event name='x' x:name='y'><data name='a' value='b' x:value='c'/></event></CCTSDK>", true)]
    [InlineData("<CCTSDK xmlns:x='urn:x'><event x:name='x'/></CCTSDK>", false)]
    [InlineData("<CCTSDK xmlns:x='urn:x'><event name='x'><data x:name='a' value='b'/></event></CCTSDK>", false)]
    [InlineData("<CCTSDK xmlns:x='urn:x'><event name='x'><data name='a' x:value='b'/></event></CCTSDK>", false)]
    public void Attributes_of_a_namespace_are_others(string text, bool isRead) => Agree(text, isRead);

    /// <summary>The differences that the schema documents.</summary>
    [Theory]
    [InlineData("<CCTSDK xmlns:x='urn:x'><event name='x'><x:data name='a' value='b'/></event></CCTSDK>", true)]
    [InlineData("<CCTSDK xmlns:x='urn:x'><x:event name='x'/></CCTSDK>", true)]
    [InlineData("<x:CCTSDK xmlns:x='urn:x'/>", true)]
    [InlineData("<CCTSDK><event name='x'><data name='a' value='b'><![CDATA[ ]]></data></event></CCTSDK>", false)]
    [InlineData("<CCTSDK><![CDATA[ ]]></CCTSDK>", false)]
    [InlineData("<CCTSDK><event name='x'><![CDATA[]]></event></CCTSDK>", false)]
    [InlineData("<CCTSDK><event name='CallReleased'/></CCTSDK>", false)]
    [InlineData("<CCTSDK><event name='Error'><data name='occtErrorMsg' value='1'/><data name='occtErrorMsg' value='2'/></event></CCTSDK>", false)]
    public void What_a_schema_cannot_say(string text, bool isRead)
    {
        Assert.Equal(isRead, Formatter.TryRead(text, out _, out _));
        Assert.NotEqual(isRead, Complaint(Encoding.UTF8.GetBytes(text)) is null);
    }

    [Fact]
    public void It_names_every_key_and_event_that_is_known()
    {
        string schema = File.ReadAllText(Repository.PathOf("docs/cctsdk.xsd"));
        IEnumerable<string> named = System.Text.RegularExpressions.Regex.Matches(schema, "enumeration value=\"([^\"]*)\"")
            .Cast<System.Text.RegularExpressions.Match>().Select(match => match.Groups[1].Value);
        Assert.Equal(
            ["ScreenPop", "CallEstablished", "CallReleased", "Error", .. ScreenPopKeys.All.Select(key => key.Name), "occtErrorMsg", "KeyErrorDetails"], named);
    }

    private static void Agree(string text, bool isRead)
    {
        Assert.Equal(isRead, Formatter.TryRead(text, out _, out _));
        Assert.Equal(isRead, Complaint(Encoding.UTF8.GetBytes(text)) is null);
    }

    private static XmlSchemaSet Load()
    {
        var schemas = new XmlSchemaSet { XmlResolver = null };
        using var reader = XmlReader.Create(Repository.PathOf("docs/cctsdk.xsd"), new XmlReaderSettings { XmlResolver = null });
        _ = schemas.Add(null, reader);
        schemas.Compile();
        return schemas;
    }

    /// <summary>Returns what is not valid in a document, or <see langword="null"/>.</summary>
    private static string? Complaint(byte[] document)
    {
        string? first = null;
        var settings = new XmlReaderSettings
        {
            ValidationType = ValidationType.Schema,
            ValidationFlags = XmlSchemaValidationFlags.ReportValidationWarnings | XmlSchemaValidationFlags.AllowXmlAttributes,
            Schemas = Schema,
            XmlResolver = null,
        };
        settings.ValidationEventHandler += (_, complaint) => first ??= complaint.Message;
        using var reader = XmlReader.Create(new MemoryStream(document), settings);
        while (reader.Read())
        {
        }

        return first;
    }
}
