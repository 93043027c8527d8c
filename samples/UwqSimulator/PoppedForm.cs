using System.Collections.Generic;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>Shows how EBS's forms interpret a screen pop.</summary>
internal static class PoppedForm
{
    private static readonly (EbsForms Form, string Name)[] Forms =
    [
        (EbsForms.ContactCenter, "Contact Center"),
        (EbsForms.ServiceRequest, "Service Request"),
        (EbsForms.EBusinessCenter, "eBusiness Center"),
        (EbsForms.Collections, "Collections"),
    ];

    /// <summary>Returns each form with the key that it uses.</summary>
    public static IEnumerable<FormView> Of(ScreenPopEvent pop)
    {
        foreach ((EbsForms form, string name) in Forms)
        {
            WireField? field = ScreenPopPrecedence.Of(form).FieldUsed(pop);
            yield return new(name, field?.Name, field?.Value);
        }
    }
}
