using System;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OracleCct.AspNetCore.Tests.Support;
using OracleCct.Protocol;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.AspNetCore.Tests;

public class HealthCheckTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task It_is_healthy_until_CheckStatus_has_been_missing_for_too_long()
    {
        await using WebSoftphone softphone = await StartAsync(checks => checks.AddOracleCct(TimeSpan.FromMinutes(5)));

        HealthReportEntry before = await CheckAsync(softphone);
        _ = await softphone.GetAsync("/?FunctionName=CheckStatus");
        _ = await softphone.SendAsync("POST", "/?FunctionName=CheckStatus", "Content-Length: 0\r\n");
        _time.Advance(TimeSpan.FromMinutes(5));
        HealthReportEntry still = await CheckAsync(softphone);
        _time.Advance(TimeSpan.FromSeconds(1));
        HealthReportEntry silent = await CheckAsync(softphone);
        _ = await softphone.GetAsync("/?FunctionName=CheckStatus");
        HealthReportEntry again = await CheckAsync(softphone);

        Assert.Equal((HealthStatus.Healthy, "EBS has not sent CheckStatus yet."), (before.Status, before.Description));
        Assert.Equal(["refusedRequests"], before.Data.Keys);
        Assert.Equal((HealthStatus.Healthy, "EBS last sent CheckStatus 300 s ago."), (still.Status, still.Description));
        Assert.Equal((HealthStatus.Degraded, "EBS last sent CheckStatus 301 s ago."), (silent.Status, silent.Description));
        Assert.Equal((1L, _time.GetUtcNow() - TimeSpan.FromSeconds(301)), (silent.Data["refusedRequests"], silent.Data["lastCheckStatusAt"]));
        Assert.Equal(HealthStatus.Healthy, again.Status);
    }

    [Fact]
    public async Task Name_status_and_tags_can_be_chosen()
    {
        await using WebSoftphone softphone = await StartAsync(checks => checks.AddOracleCct(TimeSpan.FromMinutes(5), "ebs", HealthStatus.Unhealthy, ["live"]));
        _ = await softphone.GetAsync("/?FunctionName=CheckStatus");
        _time.Advance(TimeSpan.FromHours(1));

        HealthReport report = await softphone.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        HealthReportEntry entry = report.Entries["ebs"];
        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.Equal(["live"], entry.Tags);
    }

    [Fact]
    public void A_silence_of_zero_is_refused()
    {
        IHealthChecksBuilder checks = new ServiceCollection().AddHealthChecks();

        Assert.Equal("maxSilence", Assert.Throws<ArgumentOutOfRangeException>(() => checks.AddOracleCct(TimeSpan.Zero)).ParamName);
        Assert.Equal("name", Assert.Throws<ArgumentNullException>(() => checks.AddOracleCct(TimeSpan.FromMinutes(1), null!)).ParamName);
        Assert.Equal("builder", Assert.Throws<ArgumentNullException>(() => ((IHealthChecksBuilder)null!).AddOracleCct(TimeSpan.FromMinutes(1))).ParamName);
    }

    private Task<WebSoftphone> StartAsync(Action<IHealthChecksBuilder> add) => WebSoftphone.StartAsync(
        _ => { },
        builder => add(builder.Services.AddSingleton<TimeProvider>(_time).AddHealthChecks()));

    private static async Task<HealthReportEntry> CheckAsync(WebSoftphone softphone) =>
        (await softphone.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries.Values.Single();
}
