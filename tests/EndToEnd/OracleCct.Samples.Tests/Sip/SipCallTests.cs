using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Protocol.Testing;
using OracleCct.Samples.Tests.Running;
using Xunit;

namespace OracleCct.Samples.Tests.Sip;

/// <summary>Tests the events of real calls over loopback, between sipp and baresip with its softphone.</summary>
public class SipCallTests
{
    [SipFact]
    public async Task An_incoming_call_is_popped_answered_heard_and_released()
    {
        await using Baresip phone = await Baresip.StartAsync();
        await using SipSite site = await SipSite.ReadyAsync(phone.Control);

        await using Sipp caller = Sipp.Call(phone, "caller-talks", talkFor: 2000);
        ScreenPopEvent pop = await site.Agent.ExpectAsync<ScreenPopEvent>();
        Assert.Equal(new ScreenPopEvent { SourceId = pop.SourceId, Ani = "14155550100", Dnis = "70002" }, pop);
        Assert.InRange(pop.SourceId.Length, 1, 30);
        _ = await site.Softphone.LineAsync("A call from 14155550100 is ringing. Type answer or hangup.");

        await site.TypeAsync("answer");
        _ = await site.Agent.ExpectAsync<CallEstablishedEvent>(established => established.SourceId == pop.SourceId);
        await caller.HearAsync();
        _ = await site.Agent.ExpectAsync<CallReleasedEvent>(released => released.SourceId == pop.SourceId);
        await caller.EndAsync();

        Assert.Equal(UwqCallState.Released, Assert.Single(site.Agent.Calls).State);
        _ = await site.AskAsync("status", "no call");
        site.Ebs.Verify();
    }

    [SipFact]
    public async Task MakeCall_dials_and_the_agent_hangs_up()
    {
        await using Baresip phone = await Baresip.StartAsync();
        await using SipSite site = await SipSite.ReadyAsync(phone.Control);
        await using Sipp called = Sipp.Await(phone, "answers");

        Assert.True((await site.Agent.MakeCallAsync("+1 (415) 555-0111")).IsSuccess);
        ScreenPopEvent pop = await site.Agent.ExpectAsync<ScreenPopEvent>();
        Assert.Equal(new ScreenPopEvent { SourceId = pop.SourceId, Ani = "14155550111", Dnis = "70002" }, pop);
        _ = await site.Agent.ExpectAsync<CallEstablishedEvent>(established => established.SourceId == pop.SourceId);
        await called.HearAsync();

        UwqReply second = await site.Agent.MakeCallAsync("4155550112");
        Assert.Equal("The phone is busy with a call to +14155550111.", second.ErrorMessage);

        await site.TypeAsync("hangup");
        _ = await site.Agent.ExpectAsync<CallReleasedEvent>(released => released.SourceId == pop.SourceId);
        await called.EndAsync();
        site.Ebs.Verify();
    }

    [SipFact]
    public async Task DialCanonical_dials_and_the_called_side_hangs_up()
    {
        await using Baresip phone = await Baresip.StartAsync();
        await using SipSite site = await SipSite.ReadyAsync(phone.Control);
        await using Sipp called = Sipp.Await(phone, "answers-and-hangs-up");

        Assert.True((await site.Agent.DialCanonicalAsync("+14155550121")).IsSuccess);

        string id = (await site.Agent.ExpectAsync<ScreenPopEvent>(pop => pop.Ani == "14155550121")).SourceId;
        _ = await site.Agent.ExpectAsync<CallEstablishedEvent>(established => established.SourceId == id);
        _ = await site.Agent.ExpectAsync<CallReleasedEvent>(released => released.SourceId == id);
        await called.EndAsync();
        site.Ebs.Verify();
    }

    [SipFact]
    public async Task A_busy_number_is_released_and_never_established()
    {
        await using Baresip phone = await Baresip.StartAsync();
        await using SipSite site = await SipSite.ReadyAsync(phone.Control);
        await using Sipp called = Sipp.Await(phone, "is-busy");

        await site.TypeAsync("dial 4155550131");

        string id = (await site.Agent.ExpectAsync<ScreenPopEvent>(pop => pop.Ani == "4155550131")).SourceId;
        _ = await site.Agent.ExpectAsync<CallReleasedEvent>(released => released.SourceId == id);
        _ = await site.Softphone.LineAsync("The call to 4155550131 has ended: 486 Busy Here");
        await called.EndAsync();
        site.Ebs.Verify();
    }

    [SipFact]
    public async Task An_abandoned_call_is_released_and_never_established()
    {
        await using Baresip phone = await Baresip.StartAsync();
        await using SipSite site = await SipSite.ReadyAsync(phone.Control);

        await using Sipp caller = Sipp.Call(phone, "caller-gives-up");

        string id = (await site.Agent.ExpectAsync<ScreenPopEvent>()).SourceId;
        _ = await site.Agent.ExpectAsync<CallReleasedEvent>(released => released.SourceId == id);
        await caller.EndAsync();
        _ = await site.AskAsync("answer", "No call is ringing.");
        site.Ebs.Verify();
    }

