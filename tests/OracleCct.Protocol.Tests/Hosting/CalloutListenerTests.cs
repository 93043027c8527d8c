using System;
using System.Net.Http;
using System.Threading.Tasks;
using Xunit;

namespace OracleCct.Protocol.Tests.Hosting;

public class CalloutListenerTests
{
    [Fact]
    public async Task A_callout_reaches_its_handler_and_is_answered_with_200()
    {
        string? dialled = null;
        CalloutHandlers handlers = new CalloutHandlers().Handle<MakeCallCallout>((call, _, _) =>
        {
            dialled = call.DialString;
            return new(CalloutReply.Success);
        });
        var endpoint = new CalloutEndpoint(new CalloutDispatcher(handlers, new InMemoryAgentRegistry()));
        await using var listener = new CalloutListener(endpoint, new() { Port = 0 });
        listener.Start();

        using var http = new HttpClient();
        using HttpResponseMessage response = await http.GetAsync(
            new Uri(listener.Url, "?FunctionName=MakeCall&telesetNumber=70002&agentID=7001&dialString=+14155550100"));

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
        Assert.Equal("+14155550100", dialled);
    }
}
