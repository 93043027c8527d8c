using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading.Tasks;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>The working day of an agent, message by message, with what must cross the wire at each step.</summary>
internal sealed class Conversation(EbsSide ebs, Softphone softphone, ConcurrentQueue<Callout> callouts, Transcript transcript)
{
    private const string Extension = "70002";
    private const string AgentId = "7001";
    private const string Queue = "7700";
    private static readonly AgentPassword Password = new("open sesame");
    private static readonly TimeSpan EventDeadline = TimeSpan.FromSeconds(10);

    public async Task PlayAsync()
    {
        transcript.Scene("The agent starts to work");
        await CallOutAsync(
            new RegisterCallout { TelesetNumber = Extension, AgentId = AgentId, IpAddress = ebs.Address.Address.ToString(), Port = ebs.Address.Port },
            $"FunctionName=Register&telesetNumber=70002&agentID=7001&ipAddress=127.0.0.1&port={ebs.Address.Port}");
        await CallOutAsync(
            new LoginCallout { TelesetNumber = Extension, AgentId = AgentId, AgentPassword = Password, AgentQueue = Queue },
            "FunctionName=Login&telesetNumber=70002&agentID=7001&agentPassword=open%20sesame&agentQueue=7700");
        await GetReadyAsync();
        await CallOutAsync(new CheckStatusCallout(), "FunctionName=CheckStatus");

        transcript.Scene("The agent dials a number in EBS");
        await CallOutAsync(
            new MakeCallCallout { TelesetNumber = Extension, AgentId = AgentId, DialString = "4155550100" },
            "FunctionName=MakeCall&telesetNumber=70002&agentID=7001&dialString=4155550100");
        Call outgoing = softphone.Dialled ?? throw new UnexpectedException("The softphone has dialled nothing.");
        await FollowCallAsync(outgoing, "4155550100");

        transcript.Scene("A customer calls");
        await GetReadyAsync();
        var incoming = new Call(new(Extension, AgentId), "4155550199");
        Check.Same("The two calls have the same id", false, incoming.Id == outgoing.Id);
        await FollowCallAsync(incoming, "4155550199");

        transcript.Scene("The agent dials what is no number");
        await CallOutAsync(
            new MakeCallCallout { TelesetNumber = Extension, AgentId = AgentId, DialString = "front desk" },
            "FunctionName=MakeCall&telesetNumber=70002&agentID=7001&dialString=front%20desk",
            """<CCTSDK><event name="Error"><data name="occtErrorMsg" value="front desk is no number that can be dialled."/></event></CCTSDK>""");

        transcript.Scene("The agent goes home");
        await CallOutAsync(
            new NotReadyCallout { TelesetNumber = Extension, AgentId = AgentId },
            "FunctionName=NotReady&telesetNumber=70002&agentID=7001");
        await CallOutAsync(
            new LogoutCallout { TelesetNumber = Extension, AgentId = AgentId, AgentPassword = Password, AgentQueue = Queue },
            "FunctionName=Logout&telesetNumber=70002&agentID=7001&agentPassword=open%20sesame&agentQueue=7700");
        await CallOutAsync(
            new UnregisterCallout { TelesetNumber = Extension, AgentId = AgentId },
            "FunctionName=Unregister&telesetNumber=70002&agentID=7001");

        Check.Same("More events came", false, ebs.HasEvents);
        Check.Same("More callouts came", false, !callouts.IsEmpty);
    }

    private async Task GetReadyAsync()
    {
        await CallOutAsync(
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
            $"""<CCTSDK><event name="ScreenPop"><data name="occtSourceID" value="{call.Id}"/><data name="occtANI" value="{number}"/><data name="occtDNIS" value="70002"/></event></CCTSDK>""");
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

    /// <summary>EBS asks the softphone for something.</summary>
    private async Task CallOutAsync(Callout callout, string query, string replyBody = "")
    {
        HttpExchange exchange = await ebs.CallOutAsync(callout);
        transcript.Add(Transcript.Ebs, Transcript.Softphone, callout.FunctionName, exchange);

        Check.Same("The request line", $"GET /?{query} HTTP/1.1", exchange.Request.StartLine);
        Check.Same("The callout that reached the softphone", callout, callouts.TryDequeue(out Callout? received) ? received : null);
        Check.Same("The status of the reply", "HTTP/1.1 200 OK", exchange.Reply.StartLine);
        Check.Same("The body of the reply", replyBody, exchange.Reply.Body);
    }

    /// <summary>The softphone tells EBS what happened.</summary>
    private async Task TellAsync(Task<EventDelivery> sending, CctEvent cctEvent, string xml)
    {
        EventDelivery delivery = await sending;
        Check.Same("What the softphone learns of the event", EventDeliveryStatus.Delivered, delivery.Status);
        HttpExchange exchange = await ebs.NextEventAsync(EventDeadline);
        transcript.Add(Transcript.Softphone, Transcript.Ebs, cctEvent.Name, exchange);

        Check.Same("The request line", "POST / HTTP/1.1", exchange.Request.StartLine);
        Check.Same("The body of the event", xml, exchange.Request.Body);
        Check.Same("The event that reached EBS", cctEvent, CctXmlFormatter.Default.Read(exchange.Request.Body).Single());
    }
}
