using System.Collections.Generic;

namespace OracleCct.Protocol;

/// <summary>Decides whether a request may act at all, before its query is read.</summary>
internal sealed class CalloutGuard(CalloutGuardOptions options)
{
    public GuardVerdict Check(CalloutRequest request) =>
        request.Method == "GET" || !options.RequireGet ? default : new(CalloutRefusal.Method, 405, "A callout is an HTTP GET.", [new("Allow", "GET")]);
}

/// <summary>What the guard says to a request: nothing against it, why not, or the answer to a browser's question beforehand.</summary>
/// <param name="Refusal">Why it is refused. Null: it is not.</param>
/// <param name="StatusCode">The HTTP status of the answer, when there is to be one at once; else 0.</param>
/// <param name="Message">What the sender is told. Null: a body is not due.</param>
/// <param name="Headers">Headers of whatever answer it gets. Null: none.</param>
internal readonly record struct GuardVerdict(CalloutRefusal? Refusal, int StatusCode, string? Message, KeyValuePair<string, string>[]? Headers);
