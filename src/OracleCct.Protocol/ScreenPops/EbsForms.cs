using System;
using System.Collections.Generic;
using System.Linq;

namespace OracleCct.Protocol;

/// <summary>Specifies forms of EBS that a screen pop can open. Each form reads its own set of keys, in its own way.</summary>
/// <remarks>Which form opens is configured in EBS, not on the wire. Source: EBS's behaviour.</remarks>
[Flags]
public enum EbsForms
{
    /// <summary>No form. It says that a key is read by no form; it does not name the forms of a site.</summary>
    None = 0,

    /// <summary>Contact Center.</summary>
    ContactCenter = 1,

    /// <summary>Service Request.</summary>
    ServiceRequest = 2,

    /// <summary>eBusiness Center, the form of TeleSales.</summary>
    EBusinessCenter = 4,

    /// <summary>Collections.</summary>
    Collections = 8,

    /// <summary>All four forms.</summary>
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

    /// <summary>Returns the names for a sentence: "Contact Center and Collections".</summary>
    public static string Describe(EbsForms forms) => Words.List(Names.Where(one => (forms & one.Form) != 0).Select(one => one.Name));

    /// <summary>Returns the names and a verb in agreement: "Collections reads", "Contact Center and Collections read".</summary>
    public static string Describe(EbsForms forms, string verb) => $"{Describe(forms)} {verb}{(Each(forms).Skip(1).Any() ? "" : "s")}";

    /// <summary>Returns the forms, if there is at least one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none, or the value is not a valid combination.</exception>
    public static EbsForms Named(EbsForms forms, string parameter) => forms is > EbsForms.None and <= EbsForms.All
        ? forms
        : throw new ArgumentOutOfRangeException(parameter, forms, "The value does not name a form. Combine members of EbsForms other than None.");
}

internal static class Words
{
    /// <summary>Joins words for a sentence: "a, b and c".</summary>
    public static string List(IEnumerable<string> words)
    {
        string[] all = [.. words];
        return all.Length < 2 ? string.Concat(all) : string.Join(", ", all.Take(all.Length - 1)) + " and " + all[all.Length - 1];
    }
}
