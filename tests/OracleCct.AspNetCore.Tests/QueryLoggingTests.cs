using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.AspNetCore.Rewrite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OracleCct.AspNetCore.Tests.Support;
using OracleCct.Protocol;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.AspNetCore.Tests;

public sealed class QueryLoggingTests : IDisposable
{
    private const string HostingCategory = "Microsoft.AspNetCore.Hosting.Diagnostics";
    private const string BadRequestsCategory = "Microsoft.AspNetCore.Server.Kestrel.BadRequests";
    private const string RewriteCategory = "Microsoft.AspNetCore.Rewrite.RewriteMiddleware";
    private const string HttpLoggingCategory = "Microsoft.AspNetCore.HttpLogging.HttpLoggingMiddleware";
    private const string Password = "opensesame";

    private readonly string _folder = Directory.CreateTempSubdirectory("oraclecct-w3c-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Nothing_that_is_logged_holds_a_password()
    {
        using var traces = new Traces();
        await using WebSoftphone softphone = await WebSoftphone.StartAsync(cct => cct.HideQueriesInLogs(), LogAll, MapWithLoggingFirst);

        await CallOutAsync(softphone);

        LogRecorder log = softphone.Log;
        Assert.Contains(log.Entries, entry => entry.Category == HttpLoggingCategory);
        Assert.DoesNotContain(Password, log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(log.Entries, entry => entry.Level >= LogLevel.Warning);
        Assert.DoesNotContain(Password, await W3CLogAsync(), StringComparison.Ordinal);
        Assert.Contains("Microsoft.AspNetCore.Hosting.HttpRequestIn", traces.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, traces.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_HideQueriesInLogs_the_password_is_logged_in_all_these_places()
    {
        await using WebSoftphone softphone = await WebSoftphone.StartAsync(build: LogAll, map: MapWithLoggingFirst);

        await CallOutAsync(softphone);

        string[] categories = [.. softphone.Log.Entries
            .Where(entry => $"{entry}".Contains(Password, StringComparison.Ordinal))
            .Select(entry => entry.Category)
            .Distinct()
            .Order(StringComparer.Ordinal)];
        Assert.Equal([HostingCategory, HttpLoggingCategory, RewriteCategory, BadRequestsCategory], categories);
        Assert.Contains(Password, await W3CLogAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Http_logging_skips_callouts_by_default()
    {
        await using WebSoftphone softphone = await WebSoftphone.StartAsync(
            build: builder => builder.Services.AddHttpLogging(http => http.LoggingFields = HttpLoggingFields.All | HttpLoggingFields.RequestQuery),
            map: app =>
            {
                _ = app.UseHttpLogging();
                _ = app.MapOracleCct();
                _ = app.MapGet("/other", () => "");
            });

        _ = await softphone.GetAsync("/?FunctionName=CheckStatus&agentPassword=" + Password);
        _ = await softphone.GetAsync("/other?seen");

        string logged = string.Join('\n', softphone.Log.Entries.Where(entry => entry.Category == HttpLoggingCategory));
        Assert.Contains("seen", logged, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, logged, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Logging:LogLevel:" + HostingCategory, "Trace")]
    [InlineData("Logging:Recorder:LogLevel:Default", "Trace")]
    [InlineData("Logging:Recorder:LogLevel:" + HostingCategory, "Information")]
    [InlineData("Logging:LogLevel:" + HostingCategory + "*", "Information")]
    [InlineData("Logging:LogLevel:Microsoft.AspNetCore.Hosting.*Diagnostics", "Information")]
    [InlineData("Logging:Recorder:LogLevel:Microsoft.*.Hosting.Diagnostics", "Information")]
    [InlineData("Logging:LogLevel:" + HostingCategory + "*.Diagnostics", "Trace")]
    [InlineData("Logging:LogLevel:microsoft.aspnetcore.hosting.diagnostics", "Information")]
    public async Task No_configuration_opens_it_again(string key, string level)
    {
        await using WebSoftphone softphone = await WebSoftphone.StartAsync(cct => cct.HideQueriesInLogs(), builder =>
        {
            builder.Configuration[key] = level;
            _ = builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        });

        await CallOutAsync(softphone);

        Assert.DoesNotContain(softphone.Log.Entries, entry => entry.Category == HostingCategory);
        Assert.DoesNotContain(Password, softphone.Log.Text, StringComparison.Ordinal);
        Assert.Empty(Warnings(softphone));
    }

    [Fact]
    public async Task A_filter_that_is_added_later_does_not_open_it_again()
    {
        await using WebSoftphone softphone = await WebSoftphone.StartAsync(cct =>
        {
            _ = cct.HideQueriesInLogs();
            _ = cct.Services!.AddLogging(logging => logging.AddFilter<LogRecorder>(HostingCategory, LogLevel.Trace));
        });

        await CallOutAsync(softphone);

        Assert.DoesNotContain(Password, softphone.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_later_PostConfigure_opens_it_again_with_a_warning()
    {
        await using WebSoftphone softphone = await WebSoftphone.StartAsync(cct => cct
            .HideQueriesInLogs()
            .Services!.PostConfigure<LoggerFilterOptions>(options => options.Rules.Add(new(null, RewriteCategory, LogLevel.Trace, null))));

        Assert.Contains($"written by {RewriteCategory}.", Assert.Single(Warnings(softphone)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_of_the_application_still_applies_to_all_other_categories()
    {
        await using WebSoftphone softphone = await WebSoftphone.StartAsync(
            cct => cct.HideQueriesInLogs(),
            builder => builder.Logging.AddFilter<LogRecorder>((category, level) => category != "Noise" || level >= LogLevel.Error));

        await CallOutAsync(softphone);

        ILoggerFactory loggers = softphone.Services.GetRequiredService<ILoggerFactory>();
        Assert.False(loggers.CreateLogger("Noise").IsEnabled(LogLevel.Warning));
        Assert.True(loggers.CreateLogger("Other").IsEnabled(LogLevel.Trace));
        Assert.DoesNotContain(Password, softphone.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_category_that_was_switched_off_stays_off()
    {
        await using WebSoftphone softphone = await WebSoftphone.StartAsync(
            cct => cct.HideQueriesInLogs(), builder => builder.Logging.AddFilter(HostingCategory, LogLevel.None));

        Assert.False(softphone.Services.GetRequiredService<ILoggerFactory>().CreateLogger(HostingCategory).IsEnabled(LogLevel.Critical));
    }

    [Fact]
    public async Task One_warning_says_that_passwords_will_be_logged()
    {
        await using WebSoftphone softphone = await WebSoftphone.StartAsync(build: builder => builder.Logging.SetMinimumLevel(LogLevel.Information));

        _ = await softphone.GetAsync("/?FunctionName=CheckStatus");

        LogEntry warning = Assert.Single(Warnings(softphone));
        Assert.Equal("OracleCct.Protocol.OracleCctEndpointRouteBuilderExtensions", warning.Category);
        Assert.Equal(
            $"Agents' passwords will be logged. Login and Logout carry them in the query string, and query strings are written by {HostingCategory}. "
                + "Call HideQueriesInLogs() in AddOracleCct, or set these categories to Warning.",
            warning.Message);
    }

    [Fact]
    public async Task W3C_logging_causes_the_warning_too()
    {
        await using WebSoftphone softphone = await WebSoftphone.StartAsync(build: builder =>
        {
            _ = builder.Logging.SetMinimumLevel(LogLevel.Warning);
            _ = builder.Services.AddW3CLogging(w3c => w3c.LogDirectory = _folder);
        });

        Assert.Contains("written by UseW3CLogging.", Assert.Single(Warnings(softphone)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_logs_queries_there_is_no_warning()
    {
        await using WebSoftphone softphone = await WebSoftphone.StartAsync(
            build: builder => builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter(HostingCategory, LogLevel.Warning));

        await CallOutAsync(softphone);

        Assert.Empty(Warnings(softphone));
        Assert.DoesNotContain(Password, softphone.Log.Text, StringComparison.Ordinal);
    }

    private void LogAll(WebApplicationBuilder builder)
    {
        _ = builder.Logging.AddFilter<LogRecorder>(null, LogLevel.Trace);
        _ = builder.Services
            .AddHttpLogging(http => http.LoggingFields = HttpLoggingFields.All | HttpLoggingFields.RequestQuery)
            .AddW3CLogging(w3c =>
            {
                w3c.LoggingFields = W3CLoggingFields.All;
                w3c.LogDirectory = _folder;
                w3c.FlushInterval = TimeSpan.FromMilliseconds(10);
            });
    }

    /// <summary>Puts the loggers before routing, so that they do not know the endpoint yet.</summary>
    private static void MapWithLoggingFirst(WebApplication app)
    {
        _ = app.UseHttpLogging();
        _ = app.UseW3CLogging();
        _ = app.UseRewriter(new RewriteOptions().AddRewrite("^elsewhere$", "/", skipRemainingRules: false));
        _ = app.UseRouting();
        _ = app.MapOracleCct();
    }

    private static async Task CallOutAsync(WebSoftphone softphone)
    {
        string agent = "&telesetNumber=70002&agentID=7001&agentPassword=" + Password;
        Assert.StartsWith("HTTP/1.1 200", await softphone.GetAsync("/?FunctionName=Login&agentQueue=7700" + agent), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200", await softphone.GetAsync("/?FunctionName=Logout&agentQueue=7700" + agent), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200", await softphone.GetAsync("/?FunctionName=Unknown" + agent), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 405", await softphone.SendAsync("POST", "/?FunctionName=Login" + agent, "Content-Length: 0\r\n"), StringComparison.Ordinal);

        // A URL with a raw space is not valid.
        Assert.StartsWith("HTTP/1.1 400", await softphone.GetAsync("/?FunctionName=Login&agentQueue=7 700" + agent), StringComparison.Ordinal);
    }

    /// <summary>Returns the file when it holds the last request that the server could read, a POST.</summary>
    private async Task<string> W3CLogAsync()
    {
        CancellationToken deadline = Deadline.Token();
        while (true)
        {
            foreach (string path in Directory.GetFiles(_folder))
            {
                using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
                if (await file.ReadToEndAsync(deadline) is var text && text.Contains(" POST ", StringComparison.Ordinal))
                {
                    return text;
                }
            }

            await Task.Delay(20, deadline);
        }
    }

    private static IEnumerable<LogEntry> Warnings(WebSoftphone softphone) => softphone.Log.Entries.Where(entry => entry.Level >= LogLevel.Warning);

    /// <summary>Records what ASP.NET Core publishes to listeners in the process: activities with their tags, and event sources.</summary>
    private sealed class Traces : EventListener
    {
        private readonly ConcurrentQueue<string> _seen = new();
        private readonly ActivityListener _activities;

        public Traces()
        {
            _activities = new()
            {
                ShouldListenTo = source => source.Name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal),
                Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = activity =>
                {
                    string tags = string.Join(", ", activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"));
                    _seen.Enqueue($"{activity.OperationName} {activity.DisplayName} {tags} {string.Join(", ", activity.Events.Select(e => e.Name))}");
                },
            };
            ActivitySource.AddActivityListener(_activities);
        }

        public string Text => string.Join('\n', _seen);

        public override void Dispose()
        {
            _activities.Dispose();
            base.Dispose();
        }

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name is "Microsoft.AspNetCore.Hosting" or "Microsoft-AspNetCore-Server-Kestrel")
            {
                EnableEvents(eventSource, EventLevel.Verbose, EventKeywords.All);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
            _seen?.Enqueue($"{eventData.EventSource.Name} {eventData.EventName} {string.Join(", ", eventData.Payload ?? new([]))}");
    }
}
