using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Protocol.Testing;

namespace OracleCct.Testing.Tests.Support;

/// <summary>A simulator in memory, and the way of events to it.</summary>
internal sealed class Lines : IAsyncDisposable
{
    private Lines(UwqSimulator uwq, IEventClient events)
    {
        Uwq = uwq;
        Events = events;
        Agent = uwq.AddAgent("70002", "7001");
    }

    public UwqSimulator Uwq { get; }

    public IEventClient Events { get; }

    public UwqAgent Agent { get; }

    /// <summary>A softphone that says yes to everything, unless it is told otherwise.</summary>
    public static Lines Open(UwqSimulatorOptions? options = null, Func<Callout, CalloutReply>? reply = null, TimeProvider? time = null)
    {
        IEventClient? events = null;
        UwqSimulator uwq = UwqSimulator.StartInMemory(
            client =>
            {
                events = client;
                return new(new Yes(reply ?? (_ => CalloutReply.Success)));
            },
            options,
            time);
        return new(uwq, events!);
    }

    public static ScreenPopEvent Pop(string id, string? ani = "4155550100") => new() { SourceId = id, Ani = ani, Dnis = "70002" };

    public static CallEstablishedEvent Established(string id) => new() { SourceId = id };

    public static CallReleasedEvent Released(string id) => new() { SourceId = id };

    public Task<EventDelivery> TellAsync(CctEvent cctEvent, UwqAgent? agent = null) => Events.SendAsync((agent ?? Agent).EbsAddress, cctEvent);

    public ValueTask DisposeAsync() => Uwq.DisposeAsync();

    public static IEnumerable<string> Codes(UwqSimulator uwq) => uwq.Problems.Select(problem => problem.Code);

    private sealed class Yes(Func<Callout, CalloutReply> reply) : ICalloutDispatcher
    {
        public ValueTask<CalloutReply> DispatchAsync(Callout callout, CalloutContext context, CancellationToken cancellationToken = default) =>
            new(reply(callout));
    }
}
