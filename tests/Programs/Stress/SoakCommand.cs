using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Stress;

/// <summary>Runs hours of a contact centre in minutes, and checks that no message is lost and no resource grows.</summary>
internal static class SoakCommand
{
    private const int Agents = 100;
    private const int MessagesOfCall = 5;
    private const long MoreMemory = 4L << 20;
    private const int MoreHandles = 30;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenSamples = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(30);

    /// <summary>Runs the load and judges the result.</summary>
    /// <param name="args"><c>--minutes N</c>, 10 by default, and <c>--rate R</c>, the callouts and events per second together, 300 by default.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        TimeSpan duration = TimeSpan.FromMinutes(CommandLine.Number(args, "--minutes", 10));
        double rate = CommandLine.Number(args, "--rate", 300);
        Console.WriteLine(FormattableString.Invariant($"soak --minutes {duration.TotalMinutes} --rate {rate}"));

        var agents = new InMemoryAgentRegistry();
        using var ebs = new EbsStandIn();
        using var client = new HttpEventClient();
        var endpoint = new CalloutEndpoint(new CalloutDispatcher(Handlers(), agents));
        await using var listener = new CalloutListener(endpoint, new() { Port = 0 });
        listener.Start();
        using var callouts = new CalloutSender(listener.Url);
        var counts = new SoakCounts();

        // Replace this function to test another way to send an agent's events.
        async Task<EventDelivery> Send(AgentIdentity agent, CctEvent cctEvent, CancellationToken token)
        {
            EbsAddress ebsAddress = await agents.FindAsync(agent, token) ?? throw new InvalidOperationException("The agent is not registered.");
            return await client.SendAsync(ebsAddress, cctEvent, token);
        }

        SoakAgent[] crew = [.. Enumerable.Range(0, Agents).Select(i => new SoakAgent(new($"{70000 + i}", $"{7000 + i}"), callouts, Send, counts))];
        await Task.WhenAll(crew.Select(agent => agent.RegisterAsync(ebs.Port)));

        List<SoakSample> samples = await LoadAsync(crew, counts, ebs, duration, rate / MessagesOfCall);
        await Task.WhenAll(crew.Select(agent => agent.Call)).WaitAsync(Patience);
        Console.WriteLine(FormattableString.Invariant($"Callouts that the client sent again because their connection ended: {callouts.Repeated}"));
        return Judge(samples, counts, ebs, duration) ? 0 : 1;
    }

    private static async Task<List<SoakSample>> LoadAsync(SoakAgent[] crew, SoakCounts counts, EbsStandIn ebs, TimeSpan duration, double callsPerSecond)
    {
        var samples = new List<SoakSample>();
        long started = Stopwatch.GetTimestamp();
        TimeSpan nextSample = TimeSpan.Zero;
        TimeSpan nextLine = TimeSpan.Zero;
        long begun = 0;
        int next = 0;
        Console.WriteLine(SoakSample.Header);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (await ticks.WaitForNextTickAsync())
        {
            TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
            if (elapsed >= nextSample || elapsed >= duration)
            {
                samples.Add(SoakSample.Take(elapsed, counts, ebs.Received));
                nextSample = elapsed + BetweenSamples;
                if (elapsed >= nextLine || elapsed >= duration)
                {
                    Console.WriteLine(samples[^1]);
                    nextLine = elapsed + BetweenLines;
                }
            }

            if (elapsed >= duration)
            {
                return samples;
            }

            for (; begun < elapsed.TotalSeconds * callsPerSecond; begun++)
            {
                // An agent has one call at a time. If all agents have a call, the rate is too high for this machine. The output shows the skipped calls.
                SoakAgent agent = crew[next++ % crew.Length];
                if (agent.Call.IsCompleted)
                {
                    agent.BeginCall();
                }
                else
                {
                    counts.Skip();
                }
            }
        }

        return samples;
    }

    private static bool Judge(List<SoakSample> samples, SoakCounts counts, EbsStandIn ebs, TimeSpan duration)
    {
        // Ignore the beginning, which creates what is created once, such as threads and connections.
        SoakSample[] settled = [.. samples.Where(sample => sample.Elapsed > duration / 10)];
        int third = Math.Max(settled.Length / 3, 1);
        SoakSample[] first = settled[..third];
        SoakSample[] last = settled[^third..];
        Console.WriteLine(SoakSample.Take(duration, counts, ebs.Received));
        bool complete = counts.CalloutsAnswered == counts.CalloutsSent
            && counts.EventsDelivered == counts.EventsSent
            && ebs.Received == counts.EventsSent
            && ebs.Repeated == 0;
        string figures = FormattableString.Invariant($"{counts.CalloutsSent:N0} callouts, {counts.CalloutsAnswered:N0} answered; ")
            + FormattableString.Invariant($"{counts.EventsSent:N0} events, {counts.EventsDelivered:N0} delivered, {ebs.Received:N0} arrived, ")
            + FormattableString.Invariant($"{ebs.Repeated} twice; {counts.Skipped:N0} calls skipped");
        double mayGrow = (MoreMemory >> 10) + (first.Average(sample => sample.ManagedMemory >> 10) / 10);
        bool[] verdicts =
        [
            Verdict("no message lost or repeated", complete, figures),
            Flat("managed memory (KiB)", first, last, sample => sample.ManagedMemory >> 10, mayGrow),
            Flat("handles", first, last, sample => sample.Handles, MoreHandles),
            Flat("threads", first, last, sample => sample.Threads, MoreHandles),
        ];
        foreach (string failure in counts.Failures)
        {
            Console.WriteLine($"  {failure}");
        }

        return verdicts.All(holds => holds);
    }

    private static bool Flat(string what, SoakSample[] first, SoakSample[] last, Func<SoakSample, double> value, double mayGrow)
    {
        double before = first.Average(value);
        double after = last.Average(value);
        return Verdict($"{what} stable", after <= before + mayGrow, FormattableString.Invariant($"first third {before:N1}, last third {after:N1}"));
    }

    private static bool Verdict(string what, bool holds, string figures)
    {
        Console.WriteLine($"{(holds ? "ok    " : "FAILED")} {what}: {figures}");
        return holds;
    }

    private static CalloutHandlers Handlers()
    {
        static ValueTask<CalloutReply> Done(Callout callout, CalloutContext context, CancellationToken token) => new(CalloutReply.Success);
        return new CalloutHandlers().HandleAsync<ReadyCallout>(Done).HandleAsync<MakeCallCallout>(async (call, context, token) =>
        {
            await Task.Yield();
            return await Done(call, context, token);
        });
    }
}

