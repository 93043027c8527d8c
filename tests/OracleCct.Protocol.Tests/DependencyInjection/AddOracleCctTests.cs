using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.DependencyInjection;

public class AddOracleCctTests
{
    private static readonly CalloutContext Context = new() { ReceivedAt = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero) };

    [Fact]
    public async Task Handlers_may_be_delegates_and_classes()
    {
        using ServiceProvider provider = Build(services => services
            .AddSingleton<List<string>>()
            .AddOracleCct(cct => cct
                .HandleAsync<LoginCallout>((_, _, _) => new(CalloutReply.Error("from the delegate")))
                .AddHandler<MakeCallCallout, Dialler>()));
        ICalloutDispatcher dispatcher = provider.GetRequiredService<ICalloutDispatcher>();

        Assert.Equal("from the delegate", (await dispatcher.DispatchAsync(Messages.Login, Context)).ErrorMessage);
        Assert.True((await dispatcher.DispatchAsync(Messages.MakeCall, Context)).IsSuccess);
        Assert.Equal(["4155550100"], provider.GetRequiredService<List<string>>());
    }

    [Fact]
    public void Everything_is_there_without_a_word_of_configuration()
    {
        using ServiceProvider provider = Build(services => services.AddOracleCct());

        Assert.IsType<InMemoryAgentRegistry>(provider.GetRequiredService<IAgentRegistry>());
        Assert.IsType<HttpEventClient>(provider.GetRequiredService<IEventClient>());
    }

    [Fact]
    public void The_adapter_is_made_of_the_parts_that_the_container_has()
    {
        using ServiceProvider provider = Build(services => services.AddOracleCct());

        TelephonyAdapter adapter = provider.GetRequiredService<TelephonyAdapter>();

        Assert.Same(provider.GetRequiredService<CalloutListener>(), adapter.Listener);
        Assert.Same(provider.GetRequiredService<CalloutEndpoint>(), adapter.Endpoint);
        Assert.Same(provider.GetRequiredService<ICalloutDispatcher>(), adapter.Dispatcher);
        Assert.Same(provider.GetRequiredService<AgentDesktops>(), adapter.Desktops);
        Assert.Same(provider.GetRequiredService<IEventClient>(), adapter.EventClient);
        Assert.Same(provider.GetRequiredService<IAgentRegistry>(), adapter.Registry);
        Assert.Same(provider.GetRequiredService<AgentStateTracker>(), adapter.AgentStates);
        Assert.Same(provider.GetRequiredService<ObserverHub>(), adapter.Observers);
    }

    [Fact]
    public async Task A_call_that_a_handler_reports_while_the_container_is_disposed_still_reaches_EBS()
    {
        using ScriptedServer ebs = ScriptedServer.Answering(ScriptedServer.Response(200, ""));
        var begun = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<CallSession>? popping = null;
        TelephonyAdapter? adapter = null;
        ServiceProvider provider = Build(services => services.AddOracleCct(cct => cct
            .Configure<CalloutListenerOptions>(listener => listener with { Port = 0 })
            .HandleAsync<MakeCallCallout>(async (call, _, _) =>
            {
                _ = begun.TrySetResult(true);
                _ = await goOn.Task;
                popping = adapter!.Desktops[call.Agent].ScreenPopAsync(Messages.ScreenPop, CancellationToken.None);
                return CalloutReply.Success;
            })));
        adapter = provider.GetRequiredService<TelephonyAdapter>();
        adapter.Start();
        await adapter.Registry.RegisterAsync(Messages.Agent, ebs.Address);

        Task<string> answer = RawHttp.SendAsync(adapter.Url, RawHttp.Get(adapter.Url, "/?FunctionName=MakeCall&telesetNumber=70002&agentID=7001&dialString=1"));
        _ = await begun.Task.Within("the handler");
        Task disposing = provider.DisposeAsync().AsTask();
        _ = goOn.TrySetResult(true);
        await disposing.Within("the disposal");

        Assert.StartsWith("HTTP/1.1 200", await answer.Within("the answer"), StringComparison.Ordinal);
        Assert.Equal(EventDeliveryStatus.Delivered, (await popping!.Within("the ScreenPop")).ScreenPop.Status);
    }

    [Fact]
    public async Task The_containers_clock_is_the_clock_of_everything()
    {
        var time = new ManualTime();
        DateTimeOffset? receivedAt = null;
        using ServiceProvider provider = Build(services => services.AddSingleton<TimeProvider>(time).AddOracleCct(cct => cct
            .HandleAsync<ReadyCallout>((_, context, _) =>
            {
                receivedAt = context.ReceivedAt;
                return new(CalloutReply.Success);
            })));

        time.Advance(TimeSpan.FromHours(1));
        _ = await provider.GetRequiredService<CalloutEndpoint>().HandleAsync(Requests.Get("?FunctionName=Ready&telesetNumber=70002&agentID=7001"));

        Assert.Equal(time.GetUtcNow(), receivedAt);
    }

    [Fact]
    public async Task A_class_that_handles_several_callouts_is_one_instance()
    {
        using ServiceProvider provider = Build(services => services
            .AddSingleton<List<string>>()
            .AddOracleCct(cct => cct.AddHandler<LoginCallout, Desk>().AddHandler<LogoutCallout, Desk>()));
        ICalloutDispatcher dispatcher = provider.GetRequiredService<ICalloutDispatcher>();

        _ = await dispatcher.DispatchAsync(Messages.Login, Context);
        _ = await dispatcher.DispatchAsync(new LogoutCallout("70002", "7001", new("1"), "1"), Context);

        Assert.Equal(["Login 1", "Logout 2"], provider.GetRequiredService<List<string>>());
    }

    [Fact]
    public async Task A_class_that_is_registered_as_transient_is_one_instance_too()
    {
        using ServiceProvider provider = Build(services => services
            .AddSingleton<List<string>>()
            .AddTransient<Desk>()
            .AddOracleCct(cct => cct.AddHandler<LoginCallout, Desk>().AddHandler<LogoutCallout, Desk>()));
        ICalloutDispatcher dispatcher = provider.GetRequiredService<ICalloutDispatcher>();

        _ = await dispatcher.DispatchAsync(Messages.Login, Context);
        _ = await dispatcher.DispatchAsync(new LogoutCallout("70002", "7001", new("1"), "1"), Context);

        Assert.Equal(["Login 1", "Logout 2"], provider.GetRequiredService<List<string>>());
    }

    [Fact]
    public void Another_dispatcher_that_would_leave_out_handlers_is_an_error_that_names_it()
    {
        using ServiceProvider before = Build(services => services
            .AddSingleton<ICalloutDispatcher>(new OtherDispatcher()).AddOracleCct(cct => cct.Accept<LoginCallout>()));
        using ServiceProvider after = Build(services => services
            .AddOracleCct(cct => cct.DecorateDispatcher(inner => inner)).AddSingleton<ICalloutDispatcher>(new OtherDispatcher()));
        using ServiceProvider alone = Build(services => services.AddSingleton<ICalloutDispatcher>(new OtherDispatcher()).AddOracleCct());

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(before.GetRequiredService<TelephonyAdapter>);
        Assert.Contains(nameof(OtherDispatcher), error.Message, StringComparison.Ordinal);
        _ = Assert.Throws<InvalidOperationException>(after.GetRequiredService<CalloutEndpoint>);
        _ = Assert.IsType<OtherDispatcher>(alone.GetRequiredService<TelephonyAdapter>().Dispatcher);
    }

    [Fact]
    public void Options_that_were_put_into_the_container_directly_are_an_error_that_says_what_to_do()
    {
        using ServiceProvider before = Build(services => services.AddSingleton(new TelephonyAdapterOptions()).AddOracleCct());
        using ServiceProvider after = Build(services => services.AddOracleCct().AddSingleton(new TelephonyAdapterOptions()));

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(before.GetRequiredService<TelephonyAdapter>);
        Assert.Contains("cct.Configure<TelephonyAdapterOptions>", error.Message, StringComparison.Ordinal);
        _ = Assert.Throws<InvalidOperationException>(after.GetRequiredService<TelephonyAdapter>);
    }

    [Fact]
    public void A_clock_for_the_adapter_leaves_the_containers_alone()
    {
        var theirs = new ManualTime();
        using ServiceProvider provider = Build(services => services
            .AddSingleton<TimeProvider>(theirs)
            .AddOracleCct(cct => cct.UseTimeProvider(new ManualTime())));

        Assert.NotNull(provider.GetRequiredService<TelephonyAdapter>());
        Assert.Same(theirs, provider.GetRequiredService<TimeProvider>());
    }

    [Fact]
    public void Keyed_services_of_others_are_left_alone()
    {
        using ServiceProvider provider = Build(services => services
            .AddKeyedSingleton<IAgentRegistry>("theirs", new InMemoryAgentRegistry())
            .AddKeyedSingleton<ICalloutHandler<MakeCallCallout>, OtherDialler>("theirs")
            .AddKeyedSingleton<TimeProvider>("theirs", new ManualTime())
            .AddOracleCct(cct => cct.AddHandler<MakeCallCallout, OtherDialler>().UseRegistry(new InMemoryAgentRegistry()))
            .AddOracleCct());

        Assert.NotNull(provider.GetRequiredService<TelephonyAdapter>());
        Assert.NotNull(provider.GetRequiredKeyedService<IAgentRegistry>("theirs"));
        Assert.NotSame(provider.GetRequiredKeyedService<IAgentRegistry>("theirs"), provider.GetRequiredService<IAgentRegistry>());
    }

    [Fact]
    public void Adding_it_twice_adds_nothing()
    {
        static void Configure(TelephonyAdapterBuilder cct) => cct
            .HandleAsync<LoginCallout>(static (_, _, _) => new(CalloutReply.Success))
            .AddHandler<MakeCallCallout, Dialler>();

        var once = new ServiceCollection();
        _ = once.AddOracleCct(Configure);
        var twice = new ServiceCollection();
        _ = twice.AddOracleCct(Configure).AddOracleCct(Configure).AddOracleCct();

        Assert.Equal(once.Select(service => service.ServiceType), twice.Select(service => service.ServiceType));
    }

    [Fact]
    public void Two_handlers_of_one_callout_are_an_error_that_names_both()
    {
        var services = new ServiceCollection();

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => services.AddOracleCct(cct => cct
            .AddHandler<MakeCallCallout, Dialler>()
            .AddHandler<MakeCallCallout, OtherDialler>()));

        Assert.Contains(typeof(Dialler).FullName!, error.Message, StringComparison.Ordinal);
        Assert.Contains(typeof(OtherDialler).FullName!, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_and_a_delegate_for_one_callout_are_an_error_that_names_both_across_calls()
    {
        IServiceCollection services = new ServiceCollection().AddOracleCct(cct => cct.AddHandler<MakeCallCallout, Dialler>());

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(
            () => services.AddOracleCct(cct => cct.HandleAsync<MakeCallCallout>((_, _, _) => new(CalloutReply.Success))));

        Assert.Contains(typeof(Dialler).FullName!, error.Message, StringComparison.Ordinal);
        Assert.Contains("the delegate ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_handler_that_was_put_into_the_container_directly_is_an_error_that_says_what_to_do()
    {
        IServiceCollection services = new ServiceCollection().AddSingleton<ICalloutHandler<MakeCallCallout>, OtherDialler>();

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => services.AddOracleCct());

        Assert.StartsWith(
            $"ICalloutHandler<MakeCallCallout> ({typeof(OtherDialler).FullName}) is registered in the service collection directly and would not be called.",
            error.Message,
            StringComparison.Ordinal);
        Assert.Contains("cct.AddHandler<MakeCallCallout, …>()", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_delegates_are_named_by_their_methods()
    {
        var services = new ServiceCollection();

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(
            () => services.AddOracleCct(cct => cct.HandleAsync<LoginCallout>(First).HandleAsync<LoginCallout>(Second)));

        Assert.Contains(nameof(First), error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(Second), error.Message, StringComparison.Ordinal);

        static ValueTask<CalloutReply> First(LoginCallout callout, CalloutContext context, CancellationToken token) => new(CalloutReply.Success);
        static ValueTask<CalloutReply> Second(LoginCallout callout, CalloutContext context, CancellationToken token) => new(CalloutReply.Success);
    }

    [Fact]
    public void A_handler_that_was_put_into_the_container_later_is_found_out_when_the_dispatcher_is_made()
    {
        using ServiceProvider provider = Build(services => services
            .AddOracleCct(cct => cct.AddHandler<LoginCallout, Desk>())
            .AddSingleton<List<string>>()
            .AddSingleton<ICalloutHandler<MakeCallCallout>, Dialler>());

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(provider.GetRequiredService<ICalloutDispatcher>);

        Assert.Contains(typeof(Dialler).FullName!, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_handler_whose_parts_are_missing_is_found_out_when_the_container_is_built()
    {
        IServiceCollection services = new ServiceCollection().AddOracleCct(cct => cct.AddHandler<MakeCallCallout, Dialler>());

        Assert.ThrowsAny<Exception>(() => services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true }));
    }

    [Fact]
    public void A_registry_of_your_own_is_used_whether_added_before_or_after()
    {
        var own = new InMemoryAgentRegistry();
        using ServiceProvider before = Build(services => services.AddSingleton<IAgentRegistry>(own).AddOracleCct());
        using ServiceProvider after = Build(services => services.AddOracleCct().AddSingleton<IAgentRegistry>(own));

        Assert.Same(own, before.GetRequiredService<IAgentRegistry>());
        Assert.Same(own, after.GetRequiredService<IAgentRegistry>());
    }

    [Fact]
    public async Task Options_of_a_second_call_add_to_those_of_the_first()
    {
        using ServiceProvider provider = Build(services => services
            .AddOracleCct(cct => cct
                .Configure<CalloutQueryOptions>(query => query with { MaxLength = 5 })
                .Configure<CalloutListenerOptions>(listener => listener with { Port = 0 }))
            .AddOracleCct(cct => cct
                .Configure<HttpEventClientOptions>(client => client with { Path = "/events" })
                .Configure<CalloutListenerOptions>(listener => listener with { PathPrefix = "/cct/" })));

        CalloutResponse response = await provider.GetRequiredService<CalloutEndpoint>().HandleAsync(Requests.Get("?FunctionName=CheckStatus"));
        Assert.Equal(414, response.StatusCode);
        Assert.Equal("/events", provider.GetRequiredService<TelephonyAdapterOptions>().EventClient.Path);

        TelephonyAdapter adapter = provider.GetRequiredService<TelephonyAdapter>();
        adapter.Start();
        Assert.Equal("/cct/", adapter.Url.AbsolutePath);
    }

    [Fact]
    public async Task Desktops_are_disposed_before_the_client_that_their_last_events_need()
    {
        using ScriptedServer ebs = ScriptedServer.Answering(ScriptedServer.Response(200, ""));
        Task<CallSession> popping;
        using (ServiceProvider provider = Build(services => services.AddOracleCct()))
        {
            await provider.GetRequiredService<IAgentRegistry>().RegisterAsync(Messages.Agent, ebs.Address);
            _ = provider.GetRequiredService<IEventClient>();
            popping = provider.GetRequiredService<AgentDesktops>()[Messages.Agent].ScreenPopAsync(Messages.ScreenPop);
        }

        Assert.Equal(EventDeliveryStatus.Delivered, (await popping.Within("the ScreenPop")).ScreenPop.Status);
    }

    [Fact]
    public async Task One_tracker_learns_from_callouts_and_from_screen_pops()
    {
        using ServiceProvider provider = Build(services => services.AddOracleCct(cct => cct
            .HandleAsync<ReadyCallout>((_, _, _) => new(CalloutReply.Success))));
        AgentStateTracker states = provider.GetRequiredService<AgentStateTracker>();

        _ = await provider.GetRequiredService<ICalloutDispatcher>().DispatchAsync(new ReadyCallout { TelesetNumber = "70002", AgentId = "7001" }, Context);
        Assert.Equal(AgentAvailability.Available, states.AvailabilityOf(Messages.Agent));
        CallSession call = await provider.GetRequiredService<AgentDesktops>()[Messages.Agent].ScreenPopAsync(Messages.ScreenPop).Within("the ScreenPop");

        Assert.Equal(AgentAvailability.CallSinceReady, states.AvailabilityOf(Messages.Agent));
        Assert.Equal(NotSentReason.NotRegistered, call.ScreenPop.Reason);
    }

    [Fact]
    public void A_tracker_that_the_container_has_already_stays()
    {
        var own = new AgentStateTracker();
        using ServiceProvider provider = Build(services => services.AddSingleton(own).AddOracleCct().AddOracleCct());

        Assert.Same(own, Assert.Single(provider.GetServices<AgentStateTracker>()));
    }

    [Fact]
    public void Mistakes_of_the_programmer_are_exceptions()
    {
        var services = new ServiceCollection();
        Assert.Throws<ArgumentNullException>(() => OracleCctServiceCollectionExtensions.AddOracleCct(null!));
        Assert.Throws<ArgumentNullException>(() => services.AddOracleCct(cct => cct.AddHandler((ICalloutHandler<LoginCallout>)null!)));
        Assert.Throws<ArgumentNullException>(() => services.AddOracleCct(cct => cct.Configure<CalloutEndpointOptions>(null!)));
        Assert.Throws<ArgumentException>(() => services.AddOracleCct(cct => cct.HandleAsync<Callout>((_, _, _) => new(CalloutReply.Success))));
    }

    private static ServiceProvider Build(Action<IServiceCollection> add)
    {
        var services = new ServiceCollection();
        add(services);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    private sealed class Dialler(List<string> dialled) : ICalloutHandler<MakeCallCallout>
    {
        public ValueTask<CalloutReply> HandleAsync(MakeCallCallout callout, CalloutContext context, CancellationToken cancellationToken)
        {
            dialled.Add(callout.DialString);
            return new(CalloutReply.Success);
        }
    }

    private sealed class Desk(List<string> log) : ICalloutHandler<LoginCallout>, ICalloutHandler<LogoutCallout>
    {
        private int _count;

        public ValueTask<CalloutReply> HandleAsync(LoginCallout callout, CalloutContext context, CancellationToken cancellationToken) => Note("Login");

        public ValueTask<CalloutReply> HandleAsync(LogoutCallout callout, CalloutContext context, CancellationToken cancellationToken) => Note("Logout");

        private ValueTask<CalloutReply> Note(string what)
        {
            log.Add($"{what} {++_count}");
            return new(CalloutReply.Success);
        }
    }

    private sealed class OtherDispatcher : ICalloutDispatcher
    {
        public ValueTask<CalloutReply> DispatchAsync(Callout callout, CalloutContext context, CancellationToken cancellationToken = default) =>
            new(CalloutReply.Success);
    }

    private sealed class OtherDialler : ICalloutHandler<MakeCallCallout>
    {
        public ValueTask<CalloutReply> HandleAsync(MakeCallCallout callout, CalloutContext context, CancellationToken cancellationToken) =>
            new(CalloutReply.Success);
    }
}
