using System.Collections.Generic;
using System.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OracleCct.Protocol;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning); // at Information it logs query strings: passwords
builder.Services.AddOracleCct(cct => cct
    .Handle<LoginCallout>((login, context, token) => new(CalloutReply.Success)));

WebApplication app = builder.Build();
app.Map("/", async (HttpContext http, CalloutEndpoint endpoint) =>
{
    CalloutResponse response = await endpoint.HandleAsync(
        new()
        {
            Method = http.Request.Method,
            Query = http.Request.QueryString.Value ?? "",
            Headers = http.Request.Headers.SelectMany(header => header.Value, (header, value) => new KeyValuePair<string, string>(header.Key, value ?? "")),
            RemoteAddress = http.Connection.RemoteIpAddress,
            LocalPort = http.Connection.LocalPort,
            ContentLength = http.Request.Headers.TransferEncoding.Count > 0 ? -1 : http.Request.ContentLength ?? 0,
        },
        app.Lifetime.ApplicationStopping); // not RequestAborted: Java's HTTP client may drop a connection and ask again
    http.Response.StatusCode = response.StatusCode;
    http.Response.ContentType = response.ContentType;
    http.Response.ContentLength = response.Body.Length;
    foreach (var (name, value) in response.Headers)
    {
        http.Response.Headers[name] = value;
    }

    await http.Response.Body.WriteAsync(response.Body);
});
app.Run();
