using System;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Samples.Tests.Running;
using Xunit;

namespace OracleCct.Samples.Tests;

public class ConsoleSoftphoneCommandTests
{
    private const string NoAgent = "No agent is registered. Sign an agent in to EBS, which then sends Register.";
    private const string Ambiguous = "More than one agent matches: ";

    [Theory, OnNet, OnNetFramework]
    public async Task Ring_requires_a_registered_agent(Framework framework)
    {
        await using RunningSoftphone softphone = await RunningSoftphone.StartAsync(framework);

        _ = await softphone.AskAsync("ring 4155550199", NoAgent);
        _ = await softphone.AskAsync("ring 4155550199 7001", NoAgent);
        _ = await softphone.AskAsync("status", "No agent is registered.");
    }

    [Theory, OnNet, OnNetFramework]
    public async Task Ring_requires_a_number_and_a_free_agent(Framework framework)
    {
        await using RunningSoftphone softphone = await RunningSoftphone.StartAsync(framework);
        await softphone.RegisterAsync();

        _ = await softphone.AskAsync("ring", "ring requires the caller's number, for example: ring 4155550100");
        _ = await softphone.AskAsync("ring Zoe", "\"Zoe\" is not a telephone number. Use digits and the usual separators.");
        _ = await softphone.AskAsync("ring 4155550199 8000", "\"8000\" matches none of these: agent 7001 at 70002. Use an ID or an extension from the list.");
        await softphone.TypeAsync("ring 4155550199");
        string id = (await softphone.NextEventAsync<ScreenPopEvent>()).SourceId;
        _ = await softphone.AskAsync("ring 4155550111", $"The phone of agent 7001 at 70002 is busy with call {id} from 4155550199.");
    }

    [Theory, OnNet, OnNetFramework]
    public async Task One_of_several_agents_is_named_by_ID_or_extension(Framework framework)
    {
        await using RunningSoftphone softphone = await RunningSoftphone.StartAsync(framework);
        await softphone.RegisterAsync("7001", "70002");
        await softphone.RegisterAsync("8001", "80002");

        Assert.Contains(". Name one, for example: ring 4155550199 ", await softphone.AskAsync("ring 4155550199", Ambiguous), StringComparison.Ordinal);
        await softphone.TypeAsync("ring 4155550199 8001");
        Assert.Equal("80002", (await softphone.NextEventAsync<ScreenPopEvent>()).Dnis);
        await softphone.TypeAsync("ring 4155550199 70002");
        Assert.Equal("70002", (await softphone.NextEventAsync<ScreenPopEvent>()).Dnis);

        Assert.Contains(". Name one, for example: answer ", await softphone.AskAsync("answer", Ambiguous), StringComparison.Ordinal);
        await softphone.TypeAsync("answer 7001");
        _ = await softphone.NextEventAsync<CallEstablishedEvent>();
        Assert.Contains(". Name one, for example: hangup ", await softphone.AskAsync("hangup", Ambiguous), StringComparison.Ordinal);
        await softphone.TypeAsync("hangup 80002");
        _ = await softphone.NextEventAsync<CallReleasedEvent>();
        await softphone.TypeAsync("hangup");
        _ = await softphone.NextEventAsync<CallReleasedEvent>();
    }

    [Theory, OnNet, OnNetFramework]
    public async Task An_agent_at_two_phones_is_named_by_extension(Framework framework)
    {
        await using RunningSoftphone softphone = await RunningSoftphone.StartAsync(framework);
        await softphone.RegisterAsync("7001", "70002");
        await softphone.RegisterAsync("7001", "70003");

        _ = await softphone.AskAsync("ring 4155550199 7001", Ambiguous);
        await softphone.TypeAsync("ring 4155550199 70003");

        Assert.Equal("70003", (await softphone.NextEventAsync<ScreenPopEvent>()).Dnis);
    }

    [Theory, OnNet, OnNetFramework]
    public async Task Help_and_an_unknown_command_list_the_commands(Framework framework)
    {
        await using RunningSoftphone softphone = await RunningSoftphone.StartAsync(framework);

        await softphone.TypeAsync("help");
        foreach (string command in new[] { "ring NUMBER [AGENT]", "answer", "hangup", "status", "help", "quit" })
        {
            Assert.StartsWith(command, await softphone.Process.LineAsync(command), StringComparison.Ordinal);
        }

        await softphone.TypeAsync("");
        _ = await softphone.AskAsync("transfer 1", "\"transfer\" is not a command. Use ring, answer, hangup, status, quit or help.");
        Assert.Equal($"listening {softphone.Url}", await softphone.AskAsync("status", "listening "));
    }

    [Theory, OnNet, OnNetFramework]
    public async Task Text_from_the_network_cannot_control_the_terminal(Framework framework)
    {
        await using RunningSoftphone softphone = await RunningSoftphone.StartAsync(framework);

        Assert.Null(await softphone.CallOutAsync(new ReadyCallout { TelesetNumber = "1\n", AgentId = "\e[2J" }));

        // The library hides such parts of an agent, and the sample replaces the characters in everything else.
        Assert.Equal("Ready of agent *** at ***: done", await softphone.Process.LineAsync("Ready of "));
        _ = await softphone.CallOutAsync(new MakeCallCallout { TelesetNumber = "70002", AgentId = "7001", DialString = "\e[2J1\n" });
        Assert.StartsWith("MakeCall of agent 7001 at 70002 to ?[2J1?: ", await softphone.Process.LineAsync("MakeCall of "), StringComparison.Ordinal);
    }
}
