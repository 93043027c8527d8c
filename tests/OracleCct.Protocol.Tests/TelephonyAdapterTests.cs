using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests;

public sealed class TelephonyAdapterTests : IDisposable
{
    private const string Login = "FunctionName=Login&telesetNumber=70002&agentID=7001&agentQueue=7700&agentPassword=";
    private const string MakeCall = "FunctionName=MakeCall&telesetNumber=70002&agentID=7001&dialString=1";

    private static readonly TelephonyAdapterOptions AnyPort = new() { Listener = new() { Port = 0 } };

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"cct-adapter-{Guid.NewGuid():N}");

    public static TheoryData<Type> Branches => [.. TypesOfTree(typeof(TelephonyAdapterOptions)).Distinct()];

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_callout_reaches_its_handler_and_a_call_reaches_the_agents_EBS()
    {
        using ScriptedServer ebs = ScriptedServer.Answering(ScriptedServer.Response(200, ""));
        await using var adapter = new TelephonyAdapter(AnyPort, cct => cct
            .Handle<LoginCallout>(login => login.AgentPassword.Reveal() == "1234" ? CalloutReply.Success : CalloutReply.Error("Wrong password."))
            .Accept<ReadyCallout>());
        adapter.Start();

        Assert.Contains("Wrong password.", await AskAsync(adapter, Login + "4321"), StringComparison.Ordinal);
        Assert.DoesNotContain("Error", await AskAsync(adapter, Login + "1234"), StringComparison.Ordinal);
        Assert.DoesNotContain("Error", await AskAsync(adapter, Register(ebs)), StringComparison.Ordinal);
        Assert.DoesNotContain("Error", await AskAsync(adapter, "FunctionName=Ready&telesetNumber=70002&agentID=7001"), StringComparison.Ordinal);
        Assert.Equal(AgentAvailability.Available, adapter.AgentStates.AvailabilityOf(Messages.Agent));
        CallSession call = await adapter.Desktops[Messages.Agent].ScreenPopAsync(Messages.ScreenPop).Within("the ScreenPop");

        Assert.Equal(EventDeliveryStatus.Delivered, call.ScreenPop.Status);
        Assert.Equal(AgentAvailability.CallSinceReady, adapter.AgentStates.AvailabilityOf(Messages.Agent));
        Assert.Equal(ebs.Address, await adapter.Registry.FindAsync(Messages.Agent));
    }

    [Fact]
    public void The_default_options_are_those_of_the_parts()
    {
        var options = new TelephonyAdapterOptions();

        Assert.Equal((3107, "localhost"), (options.Listener.Port, options.Listener.Host));
        Assert.Equal((new CalloutEndpointOptions(), new CalloutDispatcherOptions()), (options.Endpoint, options.Dispatcher));
        Assert.Equal((new HttpEventClientOptions(), new AgentDesktopOptions()), (options.EventClient, options.Desktops));
        Assert.Null(options.RegistryFile);
    }

    [Fact]
    public async Task A_second_change_of_options_adds_to_the_first()
    {
        await using var adapter = new TelephonyAdapter(AnyPort, cct => cct
            .Configure<CalloutQueryOptions>(query => query with { MaxLength = 20 })
            .Configure<CalloutEndpointOptions>(endpoint => endpoint with { SuccessReplyBody = SuccessReplyBody.EmptyDocument })
            .Configure<TelephonyAdapterOptions>(all => all with { Listener = all.Listener with { PathPrefix = "/cct/" } })
            .Configure<CalloutListenerOptions>(listener => listener with { ShutdownTimeout = TimeSpan.FromSeconds(1) }));
        adapter.Start();

        Assert.Equal("/cct/", adapter.Url.AbsolutePath);
        Assert.Equal(414, (await adapter.Endpoint.HandleAsync(Requests.Get("?FunctionName=CheckStatus"))).StatusCode);
    }

    /// <summary>A branch that somebody adds to the tree and forgets in the builder throws here.</summary>
    [Theory]
    [MemberData(nameof(Branches))]
    public void Every_branch_of_the_tree_can_be_changed(Type branch)
    {
        MethodInfo change = typeof(TelephonyAdapterTests).GetMethod(nameof(Seen), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(branch);

        Assert.Equal(2, change.Invoke(null, null));
    }

    [Fact]
    public void What_is_not_part_of_the_tree_is_an_error_that_says_so()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new TelephonyAdapter(cct => cct.Configure<string>(text => text)));

        Assert.StartsWith("String is not part of TelephonyAdapterOptions.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registry_and_event_client_of_your_own_are_used_and_not_disposed()
    {
        var registry = new InMemoryAgentRegistry();
        await registry.RegisterAsync(Messages.Agent, new("127.0.0.1", 8888));
        using var client = new DisposableClient();
        await using (var adapter = new TelephonyAdapter(AnyPort, cct => cct.UseRegistry(registry).UseEventClient(client)))
        {
            Assert.Same(registry, adapter.Registry);
            Assert.Same(client, adapter.EventClient);
            _ = await adapter.Desktops[Messages.Agent].ScreenPopAsync(Messages.ScreenPop).Within("the ScreenPop");
        }

        Assert.Equal((1, false), (client.Sent, client.IsDisposed));
    }

    [Fact]
    public async Task Dispatchers_are_wrapped_in_the_order_of_the_calls()
    {
        var log = new List<string>();
        await using var adapter = new TelephonyAdapter(AnyPort, cct => cct
            .DecorateDispatcher(inner => new LoggingDispatcher(inner, "inner", log))
            .DecorateDispatcher(inner => new LoggingDispatcher(inner, "outer", log)));

        _ = await adapter.Endpoint.HandleAsync(Requests.Get("?FunctionName=CheckStatus"));

        Assert.Equal(["outer", "inner"], log);
    }

    [Fact]
    public async Task One_clock_is_the_clock_of_everything()
    {
        var time = new ManualTime();
        var observer = new RecordingObserver();
        await using var adapter = new TelephonyAdapter(AnyPort, cct => cct
            .UseTimeProvider(time)
            .AddObserver(observer)
            .Configure<CalloutEndpointOptions>(endpoint => endpoint with { Deadline = TimeSpan.FromMinutes(1) })
            .HandleAsync<MakeCallCallout>(async (_, _, token) =>
            {
                await Task.Delay(Timeout.Infinite, token);
                return CalloutReply.Success;
            }));

        Task<CalloutResponse> answer = adapter.Endpoint.HandleAsync(Requests.Get("?" + MakeCall)).AsTask();
        await time.TimersAsync(1);
        time.Advance(TimeSpan.FromMinutes(1));
        _ = await answer.Within("the deadline");
        _ = await adapter.Desktops[Messages.Agent].ScreenPopAsync(Messages.ScreenPop).Within("the ScreenPop");
        await adapter.Observers.FlushAsync().Within("the observations");

        Assert.Equal(
            [(typeof(CalloutObservation), TimeSpan.Zero), (typeof(EventOutcomeObservation), TimeSpan.FromMinutes(1))],
            observer.Observations
                .Where(observation => observation is not ProblemObservation)
                .Select(observation => (observation.GetType(), observation.At - new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero))));
    }

    [Fact]
    public async Task A_call_that_a_handler_reports_while_the_adapter_stops_still_reaches_EBS()
    {
        using ScriptedServer ebs = ScriptedServer.Answering(ScriptedServer.Response(200, ""));
        var begun = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        TelephonyAdapter? adapter = null;
        Task<CallSession>? popping = null;
        adapter = new TelephonyAdapter(AnyPort, cct => cct.HandleAsync<MakeCallCallout>(async (call, _, _) =>
        {
            _ = begun.TrySetResult(true);
            _ = await goOn.Task;
            popping = adapter!.Desktops[call.Agent].ScreenPopAsync(Messages.ScreenPop, CancellationToken.None);
            return CalloutReply.Success;
        }));
        adapter.Start();
        await adapter.Registry.RegisterAsync(Messages.Agent, ebs.Address);

        Task<string> answer = AskAsync(adapter, MakeCall);
        _ = await begun.Task.Within("the handler");
        Task disposing = adapter.DisposeAsync().AsTask();
        _ = goOn.TrySetResult(true);
        await disposing.Within("the disposal");

        Assert.StartsWith("HTTP/1.1 200", await answer.Within("the answer"), StringComparison.Ordinal);
        Assert.Equal(EventDeliveryStatus.Delivered, (await popping!.Within("the ScreenPop")).ScreenPop.Status);
    }

    [Fact]
    public async Task The_last_observations_arrive_before_disposing_returns()
    {
        var observer = new RecordingObserver();
        await using (var adapter = new TelephonyAdapter(AnyPort, cct => cct.AddObserver(observer).AddObserver(observer)))
        {
            _ = await adapter.Endpoint.HandleAsync(Requests.Get("?FunctionName=CheckStatus"));
        }

        _ = Assert.IsType<CalloutObservation>(Assert.Single(observer.Observations));
    }

    [Fact]
    public async Task Disposing_again_and_from_several_threads_has_one_end()
    {
        var adapter = new TelephonyAdapter(AnyPort, cct => cct.Accept<ReadyCallout>());
        adapter.Start();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => adapter.DisposeAsync().AsTask()))).Within("the disposals");
        adapter.Dispose();

        Assert.Throws<ObjectDisposedException>(adapter.Start);
        Assert.Throws<ObjectDisposedException>(() => adapter.Desktops[Messages.Agent]);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => adapter.EventClient.SendAsync(new("127.0.0.1", 8888), Messages.ScreenPop));
    }

    [Fact]
    public async Task Events_still_go_out_between_stopping_and_disposing()
    {
        using ScriptedServer ebs = ScriptedServer.Answering(ScriptedServer.Response(200, ""));
        await using var adapter = new TelephonyAdapter(AnyPort, cct => cct.Accept<ReadyCallout>());
        adapter.Start();
        await adapter.Registry.RegisterAsync(Messages.Agent, ebs.Address);

        await adapter.StopAsync().Within("the stop");
        CallSession call = await adapter.Desktops[Messages.Agent].ScreenPopAsync(Messages.ScreenPop).Within("the ScreenPop");

        Assert.Equal(EventDeliveryStatus.Delivered, call.ScreenPop.Status);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_one_sentence_and_the_adapter_can_still_be_disposed()
    {
        await using var first = new TelephonyAdapter(AnyPort, cct => cct.Accept<ReadyCallout>());
        first.Start();
        await using var second = new TelephonyAdapter(new() { Listener = new() { Port = first.Url.Port } }, cct => cct.Accept<ReadyCallout>());

        Assert.StartsWith($"Port {first.Url.Port} is ", Assert.Throws<IOException>(second.Start).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registrations_in_a_file_survive_the_adapter_and_damage_is_reported()
    {
        string file = Path.Combine(_folder, "agents.txt");
        await using (var first = new TelephonyAdapter(AnyPort with { RegistryFile = file }, cct => cct.Accept<ReadyCallout>()))
        {
            await first.Registry.RegisterAsync(Messages.Agent, new("127.0.0.1", 8888));
        }

        await using (var second = new TelephonyAdapter(AnyPort with { RegistryFile = file }, cct => cct.Accept<ReadyCallout>()))
        {
            Assert.Equal(new EbsAddress("127.0.0.1", 8888), await second.Registry.FindAsync(Messages.Agent));
        }

        File.WriteAllText(file, "not a registry");
        var observer = new RecordingObserver();
        await using (var third = new TelephonyAdapter(AnyPort with { RegistryFile = file }, cct => cct.AddObserver(observer)))
        {
            Assert.Null(await third.Registry.FindAsync(Messages.Agent));
        }

        ProblemObservation problem = Assert.IsType<ProblemObservation>(Assert.Single(observer.Observations));
        Assert.StartsWith($"The registry file {file} was damaged", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decorator_that_throws_leaves_the_registry_file_free()
    {
        TelephonyAdapterOptions options = AnyPort with { RegistryFile = Path.Combine(_folder, "agents.txt") };

        Assert.Throws<NotSupportedException>(() => new TelephonyAdapter(options, cct => cct.DecorateDispatcher(_ => throw new NotSupportedException())));
        Assert.Equal(
            "The decorator of the dispatcher returned null. Return a dispatcher.",
            Assert.Throws<InvalidOperationException>(() => new TelephonyAdapter(options, cct => cct.DecorateDispatcher(_ => null!))).Message);

        await using var next = new TelephonyAdapter(options, cct => cct.Accept<ReadyCallout>());
        Assert.Empty(await next.Registry.ListAsync());
    }

    [Fact]
    public void Two_handlers_of_one_callout_are_an_error_that_names_both()
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(
            () => new TelephonyAdapter(cct => cct.AddHandler(new FirstLogin()).AddHandler(new SecondLogin())));

        Assert.Contains(nameof(FirstLogin), error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(SecondLogin), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_need_a_container_and_the_error_says_what_to_do()
    {
        const string Message = "There is no container to create the class. Pass an instance, or configure the adapter with services.AddOracleCct(…).";

        Assert.Equal(Message, Assert.Throws<InvalidOperationException>(() => new TelephonyAdapter(cct => cct.AddHandler<LoginCallout, FirstLogin>())).Message);
        Assert.Equal(Message, Assert.Throws<InvalidOperationException>(() => new TelephonyAdapter(cct => cct.AddObserver<RecordingObserver>())).Message);
    }

    [Fact]
    public void Mistakes_of_the_programmer_are_exceptions()
    {
        Assert.Throws<ArgumentNullException>(() => new TelephonyAdapter(null!));
        Assert.Throws<ArgumentNullException>(() => new TelephonyAdapter(null!, _ => { }));
        Assert.Throws<ArgumentNullException>(() => new TelephonyAdapter(new(), null!));
        Assert.Throws<ArgumentNullException>(() => new TelephonyAdapter(cct => cct.AddObserver(null!)));
        Assert.Throws<ArgumentNullException>(() => new TelephonyAdapter(cct => cct.Configure<CalloutListenerOptions>(null!)));
        Assert.Throws<ArgumentNullException>(() => new TelephonyAdapter(cct => cct.Configure<CalloutListenerOptions>(_ => null!)));
        Assert.Throws<ArgumentNullException>(() => new TelephonyAdapter(cct => cct.Configure<TelephonyAdapterOptions>(_ => null!)));
        Assert.Throws<ArgumentNullException>(() => new TelephonyAdapter(cct => cct.UseRegistry(null!)));
        Assert.Throws<ArgumentNullException>(() => new TelephonyAdapter(cct => cct.UseEventClient(null!)));
        Assert.Throws<ArgumentNullException>(() => new TelephonyAdapter(cct => cct.UseTimeProvider(null!)));
        Assert.Throws<ArgumentNullException>(() => new TelephonyAdapter(cct => cct.DecorateDispatcher(null!)));
        Assert.Throws<InvalidOperationException>(() => new TelephonyAdapter(AnyPort, _ => { }).Url);
    }

    private static int Seen<TOptions>()
        where TOptions : class
    {
        int seen = 0;
        using var adapter = new TelephonyAdapter(cct => cct.Configure<TOptions>(Count).Configure<TOptions>(Count));
        return seen;

        TOptions Count(TOptions options)
        {
            seen++;
            return options;
        }
    }

    private static IEnumerable<Type> TypesOfTree(Type options) =>
        options.GetProperties()
            .Select(property => property.PropertyType)
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal))
            .SelectMany(TypesOfTree)
            .Prepend(options);

    private static string Register(ScriptedServer ebs) => $"FunctionName=Register&telesetNumber=70002&agentID=7001&ipAddress=127.0.0.1&port={ebs.Address.Port}";

    private static Task<string> AskAsync(TelephonyAdapter adapter, string query) => RawHttp.SendAsync(adapter.Url, RawHttp.Get(adapter.Url, "/?" + query));

    private sealed class FirstLogin : ICalloutHandler<LoginCallout>
    {
        public ValueTask<CalloutReply> HandleAsync(LoginCallout callout, CalloutContext context, CancellationToken cancellationToken) =>
            new(CalloutReply.Success);
    }

    private sealed class SecondLogin : ICalloutHandler<LoginCallout>
    {
        public ValueTask<CalloutReply> HandleAsync(LoginCallout callout, CalloutContext context, CancellationToken cancellationToken) =>
            new(CalloutReply.Success);
    }

    private sealed class DisposableClient : IEventClient, IDisposable
    {
        public int Sent { get; private set; }

        public bool IsDisposed { get; private set; }

        public Task<EventDelivery> SendAsync(EbsAddress ebsAddress, CctEvent cctEvent, CancellationToken cancellationToken = default)
        {
            Sent++;
            return Task.FromResult(new EventDelivery { Status = EventDeliveryStatus.Delivered });
        }

        public void Dispose() => IsDisposed = true;
    }

    private sealed class LoggingDispatcher(ICalloutDispatcher inner, string name, List<string> log) : ICalloutDispatcher
    {
        public ValueTask<CalloutReply> DispatchAsync(Callout callout, CalloutContext context, CancellationToken cancellationToken = default)
        {
            log.Add(name);
            return inner.DispatchAsync(callout, context, cancellationToken);
        }
    }
}