    [SipFact]
    public async Task A_rejected_call_is_released_and_never_established()
    {
        await using Baresip phone = await Baresip.StartAsync();
        await using SipSite site = await SipSite.ReadyAsync(phone.Control);

        await using Sipp caller = Sipp.Call(phone, "caller-is-rejected");
        string id = (await site.Agent.ExpectAsync<ScreenPopEvent>()).SourceId;
        await site.TypeAsync("hangup");

        _ = await site.Agent.ExpectAsync<CallReleasedEvent>(released => released.SourceId == id);
        await caller.EndAsync();
        site.Ebs.Verify();
    }

    [SipTheory]
    [InlineData("\"Anonymous\" <sip:anonymous@anonymous.invalid>")]
    [InlineData("\"\\\"><&\" <sip:4155550100x;phone-context=+1@127.0.0.1;user=phone>")]
    [InlineData("<sip:127.0.0.1>")]
    public async Task A_caller_without_a_number_is_popped_without_a_number(string from)
    {
        await using Baresip phone = await Baresip.StartAsync();
        await using SipSite site = await SipSite.ReadyAsync(phone.Control);

        await using Sipp caller = Sipp.Call(phone, "caller-gives-up", from);

        ScreenPopEvent pop = await site.Agent.ExpectAsync<ScreenPopEvent>();
        Assert.Equal(new ScreenPopEvent { SourceId = pop.SourceId, Ani = null, Dnis = "70002" }, pop);
        _ = await site.Agent.ExpectAsync<CallReleasedEvent>(released => released.SourceId == pop.SourceId);
        await caller.EndAsync();
        site.Ebs.Verify();
    }

    [SipFact]
    public async Task A_call_is_released_when_the_phone_stops_and_the_next_call_works_when_the_phone_is_back()
    {
        await using Baresip phone = await Baresip.StartAsync();
        await using SipSite site = await SipSite.ReadyAsync(phone.Control);
        await using Sipp first = Sipp.Call(phone, "caller-talks", talkFor: 60_000);
        string id = (await site.Agent.ExpectAsync<ScreenPopEvent>()).SourceId;
        await site.TypeAsync("answer");
        _ = await site.Agent.ExpectAsync<CallEstablishedEvent>();

        await phone.KillAsync();

        _ = await site.Agent.ExpectAsync<CallReleasedEvent>(released => released.SourceId == id);
        _ = await site.Softphone.LineAsync("is lost (");
        Assert.Equal("The phone is not running. Start baresip again.", (await site.Agent.MakeCallAsync("4155550141")).ErrorMessage);

        await phone.RestartAsync();

        _ = await site.Softphone.LineAsync("is back.");
        await using Sipp called = Sipp.Await(phone, "answers");
        Assert.True((await site.Agent.MakeCallAsync("4155550142")).IsSuccess);
        string next = (await site.Agent.ExpectAsync<ScreenPopEvent>(pop => pop.Ani == "4155550142" && pop.SourceId != id)).SourceId;
        _ = await site.Agent.ExpectAsync<CallEstablishedEvent>();

        await site.TypeAsync("quit");
        _ = await site.Agent.ExpectAsync<CallReleasedEvent>(released => released.SourceId == next);
        Assert.Equal(0, await site.Softphone.ExitAsync());
        await called.EndAsync();
        site.Ebs.Verify();
    }

    [SipFact]
    public async Task A_call_without_a_registered_agent_rings_and_sends_no_event()
    {
        await using Baresip phone = await Baresip.StartAsync();
        await using SipSite site = await SipSite.StartAsync(phone.Control);

        await using (Sipp caller = Sipp.Call(phone, "caller-is-rejected"))
        {
            _ = await site.Softphone.LineAsync(
                "A call from 14155550100 is ringing. No agent is registered at extension 70002, so that EBS gets no event. Type answer or hangup.");
            await site.TypeAsync("hangup");
            await caller.EndAsync();
        }

        Assert.True((await site.Agent.RegisterAsync()).IsSuccess);
        await using (Sipp caller = Sipp.Call(phone, "caller-is-rejected"))
        {
            _ = await site.Softphone.LineAsync("agent 7001 at 70002 is not ready: an ACD would not have routed the call there.");
            _ = await site.Agent.ExpectAsync<ScreenPopEvent>();
            await site.TypeAsync("hangup");
            _ = await site.Agent.ExpectAsync<CallReleasedEvent>();
            await caller.EndAsync();
        }
    }
}
