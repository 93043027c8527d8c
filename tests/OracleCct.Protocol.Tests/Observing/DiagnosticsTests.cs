using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.Observing;

/// <summary>Each test has an agent of its own, since all of them write to one source.</summary>
public class DiagnosticsTests
{
    private const string Password = "qX7 p&ss/w+rd";

    [Fact]
    public void The_source_is_there_without_any_set_up()
    {
        Assert.Equal("OracleCct.Protocol", CctDiagnostics.TraceSource.Name);
        Assert.True(CctDiagnostics.TraceSource.Switch.ShouldTrace(TraceEventType.Warning));
        Assert.False(CctDiagnostics.TraceSource.Switch.ShouldTrace(TraceEventType.Information));
        Assert.Contains(CctDiagnostics.TraceSource.Listeners.Cast<TraceListener>(), listener => listener is DefaultTraceListener);
    }

    [Fact]
    public async Task A_handler_that_throws_is_an_error_with_type_text_and_stack()
    {
        using var trace = new TraceRecorder();
        CalloutHandlers handlers = new CalloutHandlers().HandleAsync<ReadyCallout>((_, _, _) => Fail());

        _ = await Endpoint(handlers).HandleAsync(Requests.Get("?FunctionName=Ready&telesetNumber=70002&agentID=d1"));

        TraceRecorder.Entry entry = Assert.Single(trace.About("agent d1 "));
        Assert.Equal(("OracleCct.Protocol", TraceEventType.Error, 1), (entry.Source, entry.Type, entry.Id));
        CalloutObservation observation = Assert.IsType<CalloutObservation>(entry.Data.Observation);
        Assert.Equal((CalloutOutcome.Failed, observation.At, observation.Duration), (observation.Outcome, entry.Data.At, entry.Data.Duration));
        Assert.Equal(entry.Data.Text, entry.Data.ToString());
        Assert.StartsWith(
            "Ready of agent d1 at 70002: Failed. The softphone could not carry out Ready.\n"
            + "System.InvalidOperationException: outer\n ---> System.IO.IOException: inner\n",
            entry.Data.Text,
            StringComparison.Ordinal);
        Assert.Contains(nameof(Fail), entry.Data.Text, StringComparison.Ordinal);
        using var transcript = new StringWriter();
        new TranscriptWriter(transcript).Observe(entry.Data);
        Assert.Contains("\"kind\":\"diagnostic\",\"message\":\"Ready of agent d1", transcript.ToString(), StringComparison.Ordinal);
    }

    public static TheoryData<string> HostileTexts =>
    [
        $"no {Password}!",
        $"no {Password.ToUpperInvariant()}!",
        $"no {Uri.EscapeDataString(Password)}!",
        $"no {Uri.EscapeDataString(Password).Replace("%20", "+")}!",
        $"no {Uri.EscapeDataString(Password).ToLowerInvariant()}!",
        $"no {string.Concat(Password.Select(c => $"%{(int)c:x2}"))}!",
        $"no {string.Concat(Password.Select(c => $"\\u{(int)c:x4}"))}!",
        $"no {string.Concat(Password.Select(c => $"&#{(int)c};"))}!",
        $"no {Password.Replace("&", "&amp;")}!",
        $"{Password}{Password}",
        $"the line s3cr3tLine is {Password}",
    ];

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public async Task No_text_of_an_exception_shows_what_the_callout_hides(string text)
    {
        using var trace = new TraceRecorder();
        CalloutHandlers handlers = new CalloutHandlers()
            .HandleAsync<LoginCallout>((_, _, _) => throw new InvalidOperationException(text, new IOException(text)));

        _ = await Endpoint(handlers).HandleAsync(Requests.Get(
            $"?FunctionName=Login&telesetNumber=70002&agentID=d2&agentQueue=7700&agentPassword={Uri.EscapeDataString(Password)}&line=s3cr3tLine"));

        string shown = string.Concat(trace.About("agent d2 ").Select(entry => entry.Data.Text));
        Assert.Contains("System.IO.IOException", shown, StringComparison.Ordinal);
        Assert.Contains("***", shown, StringComparison.Ordinal);
        string[] secrets = [Password, Uri.EscapeDataString(Password), "p&ss", "p&amp;ss", "%70%26", "&#112;", "\\u0070", "s3cr3tLine"];
        Assert.All(secrets, secret => Assert.True(shown.IndexOf(secret, StringComparison.OrdinalIgnoreCase) < 0, shown));
    }

