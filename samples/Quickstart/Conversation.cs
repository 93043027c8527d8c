using System.Collections.Concurrent;
using System.Linq;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Protocol.Testing;

namespace OracleCct.Samples;

/// <summary>Plays the working day of an agent, and checks every message on the wire.</summary>
internal sealed class Conversation(UwqSimulator uwq, UwqAgent agent, Softphone softphone, ConcurrentQueue<Callout> callouts, Transcript transcript)
{
    public const string Extension = "70002";
    public const string AgentId = "7001";
    public const string Queue = "7700";
    public static readonly AgentPassword Password = new("open sesame");

    public async Task PlayAsync()
    {
        transcript.Scene("The agent starts to work");
        await CallOutAsync(
            agent.RegisterAsync(),
            new RegisterCallout { TelesetNumber = Extension, AgentId = AgentId, IpAddress = agent.EbsAddress.Host, Port = agent.EbsAddress.Port },
            $"FunctionName=Register&telesetNumber=70002&agentID=7001&ipAddress=127.0.0.1&port={agent.EbsAddress.Port}");
        await CallOutAsync(
            agent.LoginAsync(),
            new LoginCallout { TelesetNumber = Extension, AgentId = AgentId, AgentPassword = Password, AgentQueue = Queue },
            "FunctionName=Login&telesetNumber=70002&agentID=7001&agentPassword=***&agentQueue=7700");
        await GetReadyAsync();
        await CallOutAsync(uwq.SendAsync(new CheckStatusCallout()), new CheckStatusCallout(), "FunctionName=CheckStatus");

        transcript.Scene("The agent dials a number in EBS");
        await CallOutAsync(
            agent.MakeCallAsync("4155550100"),
            new MakeCallCallout { TelesetNumber = Extension, AgentId = AgentId, DialString = "4155550100" },
            "FunctionName=MakeCall&telesetNumber=70002&agentID=7001&dialString=4155550100");
        Call outgoing = softphone.Dialled ?? throw new UnexpectedException("The softphone has dialled nothing.");
        await FollowCallAsync(outgoing, "4155550100");

        transcript.Scene("A customer calls");
        await GetReadyAsync();
        var incoming = new Call(new(Extension, AgentId), "4155550199");
        Check.Same("The two calls have the same id", false, incoming.Id == outgoing.Id);
        await FollowCallAsync(incoming, "4155550199");

        transcript.Scene("The agent dials something that is not a number");
        await CallOutAsync(
            agent.MakeCallAsync("front desk"),
            new MakeCallCallout { TelesetNumber = Extension, AgentId = AgentId, DialString = "front desk" },
            "FunctionName=MakeCall&telesetNumber=70002&agentID=7001&dialString=front%20desk",
            """<CCTSDK><event name="Error"><data name="occtErrorMsg" value="front desk is not a number that can be dialled."/></event></CCTSDK>""");

        transcript.Scene("The agent goes home");
        await CallOutAsync(
            agent.NotReadyAsync(),
            new NotReadyCallout { TelesetNumber = Extension, AgentId = AgentId },
            "FunctionName=NotReady&telesetNumber=70002&agentID=7001");
        await CallOutAsync(
            agent.LogoutAsync(),
            new LogoutCallout { TelesetNumber = Extension, AgentId = AgentId, AgentPassword = Password, AgentQueue = Queue },
            "FunctionName=Logout&telesetNumber=70002&agentID=7001&agentPassword=***&agentQueue=7700");
        await CallOutAsync(
            agent.UnregisterAsync(),
            new UnregisterCallout { TelesetNumber = Extension, AgentId = AgentId },
            "FunctionName=Unregister&telesetNumber=70002&agentID=7001");

        uwq.Verify();
        Check.Same("More callouts came", false, !callouts.IsEmpty);
    }

    private async Task GetReadyAsync()
    {
        await CallOutAsync(
            agent.ReadyAsync(),
            new ReadyCallout { TelesetNumber = Extension, AgentId = AgentId },
            "FunctionName=Ready&telesetNumber=70002&agentID=7001");
        Check.Same("The agent is ready", true, softphone.IsReady(new(Extension, AgentId)));
    }

    /// <summary>A call rings, is answered and ends.</summary>
    private async Task FollowCallAsync(Call call, string number)
    {
        await TellAsync(
            softphone.RingingAsync(call),
            new ScreenPopEvent { SourceId = call.Id, Ani = number, Dnis = Extension },
            $"""<CCTSDK><event name="ScreenPop"><data name="occtSourceID" value="{call.Id}"/><data name="occtANI" value="{number}"/>"""
            + """<data name="occtDNIS" value="70002"/></event></CCTSDK>""");
        Check.Same("The agent is ready in a call", false, softphone.IsReady(call.Agent));
        await TellAsync(
            softphone.AnsweredAsync(call),
            new CallEstablishedEvent { SourceId = call.Id },
            $"""<CCTSDK><event name="CallEstablished"><data name="occtSourceID" value="{call.Id}"/></event></CCTSDK>""");
        await TellAsync(
            softphone.HungUpAsync(call),
            new CallReleasedEvent { SourceId = call.Id },
            $"""<CCTSDK><event name="CallReleased"><data name="occtSourceID" value="{call.Id}"/></event></CCTSDK>""");
    }

    /// <summary>EBS sends a callout to the softphone.</summary>
    private async Task CallOutAsync(Task<UwqReply> sending, Callout callout, string query, string replyBody = "")
    {
        UwqReply reply = await sending;
        UwqMessage message = uwq.Messages.Last(message => message.IsCallout);
        transcript.Add(message, reply.StatusCode, reply.Body);

        Check.Same("The query", query, message.Text);
        Check.Same("The callout that reached the softphone", callout, callouts.TryDequeue(out Callout? received) ? received : null);
        Check.Same("The status of the reply", 200, reply.StatusCode);
        Check.Same("The body of the reply", replyBody, reply.Body);
    }

    /// <summary>The softphone sends an event to EBS.</summary>
    private async Task TellAsync<TEvent>(Task<EventDelivery> sending, TEvent cctEvent, string xml)
        where TEvent : CctEvent
    {
        EventDelivery delivery = await sending;
        TEvent received = await agent.ExpectAsync<TEvent>();
        UwqMessage message = uwq.Messages.Last(message => !message.IsCallout);
        transcript.Add(message, (int?)delivery.HttpStatus, delivery.ResponseBody ?? "");

        Check.Same("What the softphone learns of the event", EventDeliveryStatus.Delivered, delivery.Status);
        Check.Same("The body of the event", xml, message.Text);
        Check.Same("The event that reached EBS", cctEvent, received);
    }
}
