#if NET
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.Observing;

public class TelemetryTests
{
    private const string Ready = "?FunctionName=Ready&telesetNumber=70002&agentID=7001";

    private static readonly string Doc = File.ReadAllText(Repository.PathOf("docs/telemetry.md"));

    [Fact]
    public async Task A_callout_is_a_trace_and_counted_by_its_function_and_outcome()
    {
        using var telemetry = new TelemetryRecorder();

        _ = await Endpoint().HandleAsync(Requests.Get("?FunctionName=checkstatus"));

        Assert.Equal(
            "Server callout CheckStatus|callout CheckStatus|{http.response.status_code=200, oraclecct.callout.function=CheckStatus, "
            + "oraclecct.callout.outcome=Success}|Unset",
            TelemetryRecorder.Describe(Assert.Single(telemetry.Activities)));
        Assert.Equal(
            [
                "oraclecct.callouts{oraclecct.callout.function=CheckStatus, oraclecct.callout.outcome=Success}",
                "oraclecct.callout.duration{oraclecct.callout.function=CheckStatus, oraclecct.callout.outcome=Success}",
            ],
            telemetry.Measurements);
    }

    [Fact]
    public async Task A_handler_that_throws_is_an_error_of_that_type_and_without_its_text()
    {
        using var telemetry = new TelemetryRecorder();

        _ = await Endpoint(new CalloutHandlers().HandleAsync<ReadyCallout>((_, _, _) => throw new InvalidOperationException("s3cret")))
            .HandleAsync(Requests.Get(Ready));

        Assert.Equal(
            "Server callout Ready|callout Ready|{error.type=System.InvalidOperationException, http.response.status_code=200, "
            + "oraclecct.callout.function=Ready, oraclecct.callout.outcome=Failed}|Error",
            TelemetryRecorder.Describe(Assert.Single(telemetry.Activities)));
    }

    [Fact]
    public async Task A_refusal_is_counted_by_its_reason_and_traced_without_a_name()
    {
        using var telemetry = new TelemetryRecorder();

        _ = await Endpoint().HandleAsync(Requests.Get(Ready) with { Method = "POST" });

        Assert.Equal(
            "Server callout|callout|{http.response.status_code=405, oraclecct.callout.outcome=Refused, oraclecct.callout.refusal=Method}|Unset",
            TelemetryRecorder.Describe(Assert.Single(telemetry.Activities)));
        Assert.Contains("oraclecct.callout.refusals{oraclecct.callout.refusal=Method}", telemetry.Measurements);
        Assert.Contains("oraclecct.callouts{oraclecct.callout.outcome=Refused}", telemetry.Measurements);
        Assert.Null(Activity.Current);
    }

    [Fact]
    public async Task What_a_handler_traces_is_a_part_of_its_callouts_trace()
    {
        using var telemetry = new TelemetryRecorder();
        string? parent = null;

        _ = await Endpoint(new CalloutHandlers().HandleAsync<ReadyCallout>(async (_, _, _) =>
        {
            await Task.Yield();
            parent = Activity.Current?.OperationName;
            return CalloutReply.Success;
        })).HandleAsync(Requests.Get(Ready));

        Assert.Equal("callout Ready", parent);
        Assert.Null(Activity.Current);
    }

    [Fact]
    public async Task Callouts_of_a_listener_are_no_part_of_what_was_traced_when_it_started()
    {
        // The listener's own threads are not this test's, so its callouts are told by their port.
        using var telemetry = new TelemetryRecorder();
        var seen = new TaskCompletionSource<Activity?>();
        CalloutHandlers handlers = new CalloutHandlers().HandleAsync<ReadyCallout>((_, _, _) =>
        {
            _ = seen.TrySetResult(Activity.Current);
            return new(CalloutReply.Success);
        });
        await using var listener = new CalloutListener(Endpoint(handlers), new() { Port = 0 });
        using (Activity starting = new Activity("starting").Start())
        {
            listener.Start();
        }

        _ = await RawHttp.SendAsync(listener.Url, RawHttp.Get(listener.Url, "/" + Ready));
        Activity? activity = await seen.Task.Within("the callout");

        Assert.Equal("callout Ready", activity?.OperationName);
        Assert.Null(activity?.ParentId);
    }

