using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;

var agents = new InMemoryAgentRegistry();
using var ebs = new HttpEventClient();
CalloutHandlers handlers = new CalloutHandlers()
    .HandleAsync<LoginCallout>((login, _, _) => new(login.AgentPassword.Reveal() == "1234" ? CalloutReply.Success : CalloutReply.Error("Wrong password.")))
    .HandleAsync<ReadyCallout>(Done).HandleAsync<NotReadyCallout>(Done).HandleAsync<LogoutCallout>(Done)
    .HandleAsync<MakeCallCallout>(async (call, context, token) =>
    {
        if (await agents.FindAsync(call.Agent, token) is not { } listener) { return CalloutReply.Error("EBS has not registered this agent."); }
        _ = PopAsync(listener, call); // not awaited: EBS may wait for this answer before it takes an event
        return CalloutReply.Success;
    });
var endpoint = new CalloutEndpoint(new CalloutDispatcher(handlers, agents));
await using var softphone = new CalloutListener(endpoint, new() { Port = args is [var port] ? int.Parse(port) : 3107 });
softphone.Start();
Console.WriteLine($"EBS calls {softphone.Url} (press Enter to end)");
Console.ReadLine();

ValueTask<CalloutReply> Done(Callout callout, CalloutContext context, CancellationToken token) => new(CalloutReply.Success);

async Task PopAsync(EbsAddress listener, MakeCallCallout call)
{
    string digits = string.Concat(call.DialString.Where(char.IsAsciiDigit)); // some of EBS's forms fail on anything else
    var pop = new ScreenPopEvent { SourceId = $"{DateTime.UtcNow.Ticks}", Ani = digits, Dnis = call.TelesetNumber };
    Console.WriteLine($"Screen pop: {await ebs.SendAsync(listener, pop)}");
}
