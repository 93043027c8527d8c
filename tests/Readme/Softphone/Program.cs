using System;
using OracleCct.Protocol;

var agents = new InMemoryAgentRegistry();
using var ebs = new HttpEventClient();
CalloutHandlers handlers = new CalloutHandlers()
    .Handle<LoginCallout>((login, _, _) =>
        new(login.AgentPassword.Reveal() == "1234" ? CalloutReply.Success : CalloutReply.Error("Wrong password.")))
    .Handle<MakeCallCallout>(async (call, _, token) =>
    {
        if (await agents.FindAsync(call.Agent, token) is not { } listener) { return CalloutReply.Error("EBS has not registered this agent."); }
        var pop = new ScreenPopEvent { SourceId = $"{DateTime.UtcNow.Ticks}", Ani = call.DialString, Dnis = call.TelesetNumber };
        EventDelivery delivery = await ebs.SendAsync(listener, pop, token);
        return delivery.Status == EventDeliveryStatus.Delivered ? CalloutReply.Success : CalloutReply.Error("EBS does not listen.");
    });
var endpoint = new CalloutEndpoint(new CalloutDispatcher(handlers, agents));
await using var softphone = new CalloutListener(endpoint, new() { Port = args is [var port] ? int.Parse(port) : 3107 });
softphone.Start();
Console.WriteLine($"EBS calls {softphone.Url} (press Enter to end)");
Console.ReadLine();
