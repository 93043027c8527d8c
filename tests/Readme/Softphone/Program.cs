using System;
using OracleCct.Protocol;

int port = args is [var text] ? int.Parse(text) : 3107;
await using var adapter = new TelephonyAdapter(new() { Listener = new() { Port = port } }, cct => cct
    .Handle<LoginCallout>(login => login.AgentPassword.Reveal() == "1234" ? CalloutReply.Success : CalloutReply.Error("Wrong password."))
    .Accept<LogoutCallout>().Accept<ReadyCallout>().Accept<NotReadyCallout>()
    .Handle<MakeCallCallout>(call => CalloutReply.Error($"This softphone cannot dial {call.DialString} yet.")));
adapter.Start();
Console.WriteLine($"EBS calls {adapter.Url}. Type a caller's number to ring agent 7001 at extension 70002. An empty line ends the program.");

var agent = new AgentIdentity("70002", "7001");
while (Console.ReadLine() is { Length: > 0 } number)
{
    CallSession call = await adapter.Desktops[agent].ScreenPopAsync(new ScreenPopEvent(ScreenPopEvent.NewSourceId(), number, agent.TelesetNumber));
    Console.WriteLine($"Screen pop: {call.ScreenPop}"); // Delivered, or why not
    foreach (ScreenPopFinding finding in call.Findings) { Console.WriteLine(finding); }
    if (call.ScreenPop.Status == EventDeliveryStatus.Delivered) { await call.EstablishedAsync(); await call.ReleasedAsync(); }
}
