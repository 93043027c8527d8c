using System;
using System.Linq;
using System.Net.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OracleCct.Protocol;

// A web application of somebody who has nothing but the packages.
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Trace).AddFilter("Microsoft.Extensions", LogLevel.None);
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddOracleCct(cct => cct
    .HideQueriesInLogs()
    .Handle<LoginCallout>(login => CalloutReply.Error("No agent " + login.AgentId + ".")));
builder.Services.AddHealthChecks().AddOracleCct(TimeSpan.FromMinutes(10));

WebApplication app = builder.Build();
app.MapOracleCct();
app.MapHealthChecks("/health");
await app.StartAsync();
using (var ebs = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) })
{
    Console.WriteLine("login: " + await ebs.GetStringAsync("/?FunctionName=Login&telesetNumber=70002&agentID=7001&agentPassword=opensesame&agentQueue=7700"));
    Console.WriteLine("check: " + (int)(await ebs.GetAsync("/?FunctionName=CheckStatus")).StatusCode);
    Console.WriteLine("health: " + await ebs.GetStringAsync("/health"));
}

await app.StopAsync();
