using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Runtime.Versioning;
using System.Text;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Protocol.Testing;

// A program of somebody who has nothing but the package. The same text is compiled for every platform, so it is written as for the oldest.
internal static class Program
{
    private static async Task Main()
    {
        Console.WriteLine("asset: " + typeof(Callout).Assembly.GetCustomAttribute<TargetFrameworkAttribute>().FrameworkName);

        var callout = new MakeCallCallout { TelesetNumber = "70002", AgentId = "7001", DialString = "+1 415 555 0100" };
        string query = CalloutQueryFormatter.Default.Write(callout);
        Console.WriteLine("callout: " + query);
        Console.WriteLine("read back: " + callout.Equals(CalloutQueryFormatter.Default.Read(query)));

        var screenPop = new ScreenPopEvent { SourceId = "42", Ani = "4155550100", Dnis = "70002", AccountNum = "Müller & Söhne" };
        string xml = CctXmlFormatter.Default.WriteToString(screenPop);
        Console.WriteLine("event: " + xml);
        Console.WriteLine("read back: " + screenPop.Equals(CctXmlFormatter.Default.Read(xml).Single()));

        var handlers = new CalloutHandlers().HandleAsync<MakeCallCallout>((call, context, cancellationToken) =>
        {
            Console.WriteLine("dialled: " + call.DialString);
            return new ValueTask<CalloutReply>(CalloutReply.Success);
        });
        var endpoint = new CalloutEndpoint(new CalloutDispatcher(handlers, new InMemoryAgentRegistry()));
        await using (var listener = new CalloutListener(endpoint, new CalloutListenerOptions { Port = 0 }))
        {
            listener.Start();
            Console.WriteLine("reply: " + Get(listener.Url, query));
        }

        var ebs = new TcpListener(IPAddress.Loopback, 0);
        ebs.Start();
        Task<string> received = Task.Run(() => TakeEvent(ebs));
        using (var client = new HttpEventClient())
        {
            EventDelivery delivery = await client.SendAsync(new EbsAddress("127.0.0.1", ((IPEndPoint)ebs.LocalEndpoint).Port), screenPop);
            Console.WriteLine("delivery: " + delivery);
        }

        Console.WriteLine("as written: " + (await received == xml));
        ebs.Stop();
        await TestInMemory();
    }

    // A test of a softphone that pops what is dialled.
    private static async Task TestInMemory()
    {
        var agents = new InMemoryAgentRegistry();
        await using (UwqSimulator uwq = UwqSimulator.StartInMemory(events =>
        {
            var desktops = new AgentDesktops(agents, events);
            var handlers = new CalloutHandlers().HandleAsync<MakeCallCallout>(async (call, context, cancellationToken) =>
            {
                await desktops[call.Agent].ScreenPopAsync(new ScreenPopEvent { SourceId = "43", Ani = call.DialString, Dnis = "70002" });
                return CalloutReply.Success;
            });
            return new CalloutEndpoint(new CalloutDispatcher(handlers, agents));
        }))
        {
            UwqAgent agent = uwq.AddAgent("70002", "7001");
            await agent.RegisterAsync();
            UwqReply reply = await agent.MakeCallAsync("4155550100");
            ScreenPopEvent pop = await agent.ExpectAsync<ScreenPopEvent>();
            uwq.Verify();
            Console.WriteLine("tested: " + reply + ", ScreenPop of " + pop.Ani);
        }
    }

    // EBS as the softphone sees it, on bare sockets: a client that sends callouts, and a server that takes events.
    private static string Get(Uri url, string query)
    {
        using (var connection = new TcpClient(url.Host, url.Port))
        {
            byte[] request = Encoding.ASCII.GetBytes("GET /?" + query + " HTTP/1.1\r\nHost: " + url.Authority + "\r\nConnection: close\r\n\r\n");
            connection.GetStream().Write(request, 0, request.Length);
            return new StreamReader(connection.GetStream()).ReadLine();
        }
    }

    private static string TakeEvent(TcpListener server)
    {
        using (TcpClient connection = server.AcceptTcpClient())
        {
            var reader = new StreamReader(connection.GetStream());
            int length = 0;
            for (string header = reader.ReadLine(); header.Length > 0; header = reader.ReadLine())
            {
                if (header.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase))
                {
                    length = int.Parse(header.Substring(16));
                }
            }

            var body = new char[length];
            int read = reader.ReadBlock(body, 0, length);
            byte[] response = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            connection.GetStream().Write(response, 0, response.Length);
            return new string(body, 0, read);
        }
    }
}
