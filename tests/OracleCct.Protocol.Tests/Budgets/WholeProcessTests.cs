#if NET
using System;
using System.Net;
using System.Threading.Tasks;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.Budgets;

/// <summary>What the library takes of the whole process's memory, by several threads or for long: nothing else may run meanwhile.</summary>
[Collection(nameof(WholeProcessTests))]
[CollectionDefinition(nameof(WholeProcessTests), DisableParallelization = true)]
public class WholeProcessTests
{
    // See AllocationTests: a callout goes through five asynchronous methods.
    private static readonly long OfDebugBuild = AllocationTests.IsDebugBuild ? 550 : 0;

    [Fact]
    public async Task An_agent_with_its_desktop_takes_at_most_1024_bytes()
    {
        const int Agents = 10_000;
        var context = new CalloutContext { ReceivedAt = DateTimeOffset.UnixEpoch, RemoteAddress = IPAddress.Loopback };
        using var client = new HttpEventClient();

        // Entries that other tests have left in the trace source would be released while this one measures.
        Assert.True(CctDiagnostics.Flush(TimeSpan.FromSeconds(10)));
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var registry = new InMemoryAgentRegistry();
        var states = new AgentStateTracker();
        var dispatcher = new CalloutDispatcher(
            new CalloutHandlers().HandleAsync<ReadyCallout>((_, _, _) => new(CalloutReply.Success)), registry, agentStates: states);
        await using var desktops = new AgentDesktops(registry, client, agentStates: states);

        for (int i = 0; i < Agents; i++)
        {
            var agent = new AgentIdentity($"{1_000_000 + i}", $"{2_000_000 + i}");
            Assert.True(
                (await dispatcher.DispatchAsync(
                    new RegisterCallout { TelesetNumber = agent.TelesetNumber, AgentId = agent.AgentId, IpAddress = "127.0.0.1", Port = 8888 },
                    context)).IsSuccess);
            Assert.True((await dispatcher.DispatchAsync(new ReadyCallout { TelesetNumber = agent.TelesetNumber, AgentId = agent.AgentId }, context)).IsSuccess);
            Assert.Equal(agent, desktops[agent].Agent);
        }

        Assert.InRange((GC.GetTotalMemory(forceFullCollection: true) - before) / Agents, 100, 1024);
        GC.KeepAlive(dispatcher);
    }

    [Fact]
    public async Task Answering_CheckStatus_takes_at_most_700_bytes()
    {
        const int Runs = 1000;
        var endpoint = new CalloutEndpoint(new CalloutDispatcher(new CalloutHandlers(), new InMemoryAgentRegistry()));
        CalloutRequest request = Requests.Get("?FunctionName=CheckStatus");
        long before = 0;
        int succeeded = 0;
        for (int i = -Runs; i < Runs; i++)
        {
            before = i == 0 ? GC.GetTotalAllocatedBytes(precise: true) : before;
            succeeded += (await endpoint.HandleAsync(request)).Body.IsEmpty ? 1 : 0;
        }

        Assert.Equal(2 * Runs, succeeded);
        Assert.InRange((GC.GetTotalAllocatedBytes(precise: true) - before) / Runs, 1, 700 + OfDebugBuild);
    }
}
#endif
