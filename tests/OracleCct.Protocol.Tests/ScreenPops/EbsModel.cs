using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace OracleCct.Protocol.Tests.ScreenPops;

/// <summary>
/// A small model of what EBS's forms do with the pairs, written down a second time on purpose: they paste them as name="value", take the text apart again, and
/// put the values into variables of a type and length.
/// </summary>
internal static class EbsModel
{
    private static readonly Dictionary<EbsForms, (string[] Numbers, Dictionary<string, int> Lengths)> Variables = new()
    {
        [EbsForms.ContactCenter] = (
            ["PARTY_ID", "CustomerID"],
            new()
            {
                ["CountryCode"] = 10,
                ["AreaCode"] = 10,
                ["PhoneNumber"] = 40,
                ["occtScreenPopAction"] = 40,
                ["occtClassification"] = 64,
            }),
        [EbsForms.ServiceRequest] = (
            ["occtANI"],
            new()
            {
                ["ServiceRequestNum"] = 50,
                ["AccountCode"] = 50,
                ["SerialNum"] = 50,
                ["TagNumber"] = 50,
                ["CustomerNum"] = 50,
                ["PhoneNumber"] = 50,
                ["RMANum"] = 50,
                ["ContractNum"] = 50,
                ["occtClassification"] = 64,
            }),
        [EbsForms.EBusinessCenter] = (
            ["PARTY_ID", "OrderNum", "QuoteNum", "MarketingPIN", "CollateralReq", "ColReqNum", "CAMPAIGN_SCHEDULE_ID"],
            new()
            {
                ["occtANI"] = 40,
                ["occtDNIS"] = 30,
                ["CustomerNum"] = 30,
                ["ContactNum"] = 30,
                ["AccountCode"] = 40,
                ["ServiceRequestNum"] = 64,
                ["ContractNum"] = 120,
                ["InvoiceNum"] = 60,
                ["EventCode"] = 30,
                ["EventConfCode"] = 30,
                ["ServiceKey"] = 30,
                ["MarketingPIN"] = 30,
                ["CollateralReq"] = 30,
                ["ColReqNum"] = 30,
                ["PromotionCode"] = 30,
                ["occtClassification"] = 64,
            }),
        [EbsForms.Collections] = (
            ["PARTY_ID", "CustomerID", "CustomerNum", "ContactNum", "AccountCode", "ColReqNum"],
            new()
            {
                ["occtANI"] = 30,
                ["occtDNIS"] = 25,
                ["occtSourceID"] = 30,
                ["occtClassification"] = 64,
            }),
    };

    /// <summary>What goes wrong in a form. Null: nothing.</summary>
    public static string? Complaint(IReadOnlyList<(string Name, string Value)> pairs, EbsForms form)
    {
        if (Unpaste(string.Concat(pairs.Select(pair => pair.Name + "=\"" + pair.Value + "\" "))) is not { } read || !read.SequenceEqual(pairs))
        {
            return "the parameters were torn apart";
        }

        (string[] numbers, Dictionary<string, int> lengths) = Variables[form];
        string Folded(string name) => form switch
        {
            EbsForms.Collections => name.ToUpperInvariant(),
            EbsForms.EBusinessCenter when name.ToUpperInvariant() is not ("OCCTANI" or "OCCTDNIS" or "CUSTOMERNUM" or "EVENTCODE") => name.ToUpperInvariant(),
            _ => name,
        };
        foreach ((string name, string value) in read)
        {
            bool Is(string key) => Folded(key) == Folded(name);
            if (Encoding.UTF8.GetByteCount(name) > 500 || Encoding.UTF8.GetByteCount(value) > 1996)
            {
                return "a variable overflows";
            }

            if (lengths.Keys.Any(key => Is(key) && Encoding.UTF8.GetByteCount(value) > lengths[key]))
            {
                return "a variable of the form overflows";
            }

            if (numbers.Any(Is) && value.Trim(' ').Length > 0 && (value.Length > 38 || !value.All(c => c is >= '0' and <= '9')))
            {
                return "a value is no number";
            }

            if (form == EbsForms.ServiceRequest && name == "PhoneNumber" && !value.All(c => c is >= '0' and <= '9'))
            {
                return "SQL is torn apart";
            }
        }

        return read.GroupBy(pair => Folded(pair.Name)).Any(group => group.Count() > 1) ? "a parameter came twice" : null;
    }

    /// <summary>Takes a parameter text apart: a name up to the equals sign, a value up to the next quote, a blank. Null: it is no parameter text.</summary>
    private static List<(string Name, string Value)>? Unpaste(string text)
    {
        var pairs = new List<(string, string)>();
        for (int at = 0; at < text.Length;)
        {
            int equals = text.IndexOf('=', at);
            if (equals <= at || equals + 1 == text.Length || text[equals + 1] != '"'
                || text.Substring(at, equals - at).Any(c => c is ' ' or '"' or '\t' or '\r' or '\n'))
            {
                return null;
            }

            int end = text.IndexOf('"', equals + 2);
            if (end < 0 || end + 1 == text.Length || text[end + 1] != ' ' || text.Substring(equals, end - equals).Any(char.IsControl))
            {
                return null;
            }

            pairs.Add((text.Substring(at, equals - at), text.Substring(equals + 2, end - equals - 2)));
            at = end + 2;
        }

        return pairs;
    }
}
