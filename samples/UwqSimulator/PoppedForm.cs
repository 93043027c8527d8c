using System.Collections.Generic;
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
        foreach ((EbsForms form, string name) in Forms)
        {
            WireField? field = ScreenPopPrecedence.Of(form).FieldUsed(pop);
            yield return new(name, field?.Name, field?.Value);
        }
    }
}
