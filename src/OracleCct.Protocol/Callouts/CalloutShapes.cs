using System;
using System.Collections.Generic;

namespace OracleCct.Protocol;

/// <summary>Every function that the library knows.</summary>
internal static class CalloutShapes
{
    public const string FunctionNameField = "FunctionName";

    public static IReadOnlyList<MessageShape<Callout>> All { get; } =
    [
        RegisterCallout.WireShape,
        UnregisterCallout.WireShape,
        LoginCallout.WireShape,
        LogoutCallout.WireShape,
        ReadyCallout.WireShape,
        NotReadyCallout.WireShape,
        CheckStatusCallout.WireShape,
        MakeCallCallout.WireShape,
        DialCanonicalCallout.WireShape,
    ];

    public static MessageShape<Callout>? Find(string functionName)
    {
        foreach (MessageShape<Callout> shape in All)
        {
            if (string.Equals(functionName, shape.Name, StringComparison.OrdinalIgnoreCase))
            {
                return shape;
            }
        }

        return null;
    }
}
