using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>What EBS's forms make of a screen pop.</summary>
internal static class PoppedForm
{
    private static readonly (EbsForms Form, string Name)[] Forms =
    [
        (EbsForms.ContactCenter, "Contact Center"),
        (EbsForms.ServiceRequest, "Service Request"),
        (EbsForms.EBusinessCenter, "eBusiness Center"),
        (EbsForms.Collections, "Collections"),
    ];

    /// <summary>Each form, and the key that wins there.</summary>
    public static IEnumerable<FormView> Of(ScreenPopEvent pop)
    {
        IReadOnlyList<PairView> pairs = PairsOf(pop);
        foreach ((EbsForms form, string name) in Forms)
        {
            string? key = ScreenPopPrecedence.Of(form).KeyUsed(pop);
            yield return new(name, key, key is null ? null : ValueOf(pairs, key));
        }
    }

    /// <summary>All pairs in the order in which they are written.</summary>
    public static IReadOnlyList<PairView> PairsOf(ScreenPopEvent pop) =>
    [
        .. XDocument.Parse(CctXmlFormatter.Default.WriteToString(pop))
            .Descendants("data")
            .Select(data => new PairView((string?)data.Attribute("name") ?? "", (string?)data.Attribute("value") ?? "")),
    ];

    // Collections does not regard case. Where a key is sent twice, no form does better than chance.
    private static string? ValueOf(IReadOnlyList<PairView> pairs, string key) =>
        (pairs.LastOrDefault(pair => pair.Name == key) ?? pairs.LastOrDefault(pair => string.Equals(pair.Name, key, StringComparison.OrdinalIgnoreCase)))?.Value;
}
