using System;

namespace OracleCct.Protocol;

/// <summary>Provides every function that the library knows.</summary>
internal static class CalloutShapes
{
    public const string FunctionNameField = "FunctionName";

    /// <summary>Gets every shape, in no particular order.</summary>
    internal static readonly MessageShape<Callout>[] All =
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

    public static MessageShape<Callout>? Find(ReadOnlySpan<char> functionName) =>
        MessageShape<Callout>.Find(All, functionName, StringComparison.OrdinalIgnoreCase);
}
