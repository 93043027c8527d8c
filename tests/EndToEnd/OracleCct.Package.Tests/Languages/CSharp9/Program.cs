using System;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Protocol.Testing;

// C# 9: init and with, but without required.
await using var adapter = new TelephonyAdapter(new() { Listener = new() { Port = 0 } }, cct => cct
    .Handle<LoginCallout>(login => login.AgentPassword.Reveal() == "1234" ? CalloutReply.Success : CalloutReply.Error("Wrong password."))
    .Accept<LogoutCallout>()
    .HandleAsync<MakeCallCallout>(async (call, context, token) =>
    {
        await Task.Yield();
        Console.WriteLine($"dialled: {call.DialString}");
        return CalloutReply.Success;
    }));
adapter.Start();
await using UwqSimulator ebs = UwqSimulator.Start(adapter.Url);
UwqAgent agent = ebs.AddAgent("70002", "7001");
Console.WriteLine($"register: {await agent.RegisterAsync()}");
Console.WriteLine($"login: {await agent.LoginAsync()}");
Console.WriteLine($"login: {await ebs.SendAsync(new LoginCallout("70002", "7001", new("guessed"), "7700"))}");
Console.WriteLine($"dial: {await agent.MakeCallAsync("4155550100")}");

var pop = new ScreenPopEvent("42", "+1 (415) 555-0100", "70002") { AccountNum = "1" };
CallSession call = await adapter.Desktops[agent.Identity].ScreenPopAsync(pop with { AccountNum = "12345" });
Console.WriteLine($"popped: {call.ScreenPop}");
Console.WriteLine($"established: {await call.EstablishedAsync()}");
Console.WriteLine($"released: {await call.ReleasedAsync()}");

ScreenPopEvent seen = await agent.ExpectAsync<ScreenPopEvent>();
Console.WriteLine($"seen: {seen.Ani}, account {seen.AccountNum}");
