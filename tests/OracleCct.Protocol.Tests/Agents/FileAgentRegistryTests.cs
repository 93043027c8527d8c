using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using FsCheck.Fluent;
using OracleCct.Protocol.Tests.Support;
using OracleCct.Protocol.Tests.Wire;
using Xunit;

namespace OracleCct.Protocol.Tests.Agents;

[Collection(Law.Collection)]
public sealed class FileAgentRegistryTests : IDisposable
{
    private static readonly AgentIdentity Other = new("70003", "7002");
    private static readonly FixedTime Now = new(new(2026, 11, 22, 9, 30, 0, TimeSpan.FromHours(2)));

    private readonly string _folder = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"cct-registry-{Guid.NewGuid():N}");

    private string Path => System.IO.Path.Combine(_folder, "agents.txt");

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public async Task Registrations_survive_the_registry()
    {
        using (FileAgentRegistry first = Open())
        {
            await first.RegisterAsync(Messages.Agent, new("127.0.0.1", 8888));
            await first.RegisterAsync(Other, new("::1", 8889));
            await first.RegisterAsync(Messages.Agent, new("127.0.0.1", 9999));
            Assert.True(await first.UnregisterAsync(Other));
            Assert.False(await first.UnregisterAsync(Other));
            await first.RegisterAsync(Other, new("desk-12.example.com", 8889));
        }

        using FileAgentRegistry second = Open();
        Assert.Equal(new EbsAddress("127.0.0.1", 9999), await second.FindAsync(Messages.Agent));
        Assert.Equal(new EbsAddress("desk-12.example.com", 8889), await second.FindAsync(Other));
        Assert.Null(await second.FindAsync(new("70002", "7002")));
        Assert.Equal(2, (await second.ListAsync()).Count);
        Assert.Equal((null, null), (second.SetAside, second.Problem));
    }

    [Fact]
    public async Task The_file_is_text_that_people_can_read()
    {
        using FileAgentRegistry registry = Open();
        await registry.RegisterAsync(Messages.Agent, new("127.0.0.1", 8888));
        await registry.RegisterAsync(new("7\t0", "Zoë\\\n"), new("::1", 1));

        Assert.Equal(
            """
            OracleCct.Protocol agent registry 1
            telesetNumber	agentID	ipAddress	port
            70002	7001	127.0.0.1	8888
            7\u00090	Zo\u00eb\u005c\u000a	::1	1
            end	2	3d4fafa64e1222fd

            """.Replace("\r", ""),
            File.ReadAllText(Path));
    }

    [Fact]
    public void Any_agent_survives() => Law.Holds(
        Arb.From(HostileText.Any.Two()),
        pair => $"{pair.Item1} | {pair.Item2}",
        pair =>
        {
            var agent = new AgentIdentity(pair.Item1, pair.Item2);
            Dispose();
            using (FileAgentRegistry first = Open())
            {
                first.RegisterAsync(agent, new("127.0.0.1", 8888)).AsTask().GetAwaiter().GetResult();
            }

            using FileAgentRegistry second = Open();
            Assert.Null(second.Problem);
            Assert.Equal(agent, Assert.Single(second.ListAsync().AsTask().GetAwaiter().GetResult()).Key);
        },
        tests: 100);

    [Fact]
    public async Task A_change_is_on_disk_when_it_is_complete()
    {
        using FileAgentRegistry registry = Open();
        for (int port = 1; port <= 20; port++)
        {
            await registry.RegisterAsync(Messages.Agent, new("127.0.0.1", port));

            Assert.Contains($"\t127.0.0.1\t{port}\n", File.ReadAllText(Path), StringComparison.Ordinal);
        }

        _ = await registry.UnregisterAsync(Messages.Agent);
        Assert.Contains("\nend\t0\t", File.ReadAllText(Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_changes_nothing_is_not_written()
    {
        using FileAgentRegistry registry = Open();
        await registry.RegisterAsync(Messages.Agent, new("desk", 8888));
        File.WriteAllText(Path, "mine");

        await registry.RegisterAsync(Messages.Agent, new("DESK", 8888));
        _ = await registry.UnregisterAsync(Other);
        Assert.Equal("mine", File.ReadAllText(Path));

        await registry.RegisterAsync(Messages.Agent, new("desk", 8889));
        Assert.NotEqual("mine", File.ReadAllText(Path));
    }

    [Fact]
    public async Task Many_at_once_are_all_kept_and_each_agents_last_word_counts()
    {
        AgentIdentity[] agents = [.. Enumerable.Range(0, 500).Select(i => new AgentIdentity($"{i}", "x"))];
        using (FileAgentRegistry registry = Open())
        {
            await Task.WhenAll(agents.Select((agent, i) => Task.Run(async () =>
            {
                await registry.RegisterAsync(agent, new("127.0.0.1", 1));
                await registry.RegisterAsync(agent, new("127.0.0.1", 1000 + i));
                if (i % 10 == 0)
                {
                    Assert.True(await registry.UnregisterAsync(agent));
                }
            }))).Within("the registrations");
        }

        using FileAgentRegistry second = Open();
        IReadOnlyDictionary<AgentIdentity, EbsAddress> all = await second.ListAsync();
        Assert.Equal(450, all.Count);
        Assert.All(agents.Select((agent, i) => (agent, i)).Where(one => one.i % 10 != 0), one => Assert.Equal(1000 + one.i, all[one.agent].Port));
    }

#if NET
    [Fact]
    public async Task Changes_that_come_together_share_a_write()
    {
        using FileAgentRegistry registry = Open();
        int writes = 0;
        var seen = new TaskCompletionSource();
        using var watcher = new FileSystemWatcher(_folder);
        watcher.Renamed += (_, renamed) => _ = renamed.FullPath == Path ? Interlocked.Increment(ref writes) : 0;
        watcher.Created += (_, created) => _ = created.Name == "fence" && seen.TrySetResult();
        watcher.EnableRaisingEvents = true;

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => registry.RegisterAsync(new($"{i}", "x"), new("127.0.0.1", 8888)).AsTask()))
            .Within("the registrations");
        File.WriteAllText(System.IO.Path.Combine(_folder, "fence"), "");
        await seen.Task.Within("the last of the watcher's events");

        Assert.InRange(writes, 1, 500);
    }
#endif

    [Fact]
    public async Task Who_leaves_is_forgotten_though_the_file_cannot_be_written_and_the_next_change_makes_up_for_it()
    {
        using FileAgentRegistry registry = Open();
        await registry.RegisterAsync(Messages.Agent, new("127.0.0.1", 8888));
        Directory.CreateDirectory(Path + ".new");

        await Assert.ThrowsAsync<IOException>(async () => await registry.UnregisterAsync(Messages.Agent));
        Assert.Null(await registry.FindAsync(Messages.Agent));

        Directory.Delete(Path + ".new");
        Assert.False(await registry.UnregisterAsync(Messages.Agent));
        registry.Dispose();
        using FileAgentRegistry second = Open();
        Assert.Empty(await second.ListAsync());
    }

    [Fact]
    public async Task A_change_that_cannot_be_saved_is_told_and_not_made()
    {
        using FileAgentRegistry registry = Open();
        await registry.RegisterAsync(Messages.Agent, new("127.0.0.1", 8888));
        Directory.CreateDirectory(Path + ".new");

        IOException error = await Assert.ThrowsAsync<IOException>(async () => await registry.RegisterAsync(Other, new("127.0.0.1", 8889)));
        Assert.StartsWith($"The agents' registrations could not be saved in {Path}: ", error.Message, StringComparison.Ordinal);
        Assert.Equal([Messages.Agent], (await registry.ListAsync()).Keys);
        Assert.Equal(new EbsAddress("127.0.0.1", 8888), await registry.FindAsync(Messages.Agent));

        Directory.Delete(Path + ".new");
        await registry.RegisterAsync(Other, new("127.0.0.1", 8889));
        registry.Dispose();
        using FileAgentRegistry second = Open();
        Assert.Equal(2, (await second.ListAsync()).Count);
    }

    [Fact]
    public async Task A_file_that_would_grow_beyond_16_MB_is_not_written()
    {
        using FileAgentRegistry registry = Open();

        IOException error = await Assert.ThrowsAsync<IOException>(
            async () => await registry.RegisterAsync(new(new('\n', 3_000_000), ""), new("127.0.0.1", 8888)));

        Assert.Contains("There are too many registrations", error.Message, StringComparison.Ordinal);
        await registry.RegisterAsync(Messages.Agent, new("127.0.0.1", 8888));
    }

    [Fact]
    public async Task EBS_is_told_when_its_registration_could_not_be_saved()
    {
        using FileAgentRegistry registry = Open();
        Directory.CreateDirectory(Path + ".new");

        CalloutReply reply = await new CalloutDispatcher(new(), registry).DispatchAsync(
            Messages.Register, new() { ReceivedAt = Now.GetUtcNow(), RemoteAddress = IPAddress.Loopback });

        Assert.Equal("The softphone could not carry out Register.", reply.ErrorMessage);
    }

    public static TheoryData<string, string> Damages => new()
    {
        { "", "it is not an agent registry" },
        { "OracleCct.Protocol agent registry 1", "its version is not 1" },
        { "OracleCct.Protocol agent registry 2\n", "its version is not 1" },
        { "OracleCct.Protocol agent registry 1\ntelesetNumber\tagentID\tipAddress\tport\n", "its end is missing" },
        { "\0\0\0\0\0\0\0\0\0\0", "it is not an agent registry" },
        { "\xFF\xFEO\0r\0a\0c\0l\0e\0", "it is not an agent registry" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_file_is_set_aside_as_it_is_and_the_registry_begins_empty(string text, string why)
    {
        Directory.CreateDirectory(_folder);
        byte[] bytes = RawHttp.Latin1.GetBytes(text);
        File.WriteAllBytes(Path, bytes);

        using FileAgentRegistry registry = Open();

        Assert.Equal(Path + ".damaged-20261122T073000Z", registry.SetAside);
        Assert.Equal(
            $"The registry file {Path} was damaged ({why}) and was renamed to {registry.SetAside}. Agents are known again when EBS registers them.",
            registry.Problem);
        Assert.Equal(bytes, File.ReadAllBytes(registry.SetAside!));
        Assert.Empty(await registry.ListAsync());
        await registry.RegisterAsync(Messages.Agent, new("127.0.0.1", 8888));
    }

    [Fact]
    public async Task Every_cut_and_every_changed_byte_is_found_out()
    {
        using (FileAgentRegistry first = Open())
        {
            await first.RegisterAsync(Messages.Agent, new("127.0.0.1", 8888));
            await first.RegisterAsync(Other, new("127.0.0.1", 8889));
        }

        byte[] whole = File.ReadAllBytes(Path);
        for (int i = 0; i < whole.Length; i++)
        {
            AssertDamaged([.. whole.Take(i)]);
            AssertDamaged([.. whole.Take(i), (byte)(whole[i] ^ 1), .. whole.Skip(i + 1)]);
            AssertDamaged([.. whole.Take(i), (byte)(whole[i] ^ 0x80), .. whole.Skip(i + 1)]);
        }

        AssertDamaged([.. whole, (byte)'\n']);
        AssertDamaged([.. whole, .. whole]);
    }

    [Fact]
    public void A_file_of_more_than_16_MB_is_set_aside_unread()
    {
        Directory.CreateDirectory(_folder);
        using (FileStream file = File.Create(Path))
        {
            file.SetLength((16 * 1024 * 1024) + 1);
        }

        using FileAgentRegistry registry = Open();

        Assert.Contains("it is too long", registry.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("70002\t7001\t127.0.0.1\t8888\n70002\t7001\t127.0.0.1\t8889\n", 2, 4)]
    [InlineData("70002\t7001\t127.0.0.1\n", 1, 3)]
    [InlineData("70002\t7001\t127.0.0.1\t0\n", 1, 3)]
    [InlineData("70002\t7001\t127.0.0.1\t65536\n", 1, 3)]
    [InlineData("70002\t7001\ta b\t8888\n", 1, 3)]
    [InlineData("7\\u00\t7001\t127.0.0.1\t8888\n", 1, 3)]
    [InlineData("7\\u00zz\t7001\t127.0.0.1\t8888\n", 1, 3)]
    [InlineData("7\\n0000\t7001\t127.0.0.1\t8888\n", 1, 3)]
    [InlineData("\n", 1, 3)]
    public async Task Lines_that_are_no_registrations_are_damage_even_where_the_checksum_is_right(string lines, int count, int line)
    {
        string body = "OracleCct.Protocol agent registry 1\ntelesetNumber\tagentID\tipAddress\tport\n" + lines;
        ulong checksum = 14695981039346656037;
        foreach (char c in body)
        {
            checksum = unchecked((checksum ^ c) * 1099511628211);
        }

        Directory.CreateDirectory(_folder);
        File.WriteAllText(Path, $"{body}end\t{count}\t{checksum:x16}\n");

        using FileAgentRegistry registry = Open();

        Assert.Contains($"(line {line} is not a registration)", registry.Problem, StringComparison.Ordinal);
        Assert.Empty(await registry.ListAsync());
    }

    [Fact]
    public void A_file_that_was_set_aside_earlier_is_never_written_over()
    {
        Directory.CreateDirectory(_folder);
        for (int i = 1; i <= 3; i++)
        {
            File.WriteAllText(Path, $"damage {i}");
            using FileAgentRegistry registry = Open();
            Assert.Equal($"damage {i}", File.ReadAllText(registry.SetAside!));
        }

        Assert.Equal(
            ["damage 1", "damage 2", "damage 3"],
            Directory.GetFiles(_folder, "*.damaged-*").Select(File.ReadAllText).OrderBy(text => text, StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_an_interrupted_write_left_is_cleared_away()
    {
        using (FileAgentRegistry first = Open())
        {
            await first.RegisterAsync(Messages.Agent, new("127.0.0.1", 8888));
        }

        File.WriteAllText(Path + ".new", "half");

        using FileAgentRegistry second = Open();

        Assert.False(File.Exists(Path + ".new"));
        Assert.Null(second.Problem);
        Assert.Single(await second.ListAsync());
    }

    [Fact]
    public async Task A_new_file_whose_predecessor_was_taken_away_already_takes_its_place()
    {
        using (FileAgentRegistry first = Open())
        {
            await first.RegisterAsync(Messages.Agent, new("127.0.0.1", 8888));
        }

        File.Move(Path, Path + ".new");

        using FileAgentRegistry second = Open();

        Assert.Single(await second.ListAsync());
        Assert.True(File.Exists(Path));
    }

    [Fact]
    public void A_first_write_that_was_interrupted_is_set_aside_too()
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllText(Path + ".new", "OracleCct.Proto");

        using FileAgentRegistry registry = Open();

        Assert.NotNull(registry.SetAside);
    }

    [Fact]
    public void A_file_has_one_registry_at_a_time()
    {
        using FileAgentRegistry first = Open();

        IOException error = Assert.Throws<IOException>(Open);

        Assert.Equal(
            $"The registry file {Path} is used by another registry, perhaps because this softphone runs twice. End that one, or use another file for this one.",
            error.Message);
        first.Dispose();
        Open().Dispose();
    }

    [Fact]
    public void A_place_that_cannot_be_used_is_named()
    {
        Directory.CreateDirectory(Path);
        IOException folderInPlaceOfFile = Assert.Throws<IOException>(Open);
        Assert.StartsWith($"The registry file {Path} cannot be used (", folderInPlaceOfFile.Message, StringComparison.Ordinal);
        Assert.EndsWith(" Use a place where this user may read and write.", folderInPlaceOfFile.Message, StringComparison.Ordinal);
        Directory.Delete(Path);

        File.WriteAllText(Path, "");
        string below = System.IO.Path.Combine(Path, "agents.txt");
        IOException fileInPlaceOfFolder = Assert.Throws<IOException>(() => new FileAgentRegistry(below));
        Assert.StartsWith($"The registry file {below} cannot be used (", fileInPlaceOfFolder.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disposed_it_has_written_everything_and_takes_no_more()
    {
        FileAgentRegistry registry = Open();
        Task[] registrations = [.. Enumerable.Range(0, 100).Select(i => registry.RegisterAsync(new($"{i}", "x"), new("127.0.0.1", 8888)).AsTask())];
        registry.Dispose();
        registry.Dispose();

        Assert.All(registrations, registration => Assert.True(registration.IsCompleted || registration.Wait(Deadline.Limit)));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await registry.RegisterAsync(Messages.Agent, new("127.0.0.1", 8888)));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await registry.UnregisterAsync(Messages.Agent));
        Assert.Equal(100, (await registry.ListAsync()).Count);
        using FileAgentRegistry second = Open();
        Assert.Equal(100, (await second.ListAsync()).Count);
    }

    [Fact]
    public async Task A_token_that_is_cancelled_before_changes_nothing()
    {
        using FileAgentRegistry registry = Open();
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await registry.RegisterAsync(Messages.Agent, new("127.0.0.1", 8888), cancelled));

        Assert.Empty(await registry.ListAsync());
    }

    [Fact]
    public async Task Mistakes_of_the_programmer_are_exceptions()
    {
        Assert.Throws<ArgumentNullException>(() => new FileAgentRegistry(null!));
        Assert.Throws<ArgumentException>(() => new FileAgentRegistry(""));
        Assert.Throws<ArgumentException>(() => new FileAgentRegistry(_folder + System.IO.Path.DirectorySeparatorChar));
        using FileAgentRegistry registry = Open();
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await registry.RegisterAsync(Messages.Agent, null!));
    }

    private FileAgentRegistry Open() => new(Path, Now);

    private void AssertDamaged(byte[] bytes)
    {
        File.WriteAllBytes(Path, bytes);
        using FileAgentRegistry registry = Open();
        Assert.True(registry.SetAside is not null, $"Taken for whole: {Encoding.ASCII.GetString(bytes)}");
        File.Delete(registry.SetAside!);
    }
}
