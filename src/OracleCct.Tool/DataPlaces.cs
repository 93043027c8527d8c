using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml;

namespace OracleCct.Tool;

/// <summary>Finds the places of the pairs in a document.</summary>
internal sealed class DataPlaces
{
    private readonly List<(int Event, string? Name, int Line, int Column)> _places = [];

    /// <summary>Reads the places of all events and pairs.</summary>
    /// <param name="document">The text of a valid event document.</param>
    public DataPlaces(string document)
    {
        using var reader = XmlReader.Create(new StringReader(document), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        var lines = (IXmlLineInfo)reader;
        int current = -1;
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName is "event" or "data")
            {
                current += reader.LocalName == "event" ? 1 : 0;

                // XmlReader reports the position after the angle bracket.
                _places.Add((current, reader.LocalName == "event" ? null : reader.GetAttribute("name"), lines.LineNumber, lines.LinePosition - 1));
            }
        }
    }

    /// <summary>Returns the place of the last pair with this name, or the place of the event if it has no such pair.</summary>
    public (int Line, int Column) Of(int eventIndex, string? key)
    {
        var inEvent = _places.Where(place => place.Event == eventIndex).ToList();
        var found = inEvent.LastOrDefault(place => key is not null && place.Name == key, inEvent[0]);
        return (found.Line, found.Column);
    }
}
