using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Benchmarks;

/// <summary>Dispatches a parsed callout to its handler.</summary>
internal static class Dispatch
{
    private static readonly Func<ReadyCallout, CalloutContext, CancellationToken, ValueTask<CalloutReply>> Handler =
        static (_, _, _) => new(CalloutReply.Success);

    private static readonly CalloutDispatcher Dispatcher = new(new CalloutHandlers().HandleAsync(Handler), new InMemoryAgentRegistry());
    private static readonly ReadyCallout Ready = new("70002", "7001");
    private static readonly CalloutContext Context = new() { ReceivedAt = DateTimeOffset.UtcNow };

    public static IReadOnlyList<Job> Jobs { get; } =
    [
        new(
            "dispatch Ready",
            CalloutReply.Success,
            new(nameof(CalloutDispatcher), static () => Finished(Dispatcher.DispatchAsync(Ready, Context))),
            [new("handler alone", static () => Finished(Handler(Ready, Context, CancellationToken.None)))]),
    ];

    private static CalloutReply Finished(ValueTask<CalloutReply> reply) =>
        reply.IsCompletedSuccessfully ? reply.Result : throw new InvalidOperationException("The reply is not completed, although the handler does not wait.");
}
