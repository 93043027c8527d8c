using System;
using System.Net.Http;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using OracleCct.AspNetCore.Tests.Support;
using OracleCct.Protocol;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.AspNetCore.Tests;

/// <summary>TestServer does not know the sender's address.</summary>
public class TestServerTests
{
    private static readonly Uri CheckStatus = new("/?FunctionName=CheckStatus", UriKind.Relative);

    [Fact]
    public async Task A_request_without_an_address_is_refused_with_the_name_of_the_option()
    {
        await using WebApplication app = await StartAsync(new());
        using HttpClient client = app.GetTestClient();

        using HttpResponseMessage answer = await client.GetAsync(CheckStatus);

        Assert.Equal(403, (int)answer.StatusCode);
        Assert.Matches("from an unknown address, .* \\(option Peers of CalloutGuardOptions\\)", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task With_any_peer_callouts_work_and_the_rest_of_the_guard_holds()
    {
        await using WebApplication app = await StartAsync(new() { Peers = AddressSet.Any });
        using HttpClient client = app.GetTestClient();
        using var fromPage = new HttpRequestMessage(HttpMethod.Get, CheckStatus) { Headers = { { "Origin", "https://example.com" } } };
        using var withBody = new HttpRequestMessage(HttpMethod.Get, CheckStatus) { Content = new StringContent("x") };

        using HttpResponseMessage success = await client.GetAsync(CheckStatus);
        using HttpResponseMessage page = await client.SendAsync(fromPage);
        using HttpResponseMessage body = await client.SendAsync(withBody);
        using HttpResponseMessage post = await client.PostAsync(CheckStatus, null);

        Assert.Equal((200, ""), ((int)success.StatusCode, await success.Content.ReadAsStringAsync()));
        Assert.True(success.Headers.CacheControl!.NoStore);
        Assert.Equal((403, 403, 405), ((int)page.StatusCode, (int)body.StatusCode, (int)post.StatusCode));
    }

    private static async Task<WebApplication> StartAsync(CalloutGuardOptions guard)
    {
        WebApplicationBuilder builder = WebSoftphone.NewBuilder(new());
        _ = builder.WebHost.UseTestServer();
        _ = builder.Services.AddOracleCct(cct => cct.Configure<CalloutGuardOptions>(_ => guard));
        WebApplication app = builder.Build();
        _ = app.MapOracleCct();
        await app.StartAsync().Within("the start");
        return app;
    }
}
