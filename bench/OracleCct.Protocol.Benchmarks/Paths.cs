using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Runtime;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Benchmarks;

/// <summary>Represents a path through the library and the same path without it.</summary>
/// <param name="Name">The name of the path.</param>
/// <param name="Rival">The name of the rival, which does the same without the library.</param>
/// <param name="LibraryAsync">Puts a load on the library for some time.</param>
/// <param name="RivalAsync">Puts the same load on the rival.</param>
/// <param name="HasBar">Whether the library must meet the bar.</param>
internal sealed record Way(
    string Name, string Rival, Func<TimeSpan, Task<Throughput>> LibraryAsync, Func<TimeSpan, Task<Throughput>> RivalAsync, bool HasBar = true);

/// <summary>
/// Measures the whole path over HTTP: callouts per second of each server, and events per second of each client. The library and the platform take turns.
/// </summary>
internal static class Paths
{
    private const int Rounds = 45;
    private const int MostWarmUps = 10;
    private const int Senders = 32;
    private const double LeastShare = 0.90;

    /// <summary>
    /// Gets the length of a turn. It is short, so that other load on the machine affects both sides equally. A client that must be compiled first needs longer.
    /// </summary>
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(Load.IsReadyAtOnce ? 1 : 5);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    private static readonly ScreenPopEvent ScreenPop = new("2026-42", "4155550100", "70002")
    {
        CustomerId = "1001",
        ScreenPopType = ScreenPopType.ServiceRequest,
    };

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
            (Throughput own, Throughput other) = (outcome.Library, outcome.Rival);
            Console.WriteLine(
                $"path {way.Name} {own.PerSecond:0} {other.PerSecond:0} {outcome.Share:0.000} {own.P99Milliseconds:0.00} "
                + $"{other.P99Milliseconds:0.00}");
            outcomes.Add(outcome);
        }

        Console.WriteLine();
        Console.WriteLine(
            $"Both processes share {Environment.ProcessorCount} cores. Callouts: {Load.Description}. Events: {Senders} senders, and a "
            + "second process that receives them.");
        Console.WriteLine($"Medians of {Rounds} rounds of {Turn.TotalSeconds} s, in turns.");
        Console.WriteLine();
        Console.WriteLine("| Path | Library, per second | p99 | Rival | Rival, per second | p99 | Share |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        outcomes.ForEach(outcome => Console.WriteLine(
            $"| {outcome.Way.Name} | {outcome.Library.PerSecond:0} | {outcome.Library.P99Milliseconds:0.00} ms "
            + $"| {outcome.Way.Rival} | {outcome.Rival.PerSecond:0} | {outcome.Rival.P99Milliseconds:0.00} ms | {outcome.Share:P0} |"));
        Console.WriteLine();

        List<Outcome> missed = outcomes.FindAll(outcome => outcome.Way.HasBar && outcome.Share < LeastShare);
        missed.ForEach(outcome =>
            Console.WriteLine($"MISSED: {outcome.Way.Name} reaches {outcome.Share:P1} of {outcome.Way.Rival}. The bar is {LeastShare:P0}."));
        return missed.Count == 0 ? 0 : 1;

        IEnumerable<Way> Ways()
        {
            foreach (string function in new[] { "CheckStatus", "Login" })
            {
                yield return new(
                    $"Kestrel-{function}",
                    "bare Kestrel",
                    turn => CarriedOutAsync(hosts.Kestrel, function, turn),
                    turn => Load.RunAsync(hosts.BareKestrel, function, turn));
                yield return new(
                    $"CalloutListener-{function}",
                    "bare HttpListener",
                    turn => CarriedOutAsync(hosts.Listener, function, turn),
                    turn => Load.RunAsync(hosts.BareListener, function, turn));
            }

            var url = new Uri($"http://{receiver.Address}/");
            byte[] document = CctXmlFormatter.Default.WriteToArray(ScreenPop);
            yield return new(
                "HttpEventClient",
                "PostAsync, one connection each",
                SendAsync,
                turn => Load.RunAsync(Senders, turn, () => PostAsync(alike, url, document)));
            yield return new(
                "HttpEventClient-against-kept-connections",
                "PostAsync, connections kept",
                SendAsync,
                turn => Load.RunAsync(Senders, turn, () => PostAsync(pooled, url, document)),
                HasBar: false);
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
        // Warm up until the runtime recompiles no more methods.
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

        // Take the median of each round's share, because the other load on the machine changes from round to round.
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

    /// <summary>Represents the result of a path.</summary>
    /// <param name="Way">The path.</param>
    /// <param name="Library">The median of the library.</param>
    /// <param name="Rival">The median of the rival.</param>
    /// <param name="Share">The library's rate divided by the rival's rate.</param>
    private sealed record Outcome(Way Way, Throughput Library, Throughput Rival, double Share);
}
