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

    public static MessageShape<Callout>? Find(string functionName) => MessageShape<Callout>.Find(All, functionName, StringComparison.OrdinalIgnoreCase);
}
