using System;
using System.Collections.Generic;
using System.Linq;

namespace OracleCct.Protocol;

/// <summary>The forms of EBS that a screen pop can open. Each reads other keys, in another way.</summary>
/// <remarks>Which one opens is set up in EBS, not on the wire. Source: EBS's behaviour.</remarks>
[Flags]
public enum EbsForms
{
    /// <summary>No form. Where forms are asked for, it stands for <see cref="All"/>: what is not known may be any.</summary>
    None = 0,

    /// <summary>Contact Center.</summary>
    ContactCenter = 1,

    /// <summary>Service Request.</summary>
    ServiceRequest = 2,

    /// <summary>eBusiness Center, of TeleSales.</summary>
    EBusinessCenter = 4,

    /// <summary>Collections.</summary>
    Collections = 8,

    /// <summary>All four.</summary>
    All = ContactCenter | ServiceRequest | EBusinessCenter | Collections,
}

internal static class EbsFormNames
{
    private static readonly (EbsForms Form, string Name)[] Names =
    [
        (EbsForms.ContactCenter, "Contact Center"),
        (EbsForms.ServiceRequest, "Service Request"),
        (EbsForms.EBusinessCenter, "eBusiness Center"),
        (EbsForms.Collections, "Collections"),
    ];

    public static IEnumerable<EbsForms> Each(EbsForms forms) => Names.Select(one => one.Form).Where(form => (forms & form) != 0);

    /// <summary>As in a sentence: "Contact Center and Collections".</summary>
    public static string Describe(EbsForms forms) => Words.List(Names.Where(one => (forms & one.Form) != 0).Select(one => one.Name));

    public static EbsForms OrAll(EbsForms forms) => (forms & EbsForms.All) == 0 ? EbsForms.All : forms & EbsForms.All;
}

internal static class Words
{
    /// <summary>As in a sentence: "a, b and c".</summary>
    public static string List(IEnumerable<string> words)
    {
        string[] all = [.. words];
        return all.Length < 2 ? string.Concat(all) : string.Join(", ", all.Take(all.Length - 1)) + " and " + all[all.Length - 1];
    }
}
