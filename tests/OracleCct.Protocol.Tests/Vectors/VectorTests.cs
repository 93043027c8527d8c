using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.Vectors;

/// <summary>Tests the language-neutral vectors of tests/Vectors, which docs/vectors.md explains.</summary>
public class VectorTests
{
    public static TheoryData<string> CalloutsRead => Vector.Names("callouts-read");

    public static TheoryData<string> CalloutsWrite => Vector.Names("callouts-write");

    public static TheoryData<string> EventsRead => Vector.Names("events-read");

    public static TheoryData<string> EventsWrite => Vector.Names("events-write");

    public static TheoryData<string> ScreenPops => Vector.Names("screen-pops");

    [Theory]
    [MemberData(nameof(CalloutsRead))]
    public void A_query_string_gives_its_fields_or_its_error(string name)
    {
        Vector vector = Vector.Find("callouts-read", name);
        if (CalloutQueryFormatter.Default.TryRead(vector.Text("query"), out Callout? callout, out ProtocolError? error))
        {
            Assert.Equal(vector.Text("function"), callout.FunctionName);
            Assert.Equal(vector.Pairs("fields"), Fields(callout));
        }
        else
        {
            Assert.Equal(vector.Error, (error.Kind.ToString(), error.Field, error.Offset));
        }
    }

    [Theory]
    [MemberData(nameof(CalloutsWrite))]
    public void Fields_give_their_query_string(string name)
    {
        Vector vector = Vector.Find("callouts-write", name);
        IEnumerable<string> pieces = vector.Pairs("fields").Prepend(("FunctionName", vector.Text("function")))
            .Select(field => EscapeAll(field.Item1) + "=" + EscapeAll(field.Item2));

        Assert.Equal(vector.Text("query"), CalloutQueryFormatter.Default.Write(CalloutQueryFormatter.Default.Read(string.Join("&", pieces))));
    }

    [Theory]
    [MemberData(nameof(EventsRead))]
    public void A_document_gives_its_events_or_its_error(string name)
    {
        Vector vector = Vector.Find("events-read", name);
        if (CctXmlFormatter.Default.TryRead(vector.Text("xml"), out IReadOnlyList<CctEvent>? events, out ProtocolError? error))
        {
            Assert.Equal(vector.Events, events.Select(Pairs));
        }
        else
        {
            Assert.Equal(vector.Error, (error.Kind.ToString(), error.Field, error.Offset));
        }
    }

    [Theory]
    [MemberData(nameof(EventsWrite))]
    public void An_event_gives_its_document_or_its_error(string name)
    {
        Vector vector = Vector.Find("events-write", name);
        CctEvent cctEvent = Build(vector.Text("event"), vector.Pairs("pairs"));
        if (vector.HasError)
        {
            ProtocolError error = Assert.Throws<ProtocolFormatException>(() => CctXmlFormatter.Default.WriteToString(cctEvent)).Error;
            Assert.Equal(vector.Error, (error.Kind.ToString(), error.Field, error.Offset));
        }
        else
        {
            Assert.Equal(vector.Text("xml"), CctXmlFormatter.Default.WriteToString(cctEvent));
        }
    }

    [Theory]
    [MemberData(nameof(ScreenPops))]
    public void A_screen_pop_has_its_findings(string name)
    {
        Vector vector = Vector.Find("screen-pops", name);
        EbsForms forms = vector.Words("forms").Aggregate(
            EbsForms.None, (all, form) => all | (Enum.TryParse(form, out EbsForms one) ? one : throw new InvalidDataException(form)));

        IReadOnlyList<ScreenPopFinding> findings = ScreenPopRules.Check((ScreenPopEvent)Build("ScreenPop", vector.Pairs("pairs")), forms);

        Assert.Equal(vector.Words("findings"), findings.Select(finding => finding.Code));
    }

    [Fact]
    public void Every_rule_of_a_check_has_a_vector() => Assert.Equal(
        ScreenPopRules.All.Select(rule => rule.Code).Where(code => code is not ("CCT112" or "CCT128")), // these are the policy's, which a check has not
        Vector.All("screen-pops").SelectMany(vector => vector.Words("findings")).Distinct());

    [Fact]
    public void Every_file_has_a_test_and_a_place_on_the_page()
    {
        IEnumerable<string> files = new DirectoryInfo(Repository.PathOf("tests/Vectors")).GetFiles().Select(file => file.Name)
            .OrderBy(name => name, StringComparer.Ordinal);
        Assert.Equal(["callouts-read.json", "callouts-write.json", "events-read.json", "events-write.json", "screen-pops.json"], files);
        string page = File.ReadAllText(Repository.PathOf("docs/vectors.md"));
        Assert.All(files, file => Assert.Contains($"`{file}`", page, StringComparison.Ordinal));
    }

    /// <summary>Returns the fields as they are written, which other tests check.</summary>
    private static List<(string, string)> Fields(Callout callout) =>
        CalloutQueryFormatter.Default.Write(callout).Split('&').Skip(1).Select(piece => piece.Split('='))
            .Select(parts => (Unescape(parts[0]), Unescape(parts[1]))).ToList();

    private static (string Name, string Pairs) Pairs(CctEvent cctEvent)
    {
        XElement document = XElement.Parse(CctXmlFormatter.Default.WriteToString(cctEvent));
        return (cctEvent.Name, Vector.Show(document.Descendants("data").Select(data => ((string)data.Attribute("name")!, (string)data.Attribute("value")!))));
    }

    private static CctEvent Build(string name, List<(string Name, string Value)> pairs)
    {
        if (name == "CallReleased")
        {
            return new CallReleasedEvent { SourceId = pairs.Single().Value };
        }

        if (name is not ("ScreenPop" or "CallEstablished" or "Error"))
        {
            return new UnknownEvent(name) { ExtraFields = WireFields.Create(pairs.Select(pair => new WireField(pair.Name, pair.Value))) };
        }

        var document = new StringBuilder();
        using (var writer = XmlWriter.Create(document, new XmlWriterSettings { OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.Entitize }))
        {
            writer.WriteStartElement("CCTSDK");
            writer.WriteStartElement("event");
            writer.WriteAttributeString("name", name);
            foreach ((string key, string value) in pairs)
            {
                writer.WriteStartElement("data");
                writer.WriteAttributeString("name", key);
                writer.WriteAttributeString("value", value);
                writer.WriteEndElement();
            }
        }

        return CctXmlFormatter.Default.Read(document.ToString()).Single();
    }

    private static string EscapeAll(string text) =>
        string.Concat(Encoding.UTF8.GetBytes(text).Select(b => "%" + b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));

    private static string Unescape(string text) => Uri.UnescapeDataString(text);
}