    [Theory]
    [InlineData("12", "of 12 lines", "***")]
    [InlineData("", "of 12 lines", "of 12 lines")]
    [InlineData("12345", "of 12 lines, not 12345", "of 12 lines, not ***")]
    public async Task A_short_password_hides_the_whole_message(string password, string text, string shown)
    {
        using var trace = new TraceRecorder();
        string agent = $"d3-{password.Length}";
        CalloutHandlers handlers = new CalloutHandlers().HandleAsync<LoginCallout>((_, _, _) => throw new InvalidOperationException(text));

        _ = await Endpoint(handlers).HandleAsync(Requests.Get(Login(agent, password)));

        Assert.Contains($"\nSystem.InvalidOperationException: {shown}\n", Assert.Single(trace.About($"agent {agent} ")).Data.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exception_whose_properties_throw_is_shown_by_its_type()
    {
        using var trace = new TraceRecorder();
        CalloutHandlers handlers = new CalloutHandlers().HandleAsync<ReadyCallout>((_, _, _) => throw new HostileException());

        _ = await Endpoint(handlers).HandleAsync(Requests.Get("?FunctionName=Ready&telesetNumber=70002&agentID=d4"));

        string shown = Assert.Single(trace.About("agent d4 ")).Data.Text;
        Assert.EndsWith($"{typeof(HostileException)}: (its message cannot be read)", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_throws_is_an_error()
    {
        using var trace = new TraceRecorder();
        var endpoint = new CalloutEndpoint(new CalloutDispatcher(new CalloutHandlers(), new BrokenRegistry()));
        var time = new ManualTime();
        await using var desktops = new AgentDesktops(new BrokenRegistry(), new ScriptedClient(), timeProvider: time);

        _ = await endpoint.HandleAsync(Requests.Get("?FunctionName=Unregister&telesetNumber=70002&agentID=d5"));
        Task<CallSession> popping = desktops[new("70002", "d5")].ScreenPopAsync(Messages.ScreenPop);
        await time.TimersAsync(2);
        time.Advance(TimeSpan.FromSeconds(15));
        _ = await popping.Within("the pop");

        IReadOnlyList<TraceRecorder.Entry> entries = trace.About("agent d5 ");
        Assert.StartsWith("Unregister of agent d5 at 70002: Failed", entries[0].Data.Text, StringComparison.Ordinal);
        Assert.StartsWith(
            "Problem: The registry failed to find where EBS listens for agent d5 at 70002.\nSystem.NotSupportedException: no database",
            entries[1].Data.Text,
            StringComparison.Ordinal);
        Assert.All(entries.Take(2), entry => Assert.Equal(TraceEventType.Error, entry.Type));
        TraceRecorder.Entry outcome = entries[entries.Count - 1];
        Assert.Equal((TraceEventType.Warning, 5), (outcome.Type, outcome.Id));
    }

    [Fact]
    public async Task A_callout_that_is_refused_cannot_be_read_or_is_late_is_a_warning()
    {
        using var trace = new TraceRecorder();
        var time = new ManualTime();
        CalloutHandlers handlers = new CalloutHandlers().HandleAsync<ReadyCallout>(async (_, _, _) => await new TaskCompletionSource<CalloutReply>().Task);
        var endpoint = new CalloutEndpoint(new CalloutDispatcher(handlers, new InMemoryAgentRegistry()), timeProvider: time);

        _ = await endpoint.HandleAsync(Requests.Get("?FunctionName=Ready&telesetNumber=70002&agentID=d6") with { Method = "POST" });
        _ = await endpoint.HandleAsync(Requests.Get("?FunctionName=Ready&telesetNumber=d6d6"));
        Task<CalloutResponse> late = endpoint.HandleAsync(Requests.Get("?FunctionName=Ready&telesetNumber=70002&agentID=d6")).AsTask();
        while (!late.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10);
        }

        IEnumerable<(TraceEventType, int, CalloutOutcome)> entries =
            from entry in trace.About(": ")
            let observation = entry.Data.Observation as CalloutObservation
            where observation is not null && observation.Query.Contains("d6")
            select (entry.Type, entry.Id, observation.Outcome);
        Assert.Equal(
            [
                (TraceEventType.Warning, 3, CalloutOutcome.Refused),
                (TraceEventType.Warning, 4, CalloutOutcome.Unreadable),
                (TraceEventType.Warning, 2, CalloutOutcome.TimedOut),
            ],
            entries);
    }

    [Fact]
    public async Task A_handler_that_throws_after_its_deadline_is_an_error()
    {
        using var trace = new TraceRecorder();
        var released = new TaskCompletionSource<bool>();
        var endpoint = new CalloutEndpoint(
            new CalloutDispatcher(
                new CalloutHandlers().HandleAsync<LoginCallout>(async (login, _, _) =>
                {
                    _ = await released.Task;
                    throw new InvalidOperationException($"no {login.AgentPassword.Reveal()}");
                }),
                new InMemoryAgentRegistry()),
            new() { Deadline = TimeSpan.FromMilliseconds(10) });

        _ = await endpoint.HandleAsync(Requests.Get(Login("d7"))).AsTask().Within("the answer");
        released.SetResult(true);

        TraceRecorder.Entry? late = null;
        while ((late = trace.About("Login of agent d7 at 70002 ended after its deadline").SingleOrDefault()) is null)
        {
            await Task.Delay(10);
        }

        Assert.Equal((TraceEventType.Error, 8), (late.Type, late.Id));
        Assert.Contains("System.InvalidOperationException: no ***\n", late.Data.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pop_that_the_rules_refuse_is_a_warning_with_the_findings()
    {
        using var trace = new TraceRecorder();
        await using var desktops = new AgentDesktops(new InMemoryAgentRegistry(), new ScriptedClient());

        ScreenPopEvent pop = Messages.ScreenPop with { ExtraFields = [new("note", "say \"hello\"")] };

        CallSession call = await desktops[new("70002", "d8")].ScreenPopAsync(pop).Within("the refusal");

        TraceRecorder.Entry entry = Assert.Single(trace.About("agent d8 "));
        Assert.Equal((TraceEventType.Warning, 5), (entry.Type, entry.Id));
        Assert.NotEmpty(call.Findings);
        Assert.Equal(
            "ScreenPop of agent d8 at 70002: NotSent (RefusedByRules). The rules for screen pops refused it: correct it as the findings say."
            + string.Concat(call.Findings.Select(finding => $"\n{finding}")),
            entry.Data.Text);
        Assert.Equal(call.Findings, Assert.IsType<EventOutcomeObservation>(entry.Data.Observation).Findings);
    }

    [Fact]
    public async Task A_try_that_fails_and_an_event_that_is_not_delivered_are_warnings_and_one_that_is_cancelled_is_not()
    {
        using var trace = new TraceRecorder();
        var registry = new InMemoryAgentRegistry();
        using ScriptedServer ebs = ScriptedServer.Answering(ScriptedServer.Response(500, ""));
        using var client = new HttpEventClient();
        await using var desktops = new AgentDesktops(registry, client);
        var agent = new AgentIdentity("70002", "d9");
        await registry.RegisterAsync(agent, ebs.Address);

        CallSession call = await desktops[agent].ScreenPopAsync(Messages.ScreenPop).Within("the pop");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.SendAsync(ebs.Address, Messages.ScreenPop, new CancellationToken(canceled: true)));

        Assert.Equal(EventDeliveryStatus.Refused, call.ScreenPop.Status);
        TraceRecorder.Entry attempt = Assert.Single(trace.About($"to {ebs.Address}:"));
        TraceRecorder.Entry outcome = Assert.Single(trace.About("agent d9 "));
        Assert.Equal((TraceEventType.Warning, 6, $"ScreenPop to {ebs.Address}: Refused (HTTP 500)"), (attempt.Type, attempt.Id, attempt.Data.Text));
        Assert.StartsWith("ScreenPop of agent d9 at 70002: Refused (HTTP 500). EBS, or", outcome.Data.Text, StringComparison.Ordinal);
        Assert.Equal(ebs.Address, Assert.IsType<EventOutcomeObservation>(outcome.Data.Observation).EbsAddress);
    }

    [Fact]
    public async Task An_observer_that_throws_is_a_warning_without_a_text_that_may_hold_a_password()
    {
        using var trace = new TraceRecorder();
        await using var hub = new ObserverHub(new BrokenObserver());
        CalloutHandlers handlers = new CalloutHandlers().HandleAsync<LoginCallout>((login, _, _) => throw Telling(login));
        var endpoint = new CalloutEndpoint(new CalloutDispatcher(handlers, new InMemoryAgentRegistry()), null, hub);

        _ = await endpoint.HandleAsync(Requests.Get(Login("d10")));
        _ = await endpoint.HandleAsync(Requests.Get("?FunctionName=Unregister&telesetNumber=70002&agentID=d10"));
        await hub.FlushAsync();

        TraceRecorder.Entry[] entries = [.. trace.About("agent d10 ").Where(entry => entry.Id == 7)];
        Assert.Equal([TraceEventType.Warning, TraceEventType.Warning], entries.Select(entry => entry.Type));
        Assert.StartsWith(
            $"Problem: The observer {typeof(BrokenObserver)} failed on \"Login of agent d10 at 70002: Failed\".\nSystem.IO.IOException: ***\n",
            entries[0].Data.Text,
            StringComparison.Ordinal);
        Assert.Contains("\nSystem.IO.IOException: disk full: \n", entries[1].Data.Text, StringComparison.Ordinal);
        Assert.All(trace.About("agent d10 "), entry => Assert.DoesNotContain("s3cr3t", entry.Data.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_listener_that_throws_breaks_neither_callouts_nor_events()
    {
        using var broken = new BrokenListener("agent d11 ");
        CalloutHandlers handlers = new CalloutHandlers().HandleAsync<ReadyCallout>((_, _, _) => Fail());
        await using var desktops = new AgentDesktops(new InMemoryAgentRegistry(), new ScriptedClient());

        CalloutResponse response = await Endpoint(handlers).HandleAsync(Requests.Get("?FunctionName=Ready&telesetNumber=70002&agentID=d11"));
        CallSession call = await desktops[new("70002", "d11")].ScreenPopAsync(Messages.ScreenPop).Within("the pop");

        Assert.Equal((200, NotSentReason.NotRegistered), (response.StatusCode, call.ScreenPop.Reason));
        Assert.Equal(2, broken.Count);
    }

    [Fact]
    public async Task A_stack_keeps_its_words_though_a_piece_of_an_agents_id_equals_them()
    {
        using var trace = new TraceRecorder();
        CalloutHandlers handlers = new CalloutHandlers().HandleAsync<ReadyCallout>((_, _, _) => Fail());

        _ = await Endpoint(handlers).HandleAsync(Requests.Get("?FunctionName=Ready&telesetNumber=d14&agentID=outer;OracleCct;agentPassword=hunter2"));

        string shown = Assert.Single(trace.About("agent *** at d14")).Data.Text;
        Assert.Contains("System.InvalidOperationException: ***\n", shown, StringComparison.Ordinal);
        Assert.Contains("at OracleCct.Protocol.Tests.Observing.DiagnosticsTests.Fail", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Entries_beyond_the_capacity_are_dropped_and_counted_in_their_place()
    {
        using var going = new ManualResetEventSlim();
        var written = new List<DiagnosticEntry>();
        var flow = new AsyncLocal<string?> { Value = "of the caller" };
        string? seen = "";
        var queue = new DiagnosticQueue(entry =>
        {
            seen = flow.Value;
            going.Wait();
            written.Add(entry);
            throw new InvalidOperationException();
        });
        int count = DiagnosticQueue.Capacity + 10;

        for (int i = 0; i < count; i++)
        {
            var problem = new ProblemObservation { At = default, Message = $"{i}" };
            queue.Add(new(TraceEventType.Warning, DiagnosticId.Problem, DiagnosticObservation.Of(problem, $"{i}")));
        }

        Assert.False(queue.Flush(TimeSpan.FromMilliseconds(10)));
        going.Set();
        Assert.True(queue.Flush(TimeSpan.FromSeconds(30)));

        int kept = written.Count - 1;
        Assert.InRange(kept, DiagnosticQueue.Capacity, DiagnosticQueue.Capacity + 1);
        Assert.Equal(Enumerable.Range(0, kept).Select(i => $"{i}"), written.Take(kept).Select(entry => entry.Data.Text));
        Assert.Equal(
            (DiagnosticId.EntriesDropped, $"Problem: The listeners of the trace source were too slow: {count - kept} entries are missing here."),
            (written[kept].Id, written[kept].Data.Text));
        Assert.Null(seen);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MaxValue + 1L)]
    public void A_timeout_out_of_range_is_refused(long milliseconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CctDiagnostics.Flush(TimeSpan.FromMilliseconds(milliseconds)));

#if NET
    [Fact]
    public async Task What_a_handler_throws_is_an_event_of_the_callouts_activity_without_the_password()
    {
        using var telemetry = new TelemetryRecorder();
        CalloutHandlers handlers = new CalloutHandlers().HandleAsync<LoginCallout>((login, _, _) => throw Telling(login));

        _ = await Endpoint(handlers).HandleAsync(Requests.Get(Login("d12")));

        ActivityEvent thrown = Assert.Single(Assert.Single(telemetry.Activities).Events);
        Dictionary<string, object?> tags = new(thrown.Tags);
        Assert.Equal("exception", thrown.Name);
        Assert.Equal(("System.InvalidOperationException", "no ***"), (tags["exception.type"], tags["exception.message"]));
        Assert.StartsWith("System.InvalidOperationException: no ***\n   at ", (string?)tags["exception.stacktrace"], StringComparison.Ordinal);
        Assert.Equal(3, tags.Count);
    }
#endif

    private static string Login(string agentId, string password = "s3cr3t") =>
        $"?FunctionName=Login&telesetNumber=70002&agentID={agentId}&agentQueue=7700&agentPassword={password}";

    private static InvalidOperationException Telling(LoginCallout login) => new($"no {login.AgentPassword.Reveal()}");

    private static ValueTask<CalloutReply> Fail() => throw new InvalidOperationException("outer", new IOException("inner"));

    private static CalloutEndpoint Endpoint(CalloutHandlers handlers) => new(new CalloutDispatcher(handlers, new InMemoryAgentRegistry()));

    private sealed class HostileException : Exception
    {
        public override string Message => throw new InvalidOperationException();

        public override string StackTrace => throw new InvalidOperationException();
    }

    private sealed class BrokenObserver : ICctObserver
    {
        public void Observe(CctObservation observation) => throw new IOException($"disk full: {(observation as CalloutObservation)?.Exception?.Message}");
    }

    private sealed class BrokenRegistry : IAgentRegistry
    {
        public ValueTask RegisterAsync(AgentIdentity agent, EbsAddress ebsAddress, CancellationToken cancellationToken = default) => throw Away();

        public ValueTask<bool> UnregisterAsync(AgentIdentity agent, CancellationToken cancellationToken = default) => throw Away();

        public ValueTask<EbsAddress?> FindAsync(AgentIdentity agent, CancellationToken cancellationToken = default) => throw Away();

        public ValueTask<IReadOnlyDictionary<AgentIdentity, EbsAddress>> ListAsync(CancellationToken cancellationToken = default) => throw Away();

        private static NotSupportedException Away() => new("no database");
    }

    /// <summary>Throws, but for its own test's entries alone.</summary>
    private sealed class BrokenListener : TraceListener
    {
        private readonly string _part;
        private int _count;

        public BrokenListener(string part)
        {
            _part = part;
            _ = CctDiagnostics.TraceSource.Listeners.Add(this);
        }

        public int Count => CctDiagnostics.Flush(TimeSpan.FromSeconds(30)) ? _count : -1;

        public override void TraceData(TraceEventCache? eventCache, string source, TraceEventType eventType, int id, object? data)
        {
            if (data!.ToString()!.Contains(_part))
            {
                _ = Interlocked.Increment(ref _count);
                throw new InvalidOperationException();
            }
        }

        public override void Write(string? message)
        {
        }

        public override void WriteLine(string? message)
        {
        }

        protected override void Dispose(bool disposing)
        {
            CctDiagnostics.TraceSource.Listeners.Remove(this);
            base.Dispose(disposing);
        }
    }
}

/// <summary>The switch and the queue are the whole process's, so nothing else may run meanwhile.</summary>
[Collection(nameof(DiagnosticsSwitchTests))]
[CollectionDefinition(nameof(DiagnosticsSwitchTests), DisableParallelization = true)]
public class DiagnosticsSwitchTests
{
    [Fact]
    public async Task Switched_off_nothing_is_written()
    {
        using var trace = new TraceRecorder();
        SourceLevels before = CctDiagnostics.TraceSource.Switch.Level;
        CalloutHandlers handlers = new CalloutHandlers().HandleAsync<ReadyCallout>((_, _, _) => throw new InvalidOperationException());
        var endpoint = new CalloutEndpoint(new CalloutDispatcher(handlers, new InMemoryAgentRegistry()));
        try
        {
            CctDiagnostics.TraceSource.Switch.Level = SourceLevels.Off;
            _ = await endpoint.HandleAsync(Requests.Get("?FunctionName=Ready&telesetNumber=70002&agentID=d13"));
            Assert.Empty(trace.About("agent d13 "));

            CctDiagnostics.TraceSource.Switch.Level = SourceLevels.Error;
            _ = await endpoint.HandleAsync(Requests.Get("?FunctionName=Ready&telesetNumber=70002&agentID=d13"));
            _ = Assert.Single(trace.About("agent d13 "));
        }
        finally
        {
            CctDiagnostics.TraceSource.Switch.Level = before;
        }
    }

    [Fact]
    public async Task A_slow_listener_delays_no_callout()
    {
        using var slow = new SlowListener();
        await using var adapter = new TelephonyAdapter(
            new() { Listener = new() { Port = 0 } }, cct => cct.Handle<ReadyCallout>(_ => CalloutReply.Success));
        adapter.Start();
        using var browser = new HttpClient();
        const string Query = "?FunctionName=Ready&telesetNumber=70002&agentID=d15";
        var watch = Stopwatch.StartNew();

        for (int i = 0; i < 8; i++)
        {
            using HttpResponseMessage refused = await browser.PostAsync(new Uri(adapter.Listener.Url, Query), null).Within("the refusal");
            Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);
        }

        string reply = await browser.GetStringAsync(new Uri(adapter.Listener.Url, Query)).Within("the reply");

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4));
        Assert.Equal("", reply);
        slow.Release();
        Assert.True(CctDiagnostics.Flush(TimeSpan.FromSeconds(30)));
        Assert.Equal(8, slow.Count);
    }

    private sealed class SlowListener : TraceListener
    {
        private readonly ManualResetEventSlim _released = new();

        public SlowListener() => _ = CctDiagnostics.TraceSource.Listeners.Add(this);

        public int Count { get; private set; }

        public void Release() => _released.Set();

        public override void TraceData(TraceEventCache? eventCache, string source, TraceEventType eventType, int id, object? data)
        {
            _ = _released.Wait(TimeSpan.FromSeconds(1));
            Count++;
        }

        public override void Write(string? message)
        {
        }

        public override void WriteLine(string? message)
        {
        }

        protected override void Dispose(bool disposing)
        {
            _released.Set();
            CctDiagnostics.TraceSource.Listeners.Remove(this);
            base.Dispose(disposing);
        }
    }
}
