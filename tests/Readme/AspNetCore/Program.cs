using Microsoft.AspNetCore.Builder;
using OracleCct.Protocol;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddOracleCct(cct => cct
    .HideQueriesInLogs() // otherwise ASP.NET Core logs them, passwords included
    .Accept<LoginCallout>());

WebApplication app = builder.Build();
app.MapOracleCct();
app.Run();
