using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Protocol.Testing;
using Xunit;

namespace OracleCct.Testing.Tests.Vendor;

public class MySoftphoneTests
{
    [Fact]
    public async Task What_the_agent_dials_in_EBS_pops_up_there()
    {
        // The softphone as it ships, on a free port.
        await using var phone = new MySoftphone();
        phone.Adapter.Start();

        // EBS, and an agent who works in it.
        await using UwqSimulator uwq = UwqSimulator.Start(phone.Adapter.Url);
        UwqAgent agent = uwq.AddAgent("70002", "7001");
        await agent.SignInAsync();

        UwqReply reply = await agent.MakeCallAsync("4155550100");
        Assert.True(reply.IsSuccess, reply.ToString());
        ScreenPopEvent pop = await agent.ExpectAsync<ScreenPopEvent>(pop => pop.Ani == "4155550100");
        await phone.AnswerAsync();
        await agent.ExpectAsync<CallEstablishedEvent>(established => established.SourceId == pop.SourceId);
        await phone.HangUpAsync();
        await agent.ExpectAsync<CallReleasedEvent>(released => released.SourceId == pop.SourceId);

        await agent.SignOutAsync();
        uwq.Verify();
    }

    [Fact]
    public async Task A_call_that_EBS_misses_is_reported_later()
    {
        // Without sockets: the simulator gives the softphone its way to EBS, and the softphone gives the simulator its endpoint.
        MySoftphone phone = null!;
        await using UwqSimulator uwq = UwqSimulator.StartInMemory(events => (phone = new MySoftphone(events)).Adapter.Endpoint);
        UwqAgent agent = uwq.AddAgent("70002", "7001");
        await agent.SignInAsync();

        agent.Fault = UwqFault.Down;
        Task ringing = phone.RingAsync(agent.Identity, "4155550199");
        agent.Fault = UwqFault.None;
        await ringing;

        await agent.ExpectAsync<ScreenPopEvent>(pop => pop.Ani == "4155550199");
        uwq.Verify();
        await phone.DisposeAsync();
    }
}
