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
                .Handle<LoginCallout>((_, _, _) => new(CalloutReply.Error("from the delegate")))
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

        Assert.NotNull(provider.GetRequiredService<CalloutEndpoint>());
        Assert.NotNull(provider.GetRequiredService<CalloutListener>());
        Assert.IsType<InMemoryAgentRegistry>(provider.GetRequiredService<IAgentRegistry>());
    }

    [Fact]
    public void Interface_and_class_are_one_instance()
    {
        using ServiceProvider provider = Build(services => services.AddOracleCct());

        Assert.Same(provider.GetRequiredService<CalloutDispatcher>(), provider.GetRequiredService<ICalloutDispatcher>());
        Assert.Same(provider.GetRequiredService<HttpEventClient>(), provider.GetRequiredService<IEventClient>());
    }

    [Fact]
    public void Adding_it_twice_adds_nothing()
    {
        static void Configure(OracleCctBuilder cct) => cct
            .Handle<LoginCallout>(static (_, _, _) => new(CalloutReply.Success))
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
            () => services.AddOracleCct(cct => cct.Handle<MakeCallCallout>((_, _, _) => new(CalloutReply.Success))));

        Assert.Contains(typeof(Dialler).FullName!, error.Message, StringComparison.Ordinal);
        Assert.Contains("the delegate ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Handlers_put_into_the_container_before_count_too()
    {
        IServiceCollection services = new ServiceCollection()
            .AddSingleton<ICalloutHandler<MakeCallCallout>, Dialler>()
            .AddSingleton<ICalloutHandler<MakeCallCallout>, OtherDialler>();

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => services.AddOracleCct());

        Assert.Contains(typeof(Dialler).FullName!, error.Message, StringComparison.Ordinal);
        Assert.Contains(typeof(OtherDialler).FullName!, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_delegates_are_named_by_their_methods()
    {
        var services = new ServiceCollection();

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(
            () => services.AddOracleCct(cct => cct.Handle<LoginCallout>(First).Handle<LoginCallout>(Second)));

        Assert.Contains(nameof(First), error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(Second), error.Message, StringComparison.Ordinal);

        static ValueTask<CalloutReply> First(LoginCallout callout, CalloutContext context, CancellationToken token) => new(CalloutReply.Success);
        static ValueTask<CalloutReply> Second(LoginCallout callout, CalloutContext context, CancellationToken token) => new(CalloutReply.Success);
    }

    [Fact]
    public void A_handler_put_into_the_container_behind_the_builders_back_is_found_out_when_the_dispatcher_is_made()
    {
        using ServiceProvider provider = Build(services => services
            .AddSingleton<List<string>>()
            .AddOracleCct(cct => cct.AddHandler<MakeCallCallout, OtherDialler>())
            .AddSingleton<ICalloutHandler<MakeCallCallout>, Dialler>());

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(provider.GetRequiredService<CalloutDispatcher>);

        Assert.Contains(typeof(Dialler).FullName!, error.Message, StringComparison.Ordinal);
        Assert.Contains(typeof(OtherDialler).FullName!, error.Message, StringComparison.Ordinal);
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
    public async Task The_last_options_count()
    {
        using ServiceProvider provider = Build(services => services.AddOracleCct(cct => cct
            .Use(new CalloutEndpointOptions { Query = new() { MaxLength = 1000 } })
            .Use(new CalloutEndpointOptions { Query = new() { MaxLength = 5 } })
            .Use(new CalloutDispatcherOptions())
            .Use(new HttpEventClientOptions { Path = "/events" })
            .Use(new CalloutListenerOptions { Port = 0, PathPrefix = "/cct/" })));

        CalloutResponse response = await provider.GetRequiredService<CalloutEndpoint>().HandleAsync(Requests.Get("?FunctionName=CheckStatus"));
        Assert.Equal(414, response.StatusCode);
        Assert.Equal("/events", provider.GetRequiredService<HttpEventClientOptions>().Path);

        CalloutListener listener = provider.GetRequiredService<CalloutListener>();
        listener.Start();
        Assert.Equal("/cct/", listener.Url.AbsolutePath);
    }

    [Fact]
    public async Task Desktops_are_disposed_before_the_client_that_their_last_events_need()
    {
        using ScriptedServer ebs = ScriptedServer.Answering(ScriptedServer.Response(200, ""));
        Task<CallSession> popping;
        using (ServiceProvider provider = Build(services => services.AddOracleCct()))
        {
            await provider.GetRequiredService<IAgentRegistry>().RegisterAsync(Messages.Agent, ebs.Address);
            _ = provider.GetRequiredService<HttpEventClient>();
            popping = provider.GetRequiredService<AgentDesktops>()[Messages.Agent].ScreenPopAsync(Messages.ScreenPop);
        }

        Assert.Equal(EventDeliveryStatus.Delivered, (await popping.Within("the ScreenPop")).ScreenPop.Status);
    }

    [Fact]
    public async Task One_tracker_learns_from_callouts_and_from_screen_pops()
    {
        using ServiceProvider provider = Build(services => services.AddOracleCct(cct => cct
            .TrackAgentStates()
            .Use(new AgentDesktopOptions { QueueCapacity = 5 })
            .Handle<ReadyCallout>((_, _, _) => new(CalloutReply.Success))));
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
        using ServiceProvider provider = Build(services => services.AddSingleton(own).AddOracleCct(cct => cct.TrackAgentStates().TrackAgentStates()));

        Assert.Same(own, Assert.Single(provider.GetServices<AgentStateTracker>()));
    }

    [Fact]
    public void Nobody_is_tracked_unless_asked_for()
    {
        using ServiceProvider provider = Build(services => services.AddOracleCct());

        Assert.NotNull(provider.GetRequiredService<AgentDesktops>());
        Assert.Null(provider.GetService<AgentStateTracker>());
    }

    [Fact]
    public void Mistakes_of_the_programmer_are_exceptions()
    {
        var services = new ServiceCollection();
        Assert.Throws<ArgumentNullException>(() => OracleCctServiceCollectionExtensions.AddOracleCct(null!));
        Assert.Throws<ArgumentNullException>(() => services.AddOracleCct(cct => cct.Handle<LoginCallout>(null!)));
        Assert.Throws<ArgumentNullException>(() => services.AddOracleCct(cct => cct.Use((CalloutEndpointOptions)null!)));
        Assert.Throws<ArgumentException>(() => services.AddOracleCct(cct => cct.Handle<Callout>((_, _, _) => new(CalloutReply.Success))));
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

    private sealed class OtherDialler : ICalloutHandler<MakeCallCallout>
    {
        public ValueTask<CalloutReply> HandleAsync(MakeCallCallout callout, CalloutContext context, CancellationToken cancellationToken) =>
            new(CalloutReply.Success);
    }
}
