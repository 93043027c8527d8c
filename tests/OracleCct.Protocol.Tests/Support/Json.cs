using System.Collections.Generic;
#if NET
using System.Text.Json;
#else
using System.Globalization;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Xml;
#endif

namespace OracleCct.Protocol.Tests.Support;

/// <summary>What the platform's own reader makes of an object without objects in it.</summary>
internal static class Json
{
    /// <returns>The fields in their order: strings, doubles and booleans.</returns>
    public static List<KeyValuePair<string, object>> Read(string line)
    {
        var fields = new List<KeyValuePair<string, object>>();
#if NET
        using JsonDocument document = JsonDocument.Parse(line);
        foreach (JsonProperty property in document.RootElement.EnumerateObject())
        {
            fields.Add(new(property.Name, property.Value.ValueKind switch
            {
                JsonValueKind.String => property.Value.GetString()!,
                JsonValueKind.Number => property.Value.GetDouble(),
                _ => property.Value.GetBoolean(),
            }));
        }
#else
        using XmlDictionaryReader reader = JsonReaderWriterFactory.CreateJsonReader(Encoding.UTF8.GetBytes(line), XmlDictionaryReaderQuotas.Max);
        reader.ReadStartElement("root");
        while (reader.IsStartElement())
        {
            string type = reader.GetAttribute("type")!;
            string name = reader.LocalName;
            string text = reader.ReadElementContentAsString();
            fields.Add(new(name, type switch
            {
                "number" => double.Parse(text, CultureInfo.InvariantCulture),
                "boolean" => XmlConvert.ToBoolean(text),
                _ => text,
            }));
        }

        reader.ReadEndElement();
#endif
        return fields;
    }
}
