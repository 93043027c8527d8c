using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Runtime;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Benchmarks;

/// <summary>A way through the library and the same way without it.</summary>
/// <param name="Name">The way.</param>
/// <param name="Rival">What goes it without the library.</param>
/// <param name="LibraryAsync">A load of some time on the library.</param>
/// <param name="RivalAsync">The same on the rival.</param>
/// <param name="HasBar">Whether the library has to come near the rival.</param>
internal sealed record Way(string Name, string Rival, Func<TimeSpan, Task<Throughput>> LibraryAsync, Func<TimeSpan, Task<Throughput>> RivalAsync, bool HasBar = true);

/// <summary>The whole path, over HTTP: requests per second of whoever takes callouts, events per second of whoever sends them. Library and platform take turns.</summary>
internal static class Paths
{
    private const int Rounds = 45;
    private const int MostWarmUps = 10;
    private const int Senders = 32;
    private const double LeastShare = 0.90;

    /// <summary>Short, so that what else the machine does falls to both alike; but a client that has to be compiled first needs its time.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(Load.IsReadyAtOnce ? 1 : 5);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    private static readonly ScreenPopEvent ScreenPop = new() { SourceId = "2026-42", Ani = "4155550100", Dnis = "70002", CustomerId = "1001", ScreenPopType = ScreenPopType.ServiceRequest };

    public static async Task<int> RunAsync()
    {
        await using var hosts = new Hosts();
        await hosts.ThrowUnlessEqualAsync();
        using Receiver receiver = await Receiver.StartAsync();
        using var library = new HttpEventClient();
        using HttpClient alike = NewClient(HttpEventClient.CreateHandler(), isClosed: true);
        using HttpClient pooled = NewClient(new SocketsHttpHandler { UseProxy = false }, isClosed: false);

        List<Outcome> outcomes = [];
        foreach (Way way in Ways())
        {
            Outcome outcome = await MeasureAsync(way);
            Console.WriteLine($"path {way.Name} {outcome.Library.PerSecond:0} {outcome.Rival.PerSecond:0} {outcome.Share:0.000} {outcome.Library.P99Milliseconds:0.00} {outcome.Rival.P99Milliseconds:0.00}");
            outcomes.Add(outcome);
        }

        Console.WriteLine();
        Console.WriteLine($"{Environment.ProcessorCount} cores, which both processes share. Callouts: {Load.Description}. Events: {Senders} senders, and a second process that takes them. Medians of {Rounds} rounds of {Turn.TotalSeconds} s, in turns.");
        Console.WriteLine();
        Console.WriteLine("| Path | Library, per second | p99 | Rival | per second | p99 | Share |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        outcomes.ForEach(outcome => Console.WriteLine(
            $"| {outcome.Way.Name} | {outcome.Library.PerSecond:0} | {outcome.Library.P99Milliseconds:0.00} ms | {outcome.Way.Rival} | {outcome.Rival.PerSecond:0} | {outcome.Rival.P99Milliseconds:0.00} ms | {outcome.Share:P0} |"));
        Console.WriteLine();

        List<Outcome> missed = outcomes.FindAll(outcome => outcome.Way.HasBar && outcome.Share < LeastShare);
        missed.ForEach(outcome => Console.WriteLine($"MISSED: {outcome.Way.Name} reaches {outcome.Share:P1} of {outcome.Way.Rival}; the bar is {LeastShare:P0}."));
        return missed.Count == 0 ? 0 : 1;

        IEnumerable<Way> Ways()
        {
            foreach (string function in new[] { "CheckStatus", "Login" })
            {
                yield return new($"Kestrel-{function}", "bare Kestrel", turn => CarriedOutAsync(hosts.Kestrel, function, turn), turn => Load.RunAsync(hosts.BareKestrel, function, turn));
                yield return new($"CalloutListener-{function}", "bare HttpListener", turn => CarriedOutAsync(hosts.Listener, function, turn), turn => Load.RunAsync(hosts.BareListener, function, turn));
            }

            var url = new Uri($"http://{receiver.Address}/");
            byte[] document = CctXmlFormatter.Default.WriteToArray(ScreenPop);
            yield return new("HttpEventClient", "PostAsync, a connection each", SendAsync, turn => Load.RunAsync(Senders, turn, () => PostAsync(alike, url, document)));
            yield return new("HttpEventClient-beside-kept-connections", "PostAsync, connections kept", SendAsync, turn => Load.RunAsync(Senders, turn, () => PostAsync(pooled, url, document)), HasBar: false);
        }

        async Task<Throughput> CarriedOutAsync(Uri url, string function, TimeSpan turn)
        {
            long before = hosts.CarriedOut;
            Throughput load = await Load.RunAsync(url, function, turn);
            return hosts.CarriedOut - before >= load.Count ? load : throw new InvalidOperationException("Not every callout was carried out.");
        }

        Task<Throughput> SendAsync(TimeSpan turn) => Load.RunAsync(Senders, turn, async () =>
        {
            EventDelivery delivery = await library.SendAsync(receiver.Address, ScreenPop);
            if (delivery.Status != EventDeliveryStatus.Delivered)
            {
                throw new InvalidOperationException("Not every event was delivered.", delivery.Exception);
            }
        });
    }

    private static async Task<Outcome> MeasureAsync(Way way)
    {
        // Until the runtime has compiled everything anew that it means to.
        long compiled = -1;
        for (int i = 0; i < MostWarmUps && JitInfo.GetCompiledMethodCount() != compiled; i++)
        {
            compiled = JitInfo.GetCompiledMethodCount();
            _ = await way.LibraryAsync(WarmUp);
            _ = await way.RivalAsync(WarmUp);
        }

        List<(Throughput Library, Throughput Rival)> rounds = [];
        for (int round = 0; round < Rounds; round++)
        {
            if (round % 2 == 0)
            {
                Throughput library = await way.LibraryAsync(Turn);
                rounds.Add((library, await way.RivalAsync(Turn)));
            }
            else
            {
                Throughput rival = await way.RivalAsync(Turn);
                rounds.Add((await way.LibraryAsync(Turn), rival));
            }
        }

        // Of each pair, since what else the machine does changes from round to round.
        double share = rounds.Select(round => round.Library.PerSecond / round.Rival.PerSecond).Median();
        return new(way, Throughput.Median(rounds.Select(round => round.Library)), Throughput.Median(rounds.Select(round => round.Rival)), share);
    }

    private static HttpClient NewClient(HttpMessageHandler handler, bool isClosed)
    {
        var client = new HttpClient(handler);
        client.DefaultRequestHeaders.ConnectionClose = isClosed;
        return client;
    }

    private static async Task PostAsync(HttpClient client, Uri url, byte[] document)
    {
        using var content = new ByteArrayContent(document) { Headers = { ContentType = new MediaTypeHeaderValue("text/xml") } };
        using HttpResponseMessage answer = await client.PostAsync(url, content);
        _ = answer.EnsureSuccessStatusCode();
    }

    /// <param name="Way">The way.</param>
    /// <param name="Library">The library's median.</param>
    /// <param name="Rival">The rival's median.</param>
    /// <param name="Share">How much of the rival's rate the library reaches.</param>
    private sealed record Outcome(Way Way, Throughput Library, Throughput Rival, double Share);
}
