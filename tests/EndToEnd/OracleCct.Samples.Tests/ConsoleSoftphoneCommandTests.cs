using System;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Samples.Tests.Running;
using Xunit;

namespace OracleCct.Samples.Tests;

public class ConsoleSoftphoneCommandTests
{
    [Theory, OnNet, OnNetFramework]
    public async Task Nobody_can_be_rung_before_EBS_registers_an_agent(Framework framework)
    {
        await using RunningSoftphone softphone = await RunningSoftphone.StartAsync(framework);

        _ = await softphone.TypeAsync("ring 4155550199", "No agent is registered: EBS sends Register when an agent starts.");
        _ = await softphone.TypeAsync("ring 4155550199 7001", "No agent is registered: EBS sends Register when an agent starts.");
        _ = await softphone.TypeAsync("status", "No agent is registered.");
    }

    [Theory, OnNet, OnNetFramework]
    public async Task Ring_wants_a_number_and_a_free_agent(Framework framework)
    {
        await using RunningSoftphone softphone = await RunningSoftphone.StartAsync(framework);
        await softphone.RegisterAsync();

        _ = await softphone.TypeAsync("ring", "Who calls? Say a number, as in \"ring 4155550100\".");
        _ = await softphone.TypeAsync("ring nobody", "\"nobody\" is no telephone number.");
        _ = await softphone.TypeAsync("ring 4155550199 8000", "There is no 8000 to choose: there is agent 7001 at 70002.");
        await softphone.TypeAsync("ring 4155550199");
        string id = (await softphone.NextEventAsync<ScreenPopEvent>()).SourceId;
        _ = await softphone.TypeAsync("ring 4155550111", $"The phone of agent 7001 at 70002 is busy with call {id} from 4155550199.");
    }

    [Theory, OnNet, OnNetFramework]
    public async Task Of_several_agents_one_is_named_by_id_or_extension(Framework framework)
    {
        await using RunningSoftphone softphone = await RunningSoftphone.StartAsync(framework);
        await softphone.RegisterAsync("7001", "70002");
        await softphone.RegisterAsync("8001", "80002");

        Assert.Contains("say which, as in \"ring 4155550199 ", await softphone.TypeAsync("ring 4155550199", "There is more than one to choose, "), StringComparison.Ordinal);
        await softphone.TypeAsync("ring 4155550199 8001");
        Assert.Equal("80002", (await softphone.NextEventAsync<ScreenPopEvent>()).Dnis);
        await softphone.TypeAsync("ring 4155550199 70002");
        Assert.Equal("70002", (await softphone.NextEventAsync<ScreenPopEvent>()).Dnis);

        Assert.Contains("say which, as in \"answer ", await softphone.TypeAsync("answer", "There is more than one to choose, "), StringComparison.Ordinal);
        await softphone.TypeAsync("answer 7001");
        _ = await softphone.NextEventAsync<CallEstablishedEvent>();
        Assert.Contains("say which, as in \"hangup ", await softphone.TypeAsync("hangup", "There is more than one to choose, "), StringComparison.Ordinal);
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

        _ = await softphone.TypeAsync("ring 4155550199 7001", "There is more than one to choose, ");
        await softphone.TypeAsync("ring 4155550199 70003");

        Assert.Equal("70003", (await softphone.NextEventAsync<ScreenPopEvent>()).Dnis);
    }

    [Theory, OnNet, OnNetFramework]
    public async Task Help_and_an_unknown_command_tell_what_there_is(Framework framework)
    {
        await using RunningSoftphone softphone = await RunningSoftphone.StartAsync(framework);

        await softphone.TypeAsync("help");
        foreach (string command in new[] { "ring NUMBER [AGENT]", "answer", "hangup", "status", "help", "quit" })
        {
            Assert.StartsWith(command, await softphone.Process.LineAsync(command), StringComparison.Ordinal);
        }

        await softphone.TypeAsync("");
        _ = await softphone.TypeAsync("transfer 1", "There is no command \"transfer\": the commands are ring, answer, hangup, status, help and quit.");
        Assert.Equal($"listening {softphone.Url}", await softphone.TypeAsync("status", "listening "));
    }

    [Theory, OnNet, OnNetFramework]
    public async Task What_comes_over_the_network_cannot_steer_the_terminal(Framework framework)
    {
        await using RunningSoftphone softphone = await RunningSoftphone.StartAsync(framework);

        Assert.Null(await softphone.CallOutAsync(new ReadyCallout { TelesetNumber = "1\n", AgentId = "\e[2J" }));

        Assert.Equal("Ready of agent ?[2J at 1?: done", await softphone.Process.LineAsync("Ready of "));
    }
}