    [Fact]
    public async Task An_event_is_a_trace_and_counted_by_its_name_and_outcome_and_EBS_gets_no_header_of_it()
    {
        using var telemetry = new TelemetryRecorder();
        using ScriptedServer ebs = ScriptedServer.Answering(ScriptedServer.Response(200, ""));
        using var client = new HttpEventClient();
        using Activity around = new Activity("around").Start();

        _ = await client.SendAsync(ebs.Address, Messages.ScreenPop, Deadline.Token());

        Activity activity = Assert.Single(telemetry.Activities);
        Assert.Equal(
            "Client event ScreenPop|event ScreenPop|{http.response.status_code=200, oraclecct.event.name=ScreenPop, oraclecct.event.outcome=Delivered}|Unset",
            TelemetryRecorder.Describe(activity));
        Assert.Same(around, activity.Parent);
        Assert.Equal(
            [
                "oraclecct.events{oraclecct.event.name=ScreenPop, oraclecct.event.outcome=Delivered}",
                "oraclecct.event.duration{oraclecct.event.name=ScreenPop, oraclecct.event.outcome=Delivered}",
            ],
            telemetry.Measurements);
        Assert.DoesNotMatch("(?i)trace|baggage|request-id", Assert.Single(ebs.Requests));
        Assert.Same(around, Activity.Current);
    }

    [Theory]
    [InlineData(500, "{error.type=500, http.response.status_code=500, oraclecct.event.name=unknown, oraclecct.event.outcome=Refused}|Error")]
    [InlineData(0, "{error.type=System.Net.Http.HttpRequestException, oraclecct.event.name=unknown, oraclecct.event.outcome=Unknown}|Error")]
    public async Task An_event_that_fails_is_an_error_and_a_name_that_is_not_known_is_not_shown(int status, string described)
    {
        using var telemetry = new TelemetryRecorder();
        using ScriptedServer ebs = ScriptedServer.Answering(status == 0 ? "" : ScriptedServer.Response(status, "s3cret"));
        using var client = new HttpEventClient();

        _ = await client.SendAsync(ebs.Address, new UnknownEvent("s3cret"), Deadline.Token());

        Assert.Equal($"Client event unknown|event unknown|{described}", TelemetryRecorder.Describe(Assert.Single(telemetry.Activities)));
    }

