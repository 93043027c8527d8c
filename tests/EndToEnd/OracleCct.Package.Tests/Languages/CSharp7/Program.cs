using System;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Protocol.Testing;

// C# 7.3, the language of .NET Framework: without required, init and await using, and without a target type for new.
internal static class Program
{
    private static async Task Main()
    {
        var options = new TelephonyAdapterOptions(listener: new CalloutListenerOptions(port: 0));
        using (var adapter = new TelephonyAdapter(options, cct => cct
            .Handle<LoginCallout>(login => login.AgentPassword.Reveal() == "1234" ? CalloutReply.Success : CalloutReply.Error("Wrong password."))
            .Accept<LogoutCallout>()
            .HandleAsync<MakeCallCallout>(async (call, context, token) =>
            {
                await Task.Yield();
                Console.WriteLine("dialled: " + call.DialString);
                return CalloutReply.Success;
            })))
        {
            adapter.Start();
            UwqSimulator ebs = UwqSimulator.Start(adapter.Url);
            try
            {
                UwqAgent agent = ebs.AddAgent("70002", "7001");
                Console.WriteLine("register: " + await agent.RegisterAsync());
                Console.WriteLine("login: " + await agent.LoginAsync());
                Console.WriteLine("login: " + await ebs.SendAsync(new LoginCallout("70002", "7001", new AgentPassword("guessed"), "7700")));
                Console.WriteLine("dial: " + await agent.MakeCallAsync("4155550100"));

                ScreenPopEvent pop = new ScreenPopEvent("42", "+1 (415) 555-0100", "70002").WithPair("AccountNum", "12345");
                CallSession call = await adapter.Desktops[agent.Identity].ScreenPopAsync(pop);
                Console.WriteLine("popped: " + call.ScreenPop);
                Console.WriteLine("established: " + await call.EstablishedAsync());
                Console.WriteLine("released: " + await call.ReleasedAsync());

                ScreenPopEvent seen = await agent.ExpectAsync<ScreenPopEvent>();
                Console.WriteLine("seen: " + seen.Ani + ", account " + seen.AccountNum);
            }
            finally
            {
                await ebs.DisposeAsync();
            }
        }
    }
}
