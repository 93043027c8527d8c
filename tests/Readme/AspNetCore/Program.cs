using Microsoft.AspNetCore.Builder;
using OracleCct.Protocol;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddOracleCct(cct => cct
    .HideQueriesInLogs() // else ASP.NET Core logs them: passwords
    .Handle<LoginCallout>((login, context, token) => new(CalloutReply.Success)));

WebApplication app = builder.Build();
app.MapOracleCct();
app.Run();
