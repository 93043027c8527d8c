using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Benchmarks;

/// <summary>Measures how the cost of an agent grows with the number of agents.</summary>
internal static class Scale
{
    private const int Repetitions = 5;
    private const int MostBytes = 1024;
    private const int EventsOfCall = 3;
    private const int CallsInAll = 100_000;
    private const int AgentsOfTurn = 100;
    private const int Turns = 3000;
    private const double MostGrowth = 1.25;

    private static readonly int[] Sizes = [1_000, 10_000, 100_000];

    public static async Task<int> RunAsync()
    {
        var stub = new Stub();
        (string Name, Func<IAgents> New)[] contenders =
            [("the library", () => new Softphone(stub)), ("three ConcurrentDictionaries", () => new Dictionaries())];
        foreach ((_, Func<IAgents> newAgents) in contenders)
        {
            _ = await TimeAsync(Sizes[1], newAgents);
        }

        Console.WriteLine(
            "Each agent is registered and ready, and has a desktop. These are three entries with the same key, and three dictionaries are "
            + "the lower bound.");
        Console.WriteLine(
            "Agents are found in the order of registration and in random order. With many agents, the caches of the processor matter. Per "
            + "agent, medians of the times.");
        Console.WriteLine();
        Console.WriteLine("| Agents | Kept by | Memory | Register, Ready, desktop | Find | Find in any order | Unregister |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        List<double> bytes = [];
        foreach (int size in Sizes)
        {
            foreach ((string name, Func<IAgents> newAgents) in contenders)
            {
                double taken = await BytesPerAgentAsync(size, newAgents);
                Console.WriteLine($"| {size:N0} | {name} | {taken:0} B | {await TimeAsync(size, newAgents)} |");
                if (name == contenders[0].Name)
                {
                    bytes.Add(taken);
                }
            }
        }

        Console.WriteLine();
        Console.WriteLine(
            $"{AgentsOfTurn} agents come and go while the others stay signed in. If they are the same agents in each turn, they are in the "
            + "processor's caches");
        Console.WriteLine(
            "at every size, and the times show the work alone. If they are others in each turn, fewer of them are in the caches the more "
            + "agents there are.");
        Console.WriteLine($"Each agent already has a desktop. Medians of {Turns} turns.");
        Console.WriteLine();
        Console.WriteLine("| Agents | Who comes and goes | Kept by | Find | Unregister | Register, Ready |");
        Console.WriteLine("|---|---|---|---|---|---|");
        List<string> missed = [];
        foreach ((bool areTheSame, string who) in new[] { (true, "the same"), (false, "others") })
        {
            List<ComeAndGoTimes> growths = [];
            foreach ((string name, Func<IAgents> newAgents) in contenders)
            {
                ComeAndGoTimes[] times = await ComeAndGoAsync(newAgents, areTheSame);
                for (int i = 0; i < Sizes.Length; i++)
                {
                    Console.WriteLine($"| {Sizes[i]:N0} | {who} | {name} | {times[i]} |");
                }

                ComeAndGoTimes growth = times[^1].Over(times[0]);
                Console.WriteLine($"| growth | {who} | {name} | {growth.Find:0.00} | {growth.Unregister:0.00} | {growth.Register:0.00} |");
                growths.Add(growth);
            }

            // The caches slow down every contender, so the growth is compared with that of the dictionaries.
            ComeAndGoTimes own = areTheSame ? growths[0] : growths[0].Over(growths[1]);
            double most = Math.Max(Math.Max(own.Find, own.Unregister), own.Register);
            if (most > MostGrowth)
            {
                string reference = areTheSame ? "" : " as much as that of the dictionaries";
                missed.Add($"for {who}, the time grows {most:0.00} times{reference}. The bar is {MostGrowth}.");
            }
        }

        _ = await SendAsync(Sizes[0], 20, isByLibrary: true);
        _ = await SendAsync(Sizes[0], 20, isByLibrary: false);
        Console.WriteLine();
        Console.WriteLine(
            "All agents send at the same time. Each agent sends ScreenPop, CallEstablished and CallReleased for one call after another, "
            + "to a handler in memory");
        Console.WriteLine(
            "that answers 200: through the library's desktops, and with HttpClient.PostAsync of a prepared document, without a queue, "
            + "deadline or check.");
        Console.WriteLine();
        Console.WriteLine(
            "| Agents | Calls each | Sent by | Events per second | p99 of an event | Last agent / median agent | Agents later than twice the median |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (int size in Sizes)
        {
            Console.WriteLine($"| {size:N0} | {CallsInAll / size} | the library | {await SendAsync(size, CallsInAll / size, isByLibrary: true)} |");
            Console.WriteLine($"| {size:N0} | {CallsInAll / size} | PostAsync | {await SendAsync(size, CallsInAll / size, isByLibrary: false)} |");
        }

        Console.WriteLine();
        if (bytes.Max() > MostBytes)
        {
            missed.Add($"an agent takes {bytes.Max():0} bytes. The bar is {MostBytes}.");
        }

        missed.ForEach(what => Console.WriteLine($"MISSED: {what}"));
        return missed.Count == 0 ? 0 : 1;
    }

    /// <summary>Returns the memory that stays in use, including the strings of the callouts.</summary>
    private static async Task<double> BytesPerAgentAsync(int size, Func<IAgents> newAgents)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        await using IAgents agents = newAgents();
        for (int i = 0; i < size; i++)
        {
            await agents.SignInAsync(RegisterOf(i), ReadyOf(i));
        }

        return (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / size;
    }

    private static async Task<Times> TimeAsync(int size, Func<IAgents> newAgents)
    {
        (RegisterCallout Register, ReadyCallout Ready, UnregisterCallout Unregister)[] callouts = CalloutsOf(Enumerable.Range(0, size));
        var inAnyOrder = (ReadyCallout[])[.. callouts.Select(callout => callout.Ready)];
        new Random(1).Shuffle(inAnyOrder);

        // Each size repeats until it has handled the same number of agents, so that each figure comes from the same amount of work.
        List<Times> all = [];
        for (int i = 0; i < Repetitions * Sizes[^1] / size; i++)
        {
            await using IAgents agents = newAgents();
            all.Add(new(
                await PerAgentAsync(callouts, callout => agents.SignInAsync(callout.Register, callout.Ready)),
                await PerAgentAsync(callouts, callout => agents.FindAsync(callout.Ready.Agent)),
                await PerAgentAsync(inAnyOrder, ready => agents.FindAsync(ready.Agent)),
                await PerAgentAsync(callouts, callout => agents.SignOutAsync(callout.Unregister))));
        }

        return new(
            all.Select(times => times.Register).Median(),
            all.Select(times => times.Find).Median(),
            all.Select(times => times.FindInAnyOrder).Median(),
            all.Select(times => times.Unregister).Median());
    }

    /// <summary>Measures agents that come and go, for each size. The sizes take turns, so that the garbage collector affects all equally.</summary>
    /// <param name="newAgents">Creates what keeps the agents.</param>
    /// <param name="areTheSame">Whether the agents are the same in each turn. If so, each turn first runs once without being measured.</param>
    private static async Task<ComeAndGoTimes[]> ComeAndGoAsync(Func<IAgents> newAgents, bool areTheSame)
    {
        var random = new Random(1);
        var all = new List<(IAgents Agents, int[] InAnyOrder, List<ComeAndGoTimes> Turns)>();
        foreach (int size in Sizes)
        {
            IAgents agents = newAgents();
            int[] inAnyOrder = [.. Enumerable.Range(0, size)];
            random.Shuffle(inAnyOrder);
            foreach (int i in inAnyOrder)
            {
                await agents.SignInAsync(RegisterOf(i), ReadyOf(i));
            }

            random.Shuffle(inAnyOrder);
            all.Add((agents, inAnyOrder, []));
        }

        for (int i = 0; i < Turns; i++)
        {
            foreach ((IAgents agents, int[] inAnyOrder, List<ComeAndGoTimes> turns) in all)
            {
                IEnumerable<int> numbers = areTheSame
                    ? inAnyOrder.Take(AgentsOfTurn)
                    : Enumerable.Range(0, AgentsOfTurn).Select(_ => inAnyOrder[random.Next(inAnyOrder.Length)]).Distinct();
                (RegisterCallout Register, ReadyCallout Ready, UnregisterCallout Unregister)[] some = CalloutsOf(numbers);
                if (areTheSame)
                {
                    _ = await TurnAsync();
                }

                turns.Add(await TurnAsync());

                async Task<ComeAndGoTimes> TurnAsync() => new(
                    await PerAgentAsync(some, callouts => agents.FindAsync(callouts.Ready.Agent)),
                    await PerAgentAsync(some, callouts => agents.SignOutAsync(callouts.Unregister)),
                    await PerAgentAsync(some, callouts => agents.SignInAsync(callouts.Register, callouts.Ready)));
            }
        }

        foreach ((IAgents agents, _, _) in all)
        {
            await agents.DisposeAsync();
        }

        return [.. all.Select(one => new ComeAndGoTimes(
            one.Turns.Select(turn => turn.Find).Median(),
            one.Turns.Select(turn => turn.Unregister).Median(),
            one.Turns.Select(turn => turn.Register).Median()))];
    }

    private static async Task<double> PerAgentAsync<T>(T[] callouts, Func<T, ValueTask> act)
    {
        long start = Stopwatch.GetTimestamp();
        foreach (T callout in callouts)
        {
            await act(callout);
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / callouts.Length;
    }

    private static async Task<Sending> SendAsync(int size, int callsEach, bool isByLibrary)
    {
        using var stub = new Stub();
        using var http = new HttpClient(stub, disposeHandler: false);
        var url = new Uri("http://127.0.0.1:8888/");
        byte[] document = CctXmlFormatter.Default.WriteToArray(PopOf(1, "70002"));
        await using var softphone = new Softphone(stub);
        var waits = new TimeSpan[size][];
        var ends = new TimeSpan[size];
        for (int i = 0; i < size; i++)
        {
            waits[i] = new TimeSpan[callsEach * EventsOfCall];
            await softphone.SignInAsync(RegisterOf(i), ReadyOf(i));
        }

        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, size).Select(i => Task.Run(async () =>
        {
            AgentDesktop desktop = softphone.Desktops[RegisterOf(i).Agent];
            int sent = 0;
            for (int call = 0; call < callsEach; call++)
            {
                if (isByLibrary)
                {
                    CallSession session = await TimedAsync(desktop.ScreenPopAsync(PopOf(call, desktop.Agent.TelesetNumber)));
                    _ = await TimedAsync(session.EstablishedAsync());
                    _ = await TimedAsync(session.ReleasedAsync());
                    continue;
                }

                for (int sending = 0; sending < EventsOfCall; sending++)
                {
                    using var content = new ByteArrayContent(document);
                    (await TimedAsync(http.PostAsync(url, content))).Dispose();
                }
            }

            ends[i] = Stopwatch.GetElapsedTime(start);

            async Task<T> TimedAsync<T>(Task<T> sending)
            {
                long begun = Stopwatch.GetTimestamp();
                T outcome = await sending;
                waits[i][sent++] = Stopwatch.GetElapsedTime(begun);
                return outcome;
            }
        })));
        TimeSpan taken = Stopwatch.GetElapsedTime(start);
        if (stub.Answered != (long)size * callsEach * EventsOfCall)
        {
            throw new InvalidOperationException("Not every event was sent once.");
        }

        Array.Sort(ends);
        TimeSpan median = ends[size / 2];
        return new(Load.Of(waits.SelectMany(own => own), taken), ends[^1] / median, (double)ends.Count(end => end > 2 * median) / size);
    }

    private static (RegisterCallout Register, ReadyCallout Ready, UnregisterCallout Unregister)[] CalloutsOf(IEnumerable<int> numbers) =>
        [.. numbers.Select(number => (RegisterOf(number), ReadyOf(number), UnregisterOf(number)))];

    private static RegisterCallout RegisterOf(int i) => new(Text(1_000_000 + i), Text(2_000_000 + i), "127.0.0.1", 8888);

    private static ReadyCallout ReadyOf(int i) => new(Text(1_000_000 + i), Text(2_000_000 + i));

    private static UnregisterCallout UnregisterOf(int i) => new(Text(1_000_000 + i), Text(2_000_000 + i));

    private static ScreenPopEvent PopOf(int call, string extension) => new(Text(call), "4155550100", extension);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Represents times in nanoseconds.</summary>
    private readonly record struct Times(double Register, double Find, double FindInAnyOrder, double Unregister)
    {
        public override string ToString() => $"{Register:0} ns | {Find:0} ns | {FindInAnyOrder:0} ns | {Unregister:0} ns";
    }

    /// <summary>Represents times in nanoseconds.</summary>
    private readonly record struct ComeAndGoTimes(double Find, double Unregister, double Register)
    {
        public ComeAndGoTimes Over(ComeAndGoTimes other) => new(Find / other.Find, Unregister / other.Unregister, Register / other.Register);

        public override string ToString() => $"{Find:0} ns | {Unregister:0} ns | {Register:0} ns";
    }

    private readonly record struct Sending(Throughput Throughput, double LastInMedians, double LateShare)
    {
        public override string ToString() => $"{Throughput.PerSecond:N0} | {Throughput.P99Milliseconds:0.0} ms | {LastInMedians:0.00} | {LateShare:P1}";
    }

    private interface IAgents : IAsyncDisposable
    {
        ValueTask SignInAsync(RegisterCallout register, ReadyCallout ready);

        ValueTask FindAsync(AgentIdentity agent);

        ValueTask SignOutAsync(UnregisterCallout unregister);
    }

    /// <summary>Keeps agents as a central adapter does.</summary>
    private sealed class Softphone : IAgents
    {
        private readonly InMemoryAgentRegistry _registry = new();
        private readonly AgentStateTracker _states = new();
        private readonly CalloutContext _context = new() { ReceivedAt = DateTimeOffset.UtcNow, RemoteAddress = IPAddress.Loopback };
        private readonly CalloutDispatcher _dispatcher;
        private readonly HttpClient _http;
        private readonly HttpEventClient _client;

        public Softphone(Stub stub)
        {
            _dispatcher = new(new CalloutHandlers().HandleAsync<ReadyCallout>((_, _, _) => new(CalloutReply.Success)), _registry, agentStates: _states);
            _http = new(stub, disposeHandler: false);
            _client = new(_http);
            Desktops = new(_registry, _client, agentStates: _states);
        }

        public AgentDesktops Desktops { get; }

        public async ValueTask SignInAsync(RegisterCallout register, ReadyCallout ready)
        {
            ThrowUnlessCarriedOut(await _dispatcher.DispatchAsync(register, _context));
            ThrowUnlessCarriedOut(await _dispatcher.DispatchAsync(ready, _context));
            _ = Desktops[ready.Agent];
        }

        public async ValueTask FindAsync(AgentIdentity agent)
        {
            if (await _registry.FindAsync(agent) is null || Desktops[agent].Agent != agent || _states.AvailabilityOf(agent) != AgentAvailability.Available)
            {
                throw new InvalidOperationException($"{agent} is missing.");
            }
        }

        public async ValueTask SignOutAsync(UnregisterCallout unregister) => ThrowUnlessCarriedOut(await _dispatcher.DispatchAsync(unregister, _context));

        public async ValueTask DisposeAsync()
        {
            await Desktops.DisposeAsync();
            _client.Dispose();
            _http.Dispose();
        }

        private static void ThrowUnlessCarriedOut(CalloutReply reply)
        {
            if (!reply.IsSuccess)
            {
                throw new InvalidOperationException(reply.ErrorMessage);
            }
        }
    }

    /// <summary>Keeps agents in dictionaries, which is the lower bound.</summary>
    private sealed class Dictionaries : IAgents
    {
        private readonly ConcurrentDictionary<AgentIdentity, object> _addresses = new();
        private readonly ConcurrentDictionary<AgentIdentity, object> _states = new();
        private readonly ConcurrentDictionary<AgentIdentity, object> _desktops = new();

        public ValueTask SignInAsync(RegisterCallout register, ReadyCallout ready)
        {
            _addresses[register.Agent] = new();
            _states[ready.Agent] = new();
            _desktops[ready.Agent] = new();
            return default;
        }

        public ValueTask FindAsync(AgentIdentity agent) =>
            _addresses.ContainsKey(agent) && _desktops.ContainsKey(agent) && _states.ContainsKey(agent)
                ? default
                : throw new InvalidOperationException($"{agent} is missing.");

        public ValueTask SignOutAsync(UnregisterCallout unregister)
        {
            _ = _addresses.TryRemove(unregister.Agent, out _);
            _ = _states.TryRemove(unregister.Agent, out _);
            return default;
        }

        public ValueTask DisposeAsync() => default;
    }

    /// <summary>Plays EBS in memory: receives an event, and answers 200 on another thread as a network would.</summary>
    private sealed class Stub : HttpMessageHandler
    {
        private long _answered;

        public long Answered => Interlocked.Read(ref _answered);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            await Task.Yield();
            _ = Interlocked.Increment(ref _answered);
            return new(HttpStatusCode.OK) { RequestMessage = request };
        }
    }
}
