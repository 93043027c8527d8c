using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Stress;

/// <summary>
/// Repeatedly kills a process during registrations, and checks that the file of the registry always loads and has every acknowledged registration.
/// </summary>
internal static class Kill
{
    private const int Tasks = 8;
    private const int AgentsOfTask = 4;
    private const int LongestRun = 250;

    private static readonly TimeSpan ChildDeadline = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(int rounds)
    {
        string folder = Directory.CreateTempSubdirectory("cct-kill-").FullName;
        try
        {
            return await RunAsync(Path.Combine(folder, "agents.txt"), rounds);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>
    /// Runs in the process that is killed. It registers and unregisters agents without end, and writes a line when a change begins and when it is complete.
    /// </summary>
    public static async Task<int> ChildAsync(string path)
    {
        using var registry = new FileAgentRegistry(path);
        await Task.WhenAll(Enumerable.Range(0, Tasks).Select(task => Task.Run(async () =>
        {
            var random = new Random();
            while (true)
            {
                int agent = (task * AgentsOfTask) + random.Next(AgentsOfTask);
                int port = random.Next(4) == 0 ? 0 : random.Next(1, 65536);
                await WriteAsync("begin", agent, port);
                if (port == 0)
                {
                    _ = await registry.UnregisterAsync(AgentOf(agent));
                }
                else
                {
                    await registry.RegisterAsync(AgentOf(agent), AddressOf(port));
                }

                await WriteAsync("done", agent, port);
            }
        })));
        return 0;
    }

    private static async Task<int> RunAsync(string path, int rounds)
    {
        var expected = new Dictionary<int, int>();
        var clock = Stopwatch.StartNew();
        long acknowledged = 0;
        int killedWhileWriting = 0;
        int leftovers = 0;
        for (int round = 1; round <= rounds; round++)
        {
            var running = new Dictionary<int, int>();
            foreach (string line in await RunAndKillAsync(path))
            {
                string[] words = line.Split(' ');
                (int agent, int port) = (int.Parse(words[1], CultureInfo.InvariantCulture), int.Parse(words[2], CultureInfo.InvariantCulture));
                if (words[0] == "begin")
                {
                    running[agent] = port;
                }
                else
                {
                    acknowledged++;
                    expected[agent] = port;
                    _ = running.Remove(agent);
                }
            }

            killedWhileWriting += running.Count > 0 ? 1 : 0;
            leftovers += File.Exists(path + ".new") ? 1 : 0;
            using var registry = new FileAgentRegistry(path);
            if (registry.Problem is { } problem)
            {
                Console.WriteLine($"Round {round}: {problem}");
                return 1;
            }

            IReadOnlyDictionary<AgentIdentity, EbsAddress> found = await registry.ListAsync();
            for (int agent = 0; agent < Tasks * AgentsOfTask; agent++)
            {
                int port = found.TryGetValue(AgentOf(agent), out EbsAddress? ebsAddress) ? ebsAddress.Port : 0;
                if (port != expected.GetValueOrDefault(agent) && !(running.TryGetValue(agent, out int begun) && port == begun))
                {
                    Console.WriteLine($"Round {round}: agent {agent} has port {port}. Expected port {expected.GetValueOrDefault(agent)} (0: not registered).");
                    return 1;
                }

                expected[agent] = port;
            }

            if (found.Keys.Except(Enumerable.Range(0, Tasks * AgentsOfTask).Select(AgentOf)).Any())
            {
                Console.WriteLine($"Round {round}: the file has agents that were not registered.");
                return 1;
            }
        }

        Console.WriteLine(FormattableString.Invariant($"Killed {rounds} times in {clock.Elapsed.TotalSeconds:0} s, ")
            + FormattableString.Invariant($"{killedWhileWriting} times during a change, {leftovers} times while a file was written. ")
            + FormattableString.Invariant($"The file always loaded, with all of {acknowledged} acknowledged changes."));
        return killedWhileWriting > 0 ? 0 : 1;
    }

    /// <summary>Starts the process and kills it.</summary>
    /// <returns>The complete lines that the process wrote.</returns>
    private static async Task<IEnumerable<string>> RunAndKillAsync(string path)
    {
        using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, CommandLine("kill-child", path)) { RedirectStandardOutput = true })!;
        try
        {
            using var deadline = new System.Threading.CancellationTokenSource(ChildDeadline);
            string first = await child.StandardOutput.ReadLineAsync(deadline.Token)
                ?? throw new InvalidOperationException("The child ended before it was killed.");
            Task<string> rest = child.StandardOutput.ReadToEndAsync(deadline.Token);
            await Task.Delay(Random.Shared.Next(LongestRun), deadline.Token);
            child.Kill();
            await child.WaitForExitAsync(deadline.Token);
            string text = await rest;
            return $"{first}\n{text}"[..(first.Length + 1 + text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        finally
        {
            if (!child.HasExited)
            {
                child.Kill();
            }
        }
    }

    /// <summary>Returns the arguments to start this program again, whether "dotnet" runs it or it runs directly.</summary>
    private static string[] CommandLine(params string[] arguments) =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(Kill).Assembly.Location, .. arguments] : arguments;

    private static Task WriteAsync(string what, int agent, int port) =>
        Console.Out.WriteLineAsync(FormattableString.Invariant($"{what} {agent} {port}"));

    /// <summary>Returns an agent whose names the file must escape.</summary>
    private static AgentIdentity AgentOf(int number) => new(FormattableString.Invariant($"7\t{number}"), FormattableString.Invariant($"{number}\n\"\\é"));

    private static EbsAddress AddressOf(int port) => new("127.0.0.1", port);
}
