using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Stress;

/// <summary>Runs many agents with many calls while one request in ten meets a fault, and checks the guarantees at the end.</summary>
internal sealed class FaultRun(int agents, int calls, bool retryUnknown, TextWriter output)
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(5);
    private static readonly EventDeliveryStatus[] Statuses =
        [EventDeliveryStatus.Delivered, EventDeliveryStatus.Refused, EventDeliveryStatus.NotSent, EventDeliveryStatus.Unknown];

    private readonly ConcurrentQueue<(Fault Fault, EventDeliveryStatus Status)> _attempts = new();
    private readonly ConcurrentQueue<((string Name, string SourceId) Event, EventDelivery Delivery)> _outcomes = new();
    private readonly List<string> _violations = [];

    /// <summary>Runs the agents and checks the guarantees.</summary>
    /// <returns>The violations. Empty if there are none.</returns>
    public async Task<IReadOnlyList<string>> RunAsync()
    {
        await CompareWithADeadAgentAsync();
        var clock = Stopwatch.StartNew();
        CallEvent[] received;
        using (var ebs = new FaultyEbs(addresses: 8))
        using (var http = new HttpEventClient(new HttpEventClientOptions { Timeout = RequestTimeout }))
        {
            var client = new RecordingClient(http, ebs, _attempts);
            await using var desktops = new AgentDesktops(new ChangingRegistry(ebs), client, new() { RetryUnknown = retryUnknown });
            await Task.WhenAll(Enumerable.Range(0, agents).Select(i => Task.Run(() => WorkAsync(desktops[Agent(i)], i))));
            received = [.. ebs.Received];
        }

        Check(received);
        Print(received, clock.Elapsed);
        return _violations;
    }

    private static AgentIdentity Agent(int number) => new(Text(number), Text(number));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task WorkAsync(AgentDesktop desktop, int agent)
    {
        for (int i = 0; i < calls; i++)
        {
            var pop = new ScreenPopEvent($"{Text(agent)}-{Text(i)}", "4155550100", Text(agent));
            CallSession call = await desktop.ScreenPopAsync(pop);
            Note("ScreenPop", call.ScreenPop);

            // Every second call ends at once, so that its last two events wait in the queue together.
            Task<EventDelivery> establishing = call.EstablishedAsync();
            if (i % 2 == 0)
            {
                _ = await establishing;
            }

            Note("CallReleased", await call.ReleasedAsync());
            Note("CallEstablished", await establishing);

            void Note(string name, EventDelivery delivery) => _outcomes.Enqueue(((name, pop.SourceId), delivery));
        }
    }

    private void Check(CallEvent[] received)
    {
        Dictionary<(string Name, string SourceId), int> arrived =
            received.GroupBy(one => (one.Name, one.SourceId)).ToDictionary(same => same.Key, same => same.Count());
        Expect(_outcomes.Count == agents * calls * 3, $"{_outcomes.Count} outcomes of {agents * calls * 3} events");
        Expect(_outcomes.Select(one => one.Event).Distinct().Count() == _outcomes.Count, "an event has two outcomes");
        foreach (((string Name, string SourceId) one, EventDelivery delivery) in _outcomes)
        {
            bool hasArrived = arrived.TryGetValue(one, out int times);
            Expect(retryUnknown || times <= 1, $"{one} arrived {times} times");
            Expect(hasArrived || delivery.Status != EventDeliveryStatus.Delivered, $"{one} is {delivery} but did not arrive");
            Expect(hasArrived || delivery.Status != EventDeliveryStatus.Refused, $"{one} is {delivery} but did not arrive");
            Expect(!hasArrived || delivery.Status != EventDeliveryStatus.NotSent, $"{one} is {delivery} but arrived");
        }

        foreach (IGrouping<string, CallEvent> ofAgent in received.GroupBy(one => one.SourceId.Split('-')[0]))
        {
            int last = -1;
            foreach (CallEvent one in ofAgent)
            {
                int call = int.Parse(one.SourceId.Split('-')[1], CultureInfo.InvariantCulture);
                int place = (call * 3) + (one switch { ScreenPopEvent => 0, CallEstablishedEvent => 1, _ => 2 });
                Expect(place >= last, $"{one.Name} {one.SourceId} arrived after a later event");
                last = place;
            }
        }
    }

    private void Expect(bool holds, string violation)
    {
        if (!holds)
        {
            _violations.Add(violation);
        }
    }

    private void Print(CallEvent[] received, TimeSpan time)
    {
        output.WriteLine();
        output.WriteLine($"{"request meets",-22}{string.Concat(Statuses.Select(status => $"{status,11}"))}");
        ILookup<Fault, EventDeliveryStatus> attempts = _attempts.ToLookup(one => one.Fault, one => one.Status);
        foreach (Fault fault in FaultyEbs.All)
        {
            output.WriteLine($"{fault,-22}{string.Concat(Statuses.Select(status => $"{attempts[fault].Count(one => one == status),11}"))}");
        }

        int faulty = _attempts.Count(one => one.Fault != Fault.None);
        double share = 100.0 * faulty / Math.Max(_attempts.Count, 1);
        IEnumerable<string> outcomes = _outcomes
            .GroupBy(one => Word(one.Delivery))
            .OrderByDescending(same => same.Count())
            .Select(same => $"{same.Count()} {same.Key}");
        output.WriteLine();
        output.WriteLine(FormattableString.Invariant(
            $"requests: {_attempts.Count}, at a port with a fault: {faulty} ({share:0.0} %), arrived complete: {received.Length}"));
        output.WriteLine($"outcomes: {_outcomes.Count} ({string.Join(", ", outcomes)})");
        output.WriteLine(FormattableString.Invariant(
            $"{agents} agents x {calls} calls x 3 events in {time.TotalSeconds:0.0} s; violations: {_violations.Count}"));
    }

    private static string Word(EventDelivery delivery) => delivery.Reason is { } reason ? $"{delivery.Status} ({reason})" : delivery.Status.ToString();

    /// <summary>Compares the same work of some agents with and without another agent whose EBS accepts connections and never answers.</summary>
    private async Task CompareWithADeadAgentAsync()
    {
        using var ebs = new FaultyEbs(addresses: 2);
        using var http = new HttpEventClient(new HttpEventClientOptions { Timeout = RequestTimeout });
        var dead = new AgentIdentity("dead", "dead");
        var registry = new InMemoryAgentRegistry();
        await registry.RegisterAsync(dead, ebs.Addresses[Fault.Silent].First());
        int living = Math.Min(agents, 50);
        for (int i = 0; i < living; i++)
        {
            await registry.RegisterAsync(Agent(i), ebs.Addresses[Fault.None].ElementAt(i % ebs.Addresses[Fault.None].Count()));
        }

        _ = await PopAllAsync(0); // Warm up, so that the first requests of the process count for neither side.
        TimeSpan without = await PopAllAsync(1);
        TimeSpan with;
        await using (var desktops = new AgentDesktops(registry, http, new() { ShutdownTimeout = TimeSpan.Zero }))
        {
            Task<CallSession>[] stuck = [.. Enumerable.Range(0, 64).Select(i => desktops[dead].ScreenPopAsync(new(Text(i), null, null)))];
            with = await PopAllAsync(2, desktops);
            await desktops.DisposeAsync();
            Expect((await Task.WhenAll(stuck)).All(call => call.ScreenPop.Status != EventDeliveryStatus.Delivered), "the dead agent's EBS answered");
        }

        output.WriteLine(FormattableString.Invariant($"Longest event of {living} agents: {without.TotalMilliseconds:0} ms"));
        output.WriteLine(FormattableString.Invariant(
            $"The same with a dead agent whose queue is full: {with.TotalMilliseconds:0} ms (limit of a request: {RequestTimeout.TotalMilliseconds:0} ms)"));
        Expect(with < RequestTimeout, "a dead agent delays another");

        async Task<TimeSpan> PopAllAsync(int round, AgentDesktops? shared = null)
        {
            await using var own = new AgentDesktops(registry, http);
            TimeSpan[] longest = await Task.WhenAll(Enumerable.Range(0, living).Select(i => Task.Run(async () =>
            {
                TimeSpan max = TimeSpan.Zero;
                for (int call = 0; call < calls; call++)
                {
                    var clock = Stopwatch.StartNew();
                    CallSession session = await (shared ?? own)[Agent(i)].ScreenPopAsync(new($"{Text(round)}-{Text(call)}", null, null));
                    max = clock.Elapsed > max ? clock.Elapsed : max;
                    lock (_violations)
                    {
                        Expect(session.ScreenPop.Status == EventDeliveryStatus.Delivered, $"without a fault an event is {session.ScreenPop}");
                    }
                }

                return max;
            })));
            return longest.Max();
        }
    }

    /// <summary>Returns a different address for each try. One in ten has a fault.</summary>
    private sealed class ChangingRegistry(FaultyEbs ebs) : IAgentRegistry
    {
        private readonly Random _chance = new(1);

        public ValueTask<EbsAddress?> FindAsync(AgentIdentity agent, CancellationToken cancellationToken = default)
        {
            lock (_chance)
            {
                Fault fault = _chance.Next(10) == 0 ? (Fault)_chance.Next(1, FaultyEbs.All.Count) : Fault.None;
                return new(ebs.Addresses[fault].ElementAt(_chance.Next(ebs.Addresses[fault].Count())));
            }
        }

        public ValueTask RegisterAsync(AgentIdentity agent, EbsAddress ebsAddress, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask<bool> UnregisterAsync(AgentIdentity agent, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<IReadOnlyDictionary<AgentIdentity, EbsAddress>> ListAsync(CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();
    }

    /// <summary>Records the outcome of each try.</summary>
    private sealed class RecordingClient(IEventClient inner, FaultyEbs ebs, ConcurrentQueue<(Fault Fault, EventDeliveryStatus Status)> attempts) : IEventClient
    {
        public async Task<EventDelivery> SendAsync(EbsAddress ebsAddress, CctEvent cctEvent, CancellationToken cancellationToken = default)
        {
            EventDelivery delivery = await inner.SendAsync(ebsAddress, cctEvent, cancellationToken);
            attempts.Enqueue((ebs.Faults[ebsAddress], delivery.Status));
            return delivery;
        }
    }
}
