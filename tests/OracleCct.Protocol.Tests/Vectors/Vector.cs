using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.Vectors;

/// <summary>Represents one vector of a file.</summary>
internal sealed class Vector(XElement json)
{
    public bool HasError => json.Element("error") is not null;

    public (string Kind, string? Field, int Offset) Error
    {
        get
        {
            XElement error = json.Element("error")!;
            return ((string)error.Element("kind")!, IsNull(error.Element("field")!) ? null : (string)error.Element("field")!, (int)error.Element("offset")!);
        }
    }

    public IEnumerable<(string Name, string Pairs)> Events =>
        json.Element("events")!.Elements().Select(one => ((string)one.Element("event")!, Show(PairsOf(one.Element("pairs")!))));

    public static IEnumerable<Vector> All(string file)
    {
        byte[] bytes = File.ReadAllBytes(Repository.PathOf($"tests/Vectors/{file}.json"));
        using XmlDictionaryReader reader = JsonReaderWriterFactory.CreateJsonReader(
            bytes, 0, bytes.Length, Encoding.UTF8, new() { MaxStringContentLength = 1 << 16 }, null);
        return XElement.Load(reader).Element("vectors")!.Elements().Select(one => new Vector(one)).ToArray();
    }

    public static TheoryData<string> Names(string file) => [.. All(file).Select(one => one.Text("name"))];

    public static Vector Find(string file, string name) => All(file).Single(one => one.Text("name") == name);

    public static string Show(IEnumerable<(string Name, string Value)> pairs) => string.Join("\u0001", pairs.Select(pair => pair.Name + "=" + pair.Value));

    public string Text(string name) => (string)json.Element(name)!;

    public IEnumerable<string> Words(string name) => json.Element(name)!.Elements().Select(one => (string)one);

    public List<(string Name, string Value)> Pairs(string name) => PairsOf(json.Element(name)!);

    private static List<(string Name, string Value)> PairsOf(XElement list) =>
        list.Elements().Select(pair => pair.Elements().Select(one => (string)one).ToArray()).Select(pair => (pair[0], pair[1])).ToList();

    private static bool IsNull(XElement element) => (string?)element.Attribute("type") == "null";
}
