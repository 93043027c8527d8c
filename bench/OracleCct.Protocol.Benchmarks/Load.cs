using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Benchmarks;

/// <summary>Represents the result of a load: the count, the rate, and the longest wait of 99 in 100.</summary>
internal readonly record struct Throughput(long Count, double PerSecond, double P99Milliseconds)
{
    /// <summary>Returns the median of each figure.</summary>
    public static Throughput Median(IEnumerable<Throughput> rounds)
    {
        List<Throughput> all = [.. rounds];
        return new(all.Sum(round => round.Count), Middle(round => round.PerSecond), Middle(round => round.P99Milliseconds));

        double Middle(Func<Throughput, double> figure) => all.Select(figure).Median();
    }
}

/// <summary>Sends callouts from a second process: wrk if it is installed, otherwise this program.</summary>
internal static partial class Load
{
    public const string ClientVerb = "client";

    private const int Connections = 32;
    private const int Agents = 1000;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);
    private static readonly string? Wrk = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "wrk"))
        .FirstOrDefault(File.Exists);

    public static bool IsReadyAtOnce => Wrk is not null;

    public static string Description =>
        FormattableString.Invariant($"{Connections} connections of {(Wrk is null ? "this program's own client" : "wrk")} in a second process");

    /// <summary>Sends one kind of callout for some time. Callouts of an agent name one agent after another.</summary>
    public static async Task<Throughput> RunAsync(Uri url, string function, TimeSpan duration)
    {
        string seconds = ((int)duration.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Wrk is null ? ReadOwn(await OutputOfAsync(Self(ClientVerb, url.AbsoluteUri, function, seconds))) : await RunWrkAsync(url, function, seconds);
    }

    /// <summary>Returns how to start this program again.</summary>
    public static ProcessStartInfo Self(params string[] arguments) => new(
        Environment.ProcessPath!,
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(Load).Assembly.Location, .. arguments] : arguments);

    /// <summary>Runs the second process, if it is this program.</summary>
    public static async Task RunClientAsync(Uri url, string function, TimeSpan duration)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        string[] queries = Queries(function);
        int sent = 0;
        Throughput throughput = await RunAsync(
            Connections,
            duration,
            async () =>
            {
                using HttpResponseMessage answer = await client.GetAsync(new Uri(url, "?" + queries[Interlocked.Increment(ref sent) % queries.Length]));
                _ = answer.EnsureSuccessStatusCode();
            });
        Console.WriteLine(FormattableString.Invariant($"{throughput.Count} {throughput.PerSecond} {throughput.P99Milliseconds}"));
    }

    /// <summary>Repeats an action for some time, several times in parallel.</summary>
    public static async Task<Throughput> RunAsync(int sideBySide, TimeSpan duration, Func<Task> act)
    {
        var waits = new ConcurrentBag<List<TimeSpan>>();
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, sideBySide).Select(_ => Task.Run(async () =>
        {
            List<TimeSpan> own = [];
            while (Stopwatch.GetElapsedTime(start) < duration)
            {
                long begun = Stopwatch.GetTimestamp();
                await act();
                own.Add(Stopwatch.GetElapsedTime(begun));
            }

            waits.Add(own);
        })));
        TimeSpan taken = Stopwatch.GetElapsedTime(start);
        return Of(waits.SelectMany(own => own), taken);
    }

    public static Throughput Of(IEnumerable<TimeSpan> waits, TimeSpan taken)
    {
        TimeSpan[] sorted = [.. waits];
        Array.Sort(sorted);
        return new(sorted.Length, sorted.Length / taken.TotalSeconds, sorted[sorted.Length * 99 / 100].TotalMilliseconds);
    }

    private static string[] Queries(string function) => function switch
    {
        "CheckStatus" => [CalloutQueryFormatter.Default.Write(new CheckStatusCallout())],
        "Login" => [.. Enumerable.Range(0, Agents).Select(number => CalloutQueryFormatter.Default.Write(
            new LoginCallout(FormattableString.Invariant($"{70000 + number}"), FormattableString.Invariant($"{7000 + number}"), new("p@ssw0rd42"), "7700")))],
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "Use CheckStatus or Login."),
    };

    private static async Task<Throughput> RunWrkAsync(Uri url, string function, string seconds)
    {
        string script = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.lua");
        await File.WriteAllTextAsync(
            script,
            $$"""
            local queries, requests, sent = { {{string.Join(", ", Queries(function).Select(query => $"\"{query}\""))}} }, {}, 0
            function init() for i, query in ipairs(queries) do requests[i] = wrk.format("GET", "/?" .. query) end end
            function request() sent = sent % #requests + 1; return requests[sent] end
            """);
        try
        {
            string[] arguments = ["-t1", FormattableString.Invariant($"-c{Connections}"), $"-d{seconds}s", "--latency", "-s", script, url.AbsoluteUri];
            string output = await OutputOfAsync(new(Wrk!, arguments));
            Match p99 = P99().Match(output);
            return output.Contains("Socket errors", StringComparison.Ordinal) || output.Contains("Non-2xx", StringComparison.Ordinal)
                ? throw new InvalidOperationException($"Not every callout was answered:{Environment.NewLine}{output}")
                : new((long)Number(Requests().Match(output)), Number(PerSecond().Match(output)), Number(p99) * UnitOf(p99));
        }
        finally
        {
            File.Delete(script);
        }

        static double Number(Match match) => double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);

        static double UnitOf(Match match) => match.Groups[2].Value switch { "us" => 0.001, "ms" => 1, _ => 1000 };
    }

    private static Throughput ReadOwn(string output)
    {
        double[] figures = [.. output.Split(' ').Select(figure => double.Parse(figure, CultureInfo.InvariantCulture))];
        return new((long)figures[0], figures[1], figures[2]);
    }

    private static async Task<string> OutputOfAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        using Process process = Process.Start(start)!;
        try
        {
            using var deadline = new CancellationTokenSource(Grace);
            string output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{start.FileName} ended with {process.ExitCode}.");
        }
        finally
        {
            process.Kill();
        }
    }

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex Requests();

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex PerSecond();

    [GeneratedRegex(@"99%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex P99();
}