/// <summary>Represents the state of the process at one moment.</summary>
internal sealed record SoakSample(
    TimeSpan Elapsed, long Sent, long Answered, long Lost, long ManagedMemory, long WorkingSet, int Handles, int Threads, int TimeWait)
{
    public static string Header => "    time       sent   answered     lost  managed KiB  working set MiB  handles  threads  sockets in TIME_WAIT";

    public static SoakSample Take(TimeSpan elapsed, SoakCounts counts, long arrived)
    {
        long memory = GC.GetTotalMemory(forceFullCollection: true);
        using var process = Process.GetCurrentProcess();
        long answered = counts.CalloutsAnswered + counts.EventsDelivered;
        return new(
            elapsed,
            counts.CalloutsSent + counts.EventsSent,
            answered,
            counts.CalloutsFailed + counts.EventsFailed + Math.Max(counts.EventsDelivered - arrived, 0),
            memory,
            process.WorkingSet64,
            Directory.Exists("/proc/self/fd") ? Directory.GetFiles("/proc/self/fd").Length : process.HandleCount,
            process.Threads.Count,
            SocketsInTimeWait());
    }

    public override string ToString() => FormattableString.Invariant(
        $"{Elapsed:mm\\:ss\\.f} {Sent,10:N0} {Answered,10:N0} {Lost,8:N0} {ManagedMemory >> 10,12:N0} {WorkingSet >> 20,16:N0} ")
        + FormattableString.Invariant($"{Handles,8:N0} {Threads,8:N0} {TimeWait,22:N0}");

    /// <summary>
    /// Returns how many sockets wait after closing. Each event has its own connection, whose port is not free again for a minute. There are about 28,000 ports.
    /// </summary>
    private static int SocketsInTimeWait()
    {
        const string Statistics = "/proc/net/sockstat";
        string[] words = File.Exists(Statistics) ? File.ReadAllText(Statistics).Split(' ') : [];
        int index = Array.IndexOf(words, "tw");
        return index < 0 ? 0 : int.Parse(words[index + 1], CultureInfo.InvariantCulture);
    }
}