    [Fact]
    public async Task An_event_that_was_not_sent_is_an_error_with_its_reason()
    {
        using var telemetry = new TelemetryRecorder();
        EbsAddress nobody;
        using (ScriptedServer server = ScriptedServer.Answering(""))
        {
            nobody = server.Address;
        }

        using var client = new HttpEventClient();
        _ = await client.SendAsync(nobody, Messages.ScreenPop, Deadline.Token());

        string described = TelemetryRecorder.Describe(Assert.Single(telemetry.Activities));
        Assert.Contains("oraclecct.event.outcome=NotSent, oraclecct.event.reason=Unreachable}|Error", described, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Durations_are_those_of_the_observations_in_seconds()
    {
        using var telemetry = new TelemetryRecorder();
        var observer = new RecordingObserver();
        await using var hub = new ObserverHub(observer);
        using ScriptedServer ebs = ScriptedServer.Answering(ScriptedServer.Response(200, ""));
        using var client = new HttpEventClient(observers: hub);

        _ = await client.SendAsync(ebs.Address, Messages.ScreenPop, Deadline.Token());
        _ = await Endpoint(hub: hub).HandleAsync(Requests.Get("?FunctionName=CheckStatus"));
        await hub.FlushAsync(Deadline.Token());

        Assert.Equal(
            observer.Observations.Select(one => one.Duration.TotalSeconds),
            telemetry.Values.Where(one => one.Instrument.EndsWith(".duration", StringComparison.Ordinal)).Select(one => one.Value));
    }

    [Fact]
    public async Task A_desktops_queue_and_what_became_of_its_events_are_counted()
    {
        // The queue sends without the test's context, so here time and a full queue end the events.
        using var telemetry = new TelemetryRecorder();
        var time = new ManualTime();
        var client = new ScriptedClient();
        var registry = new InMemoryAgentRegistry();
        await registry.RegisterAsync(Messages.Agent, new("127.0.0.1", 8888));
        AgentDesktop desktop = new AgentDesktops(registry, client, new() { QueueCapacity = 2 }, timeProvider: time)[Messages.Agent];
        Task<EventDelivery> stuck = desktop.SendAsync(new UnknownEvent("s3cret"));
        ScriptedClient.Sending sending = await client.NextAsync();

        Task<EventDelivery> waiting = desktop.SendAsync(new UnknownEvent("s3cret"));
        _ = await desktop.SendAsync(new ErrorEvent { Message = "s3cret" });
        time.Advance(TimeSpan.FromSeconds(15));
        _ = await waiting.Within("the outcome");

        Assert.Equal([1, 1, -1], telemetry.Values.Where(one => one.Instrument == "oraclecct.desktop.queued_events").Select(one => one.Value));
        Assert.Equal(
            [
                "oraclecct.desktop.events{oraclecct.event.name=Error, oraclecct.event.outcome=NotSent, oraclecct.event.reason=QueueFull}",
                "oraclecct.desktop.events{oraclecct.event.name=unknown, oraclecct.event.outcome=NotSent, oraclecct.event.reason=Expired}",
            ],
            telemetry.Measurements.Where(one => one.StartsWith("oraclecct.desktop.events", StringComparison.Ordinal)));
        sending.Answer(EventDeliveryStatus.Delivered);
        _ = await stuck.Within("the first event");
    }

    [Fact]
    public async Task However_many_names_numbers_and_texts_come_the_tags_are_few()
    {
        using var telemetry = new TelemetryRecorder();
        CalloutEndpoint endpoint = Endpoint();
        for (int i = 0; i < 1000; i++)
        {
            _ = await endpoint.HandleAsync(Requests.Get($"?FunctionName=Other{i}"));
            _ = await endpoint.HandleAsync(Requests.Get($"?FunctionName=NotReady&telesetNumber={i}&agentID={i}"));
            _ = await endpoint.HandleAsync(Requests.Get($"?FunctionName=Ready&x{i}={i}"));
            _ = await endpoint.HandleAsync(Requests.Get("?") with { Method = $"M{i}" });
        }

        Assert.Equal(9, telemetry.Measurements.Distinct().Count());
        Assert.Equal(
            ["callout", "callout NotReady", "callout unknown"],
            telemetry.Activities.Select(activity => activity.OperationName).Distinct().OrderBy(name => name, StringComparer.Ordinal));
        Assert.Equal(4, telemetry.Activities.Select(TelemetryRecorder.Describe).Distinct().Count());
    }

    [Fact]
    public async Task Observations_that_were_dropped_are_counted()
    {
        using var telemetry = new TelemetryRecorder();
        var hub = new ObserverHub(new RecordingObserver());
        await hub.DisposeAsync();

        _ = await Endpoint(hub: hub).HandleAsync(Requests.Get(Ready));

        Assert.Contains("oraclecct.observations.dropped{}", telemetry.Measurements);
    }

    [Fact]
    public void Source_and_meter_have_the_librarys_name_and_version()
    {
        using var telemetry = new TelemetryRecorder();
        Run(telemetry);

        string version = typeof(Callout).Assembly.GetName().Version!.ToString(3);
        Assert.All(telemetry.Instruments, instrument => Assert.Equal((TelemetryRecorder.Name, version), (instrument.Meter.Name, instrument.Meter.Version)));
        Assert.All(telemetry.Activities, activity => Assert.Equal((TelemetryRecorder.Name, version), (activity.Source.Name, activity.Source.Version)));
    }

    [Fact]
    public void The_documentation_lists_every_instrument_with_its_kind_and_unit_and_no_other()
    {
        using var telemetry = new TelemetryRecorder();
        Run(telemetry);

        IEnumerable<string> real = telemetry.Instruments.Select(instrument => $"| `{instrument.Name}` | {KindOf(instrument)} | `{instrument.Unit}` |");
        IEnumerable<string> documented = Regex.Matches(
            Doc, @"^\| `oraclecct\.[\w.]+` \| (Counter|UpDownCounter|Histogram) \| `[^`]+` \|", RegexOptions.Multiline).Select(match => match.Value);
        Assert.Equal(real.OrderBy(line => line, StringComparer.Ordinal), documented.OrderBy(line => line, StringComparer.Ordinal));
    }

    [Fact]
    public void The_documentation_lists_every_tag_and_no_other()
    {
        IEnumerable<string> real = typeof(Callout).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => field.IsLiteral && field.Name.EndsWith("Tag", StringComparison.Ordinal))
            .Select(field => (string)field.GetRawConstantValue()!);
        string table = Doc[Doc.IndexOf("## Tags", StringComparison.Ordinal)..];
        table = table[..table.IndexOf("\n## ", 3, StringComparison.Ordinal)];
        IEnumerable<string> documented = Regex.Matches(table, @"^\| `([\w.]+)`", RegexOptions.Multiline).Select(match => match.Groups[1].Value);

        Assert.Equal(real.OrderBy(tag => tag, StringComparer.Ordinal), documented.OrderBy(tag => tag, StringComparer.Ordinal));
    }

    [Fact]
    public void The_tags_that_are_used_are_those_that_are_declared_and_the_names_are_the_documented_ones()
    {
        using var telemetry = new TelemetryRecorder();
        Run(telemetry);

        Assert.All(telemetry.Activities.SelectMany(activity => activity.TagObjects), tag => Assert.Contains($"| `{tag.Key}`", Doc, StringComparison.Ordinal));
        Assert.All(
            telemetry.Activities, activity =>
                Assert.Matches("^(callout|callout (unknown|[A-Z][A-Za-z]+)|event (unknown|[A-Z][A-Za-z]+))$", activity.OperationName));
        Assert.All(["`callout {function}`", "`callout`", "`event {name}`"], name => Assert.Contains(name, Doc, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(typeof(CalloutOutcome))]
    [InlineData(typeof(CalloutRefusal))]
    [InlineData(typeof(EventDeliveryStatus))]
    [InlineData(typeof(NotSentReason))]
    public void The_documentation_lists_every_value_of_a_tag(Type type) =>
        Assert.All(Enum.GetNames(type), name => Assert.Contains($"`{name}`", Doc, StringComparison.Ordinal));

    /// <summary>A little of everything, so that all instruments are there.</summary>
    private static void Run(TelemetryRecorder telemetry)
    {
        Task.Run(async () =>
        {
            CalloutEndpoint endpoint = Endpoint(new CalloutHandlers().HandleAsync<ReadyCallout>((_, _, _) => throw new InvalidOperationException()));
            foreach (string query in new[] { Ready, "?FunctionName=CheckStatus", "?FunctionName=Other", "?" })
            {
                _ = await endpoint.HandleAsync(Requests.Get(query));
            }

            _ = await endpoint.HandleAsync(Requests.Get("?") with { Method = "PUT" });
            using ScriptedServer ebs = ScriptedServer.Answering(ScriptedServer.Response(500, ""));
            using var client = new HttpEventClient();
            _ = await client.SendAsync(ebs.Address, Messages.ScreenPop, Deadline.Token());
            await using var desktops = new AgentDesktops(new InMemoryAgentRegistry(), client);
            _ = await desktops[Messages.Agent].ScreenPopAsync(Messages.ScreenPop);
        }).Within("a little of everything").GetAwaiter().GetResult();
        Assert.NotEmpty(telemetry.Activities);
    }

    private static string KindOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0];

    private static CalloutEndpoint Endpoint(CalloutHandlers? handlers = null, ObserverHub? hub = null) =>
        new(new CalloutDispatcher(handlers ?? new(), new InMemoryAgentRegistry()), null, hub);
}
#endif
