using System;
using System.Collections.Generic;
using System.Net;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.Dispatch;

public class CalloutDispatcherTests
{
    private static readonly CalloutContext Context = new() { ReceivedAt = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero), RemoteAddress = IPAddress.Loopback };

    private readonly InMemoryAgentRegistry _registry = new();

    public static TheoryData<Callout> EveryCallout => new()
    {
        Messages.Register,
        Messages.Unregister,
        Messages.Login,
        new LogoutCallout { TelesetNumber = "70002", AgentId = "7001", AgentPassword = new("s3cret"), AgentQueue = "7700" },
        new ReadyCallout { TelesetNumber = "70002", AgentId = "7001" },
        new NotReadyCallout { TelesetNumber = "70002", AgentId = "7001" },
        new CheckStatusCallout(),
        Messages.MakeCall,
        new DialCanonicalCallout { TelesetNumber = "70002", AgentId = "7001", DialString = "+1 (415) 555-0100" },
        new UnknownCallout("Hold"),
    };

    [Theory]
    [MemberData(nameof(EveryCallout))]
    public async Task Every_callout_reaches_its_own_handler_with_context_and_token(Callout callout)
    {
        using var cancellation = new CancellationTokenSource();
        var seen = new List<(Callout, CalloutContext, CancellationToken)>();
        ValueTask<CalloutReply> Note(Callout c, CalloutContext context, CancellationToken token)
        {
            seen.Add((c, context, token));
            return new(CalloutReply.Success);
        }

        CalloutHandlers handlers = new CalloutHandlers()
            .HandleAsync<RegisterCallout>(Note).HandleAsync<UnregisterCallout>(Note).HandleAsync<LoginCallout>(Note).HandleAsync<LogoutCallout>(Note)
            .HandleAsync<ReadyCallout>(Note).HandleAsync<NotReadyCallout>(Note).HandleAsync<CheckStatusCallout>(Note).HandleAsync<MakeCallCallout>(Note)
            .HandleAsync<DialCanonicalCallout>(Note).HandleAsync<UnknownCallout>(Note);

        CalloutReply reply = await new CalloutDispatcher(handlers, _registry).DispatchAsync(callout, Context, cancellation.Token);

        Assert.Equal(CalloutReply.Success, reply);
        (Callout, CalloutContext, CancellationToken) call = Assert.Single(seen);
        Assert.Equal((callout, Context, cancellation.Token), call);
    }

    [Fact]
    public async Task A_handler_may_be_a_class()
    {
        var dialler = new Dialler();
        CalloutReply reply = await Dispatch(Messages.MakeCall, new CalloutHandlers().AddHandler(dialler));

        Assert.True(reply.IsSuccess);
        Assert.Equal("4155550100", dialler.Dialled);
    }

    [Fact]
    public async Task The_handlers_error_is_the_reply()
    {
        CalloutReply reply = await Dispatch(Messages.MakeCall, Handling<MakeCallCallout>(() => CalloutReply.Error("The line is down.")));

        Assert.False(reply.IsSuccess);
        Assert.Equal("The line is down.", reply.ErrorMessage);
    }

    [Theory]
    [MemberData(nameof(EveryCallout))]
    public async Task Without_a_handler_only_what_needs_none_succeeds(Callout callout)
    {
        CalloutReply reply = await Dispatch(callout, new CalloutHandlers());

        if (callout is RegisterCallout or UnregisterCallout or CheckStatusCallout)
        {
            Assert.Equal(CalloutReply.Success, reply);
        }
        else
        {
            Assert.Contains(callout.FunctionName, reply.ErrorMessage, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Hold", "\"Hold\"")]
    [InlineData("", "\"\"")]
    [InlineData("Login;agentPassword=s3cret", "\"Login…\"")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345", "\"1234567890123456789012345678901234567890123456789012345678901234…\"")]
    public async Task An_unknown_function_without_a_handler_is_named_as_far_as_it_is_a_name(string functionName, string named)
    {
        CalloutReply reply = await Dispatch(new UnknownCallout(functionName), new CalloutHandlers());

        Assert.Equal($"The softphone does not know the function {named}.", reply.ErrorMessage);
    }

    [Fact]
    public async Task Register_makes_the_agent_known_and_Unregister_makes_it_unknown()
    {
        var dispatcher = new CalloutDispatcher(new CalloutHandlers(), _registry);

        _ = await dispatcher.DispatchAsync(Messages.Register, Context);
        Assert.Equal(new EbsAddress("127.0.0.1", 8888), await _registry.FindAsync(Messages.Agent));

        _ = await dispatcher.DispatchAsync(Messages.Unregister, Context);
        Assert.Null(await _registry.FindAsync(Messages.Agent));
    }

    [Fact]
    public async Task A_later_Register_replaces_the_earlier()
    {
        var dispatcher = new CalloutDispatcher(new CalloutHandlers(), _registry);

        _ = await dispatcher.DispatchAsync(Messages.Register, Context);
        _ = await dispatcher.DispatchAsync(Messages.Register with { Port = 9999 }, Context);

        Assert.Equal(new EbsAddress("127.0.0.1", 9999), await _registry.FindAsync(Messages.Agent));
    }

    [Fact]
    public async Task Unregister_of_nobody_succeeds() =>
        Assert.True((await Dispatch(Messages.Unregister, new CalloutHandlers())).IsSuccess);

    [Fact]
    public async Task Register_that_its_handler_declines_changes_nothing()
    {
        _ = await Dispatch(Messages.Register, Handling<RegisterCallout>(() => CalloutReply.Error("Unknown agent.")));
        Assert.Null(await _registry.FindAsync(Messages.Agent));

        _ = await Dispatch(Messages.Register, Handling<RegisterCallout>(() => throw new InvalidOperationException()));
        Assert.Null(await _registry.FindAsync(Messages.Agent));
    }

    [Theory]
    [InlineData("", 8888)]
    [InlineData("evil/path?x=", 8888)]
    [InlineData("desk-12.example.com", 8888)]
    [InlineData("192.0.2.66", 8888)]
    [InlineData("127.0.0.1", 22)]
    public async Task Register_that_aims_elsewhere_is_an_error_and_changes_nothing(string address, int port)
    {
        await _registry.RegisterAsync(Messages.Agent, new("127.0.0.1", 9999));

        CalloutReply reply = await Dispatch(
            Messages.Register with { IpAddress = address, Port = port }, Handling<RegisterCallout>(() => throw new InvalidOperationException("reached")));

        Assert.Contains("of EventDestinationOptions", reply.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(new EbsAddress("127.0.0.1", 9999), await _registry.FindAsync(Messages.Agent));
    }

    [Fact]
    public async Task What_the_registry_keeps_is_the_address_in_canonical_form()
    {
        _ = await Dispatch(Messages.Register with { IpAddress = "::ffff:7f00:1" }, new CalloutHandlers());

        Assert.Equal("127.0.0.1", (await _registry.FindAsync(Messages.Agent))!.Host);
    }

    [Fact]
    public async Task Unregister_leaves_the_registry_even_when_its_handler_fails()
    {
        await _registry.RegisterAsync(Messages.Agent, new("127.0.0.1", 8888));

        CalloutReply reply = await Dispatch(Messages.Unregister, Handling<UnregisterCallout>(() => throw new InvalidOperationException()));

        Assert.False(reply.IsSuccess);
        Assert.Null(await _registry.FindAsync(Messages.Agent));
    }

    [Fact]
    public async Task Unregister_leaves_the_registry_even_when_nobody_waits_any_more()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var registry = new BrokenRegistry();

        _ = await new CalloutDispatcher(new CalloutHandlers(), registry).DispatchAsync(Messages.Unregister, Context, cancelled.Token);

        Assert.Equal(Messages.Agent, registry.Left);
    }

    [Fact]
    public async Task The_handler_of_Unregister_still_finds_the_agent()
    {
        await _registry.RegisterAsync(Messages.Agent, new("127.0.0.1", 8888));
        EbsAddress? found = null;
        CalloutHandlers handlers = new CalloutHandlers().HandleAsync<UnregisterCallout>(async (callout, _, token) =>
        {
            found = await _registry.FindAsync(callout.Agent, token);
            return CalloutReply.Success;
        });

        _ = await Dispatch(Messages.Unregister, handlers);

        Assert.NotNull(found);
    }

    [Fact]
    public async Task An_exception_becomes_an_error_without_its_text_and_is_reported()
    {
        var thrown = new InvalidOperationException("password s3cret rejected by acd01");
        var observer = new RecordingObserver();
        await using (var observers = new ObserverHub(observer))
        {
            var endpoint = new CalloutEndpoint(
                new CalloutDispatcher(Handling<LoginCallout>(() => throw thrown), new InMemoryAgentRegistry()), observers: observers);
            _ = await endpoint.HandleAsync(Requests.Get(CalloutQueryFormatter.Default.Write(Messages.Login)));
        }

        CalloutObservation observed = Assert.IsType<CalloutObservation>(Assert.Single(observer.Observations));
        Assert.Equal(
            (CalloutOutcome.Failed, "The softphone could not carry out Login.", (Exception?)thrown), (observed.Outcome, observed.Message, observed.Exception));
    }

    [Fact]
    public async Task An_exception_after_an_await_becomes_an_error_too()
    {
        CalloutHandlers handlers = new CalloutHandlers().HandleAsync<LoginCallout>(async (_, _, _) =>
        {
            await Task.Yield();
            throw new InvalidOperationException();
        });

        Assert.False((await Dispatch(Messages.Login, handlers)).IsSuccess);
    }

    [Fact]
    public async Task A_cancelled_handler_becomes_an_error_too() =>
        Assert.False((await Dispatch(Messages.Login, Handling<LoginCallout>(() => throw new OperationCanceledException()))).IsSuccess);

    [Fact]
    public async Task A_null_reply_becomes_an_error_and_is_reported()
    {
        var observer = new RecordingObserver();
        await using (var observers = new ObserverHub(observer))
        {
            var endpoint = new CalloutEndpoint(new CalloutDispatcher(Handling<LoginCallout>(() => null!), new InMemoryAgentRegistry()), observers: observers);
            _ = await endpoint.HandleAsync(Requests.Get(CalloutQueryFormatter.Default.Write(Messages.Login)));
        }

        CalloutObservation observed = Assert.IsType<CalloutObservation>(Assert.Single(observer.Observations));
        Assert.Equal(CalloutOutcome.Failed, observed.Outcome);
        Assert.Contains("LoginCallout", Assert.IsType<InvalidOperationException>(observed.Exception).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_fails_becomes_an_error()
    {
        var dispatcher = new CalloutDispatcher(new CalloutHandlers(), new BrokenRegistry());

        Assert.Equal("The softphone could not carry out Register.", (await dispatcher.DispatchAsync(Messages.Register, Context)).ErrorMessage);
    }

    [Fact]
    public void Two_handlers_of_one_callout_are_an_error_that_names_both()
    {
        CalloutHandlers handlers = new CalloutHandlers().AddHandler(new Dialler());

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => handlers.AddHandler(new OtherDialler()));

        Assert.Contains("MakeCallCallout", error.Message, StringComparison.Ordinal);
        Assert.Contains(typeof(Dialler).FullName!, error.Message, StringComparison.Ordinal);
        Assert.Contains(typeof(OtherDialler).FullName!, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_delegate_is_named_by_where_it_stands()
    {
        CalloutHandlers handlers = Handling<MakeCallCallout>(() => CalloutReply.Success);

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => handlers.AddHandler(new Dialler()));

        Assert.Contains($"the delegate {typeof(CalloutDispatcherTests).FullName}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_may_answer_at_once()
    {
        CalloutHandlers handlers = new CalloutHandlers().Handle<MakeCallCallout>(call => CalloutReply.Error($"No line to {call.DialString}."));

        Assert.Equal($"No line to {Messages.MakeCall.DialString}.", (await Dispatch(Messages.MakeCall, handlers)).ErrorMessage);
    }

    [Fact]
    public async Task A_handler_may_return_a_task()
    {
        using var cancellation = new CancellationTokenSource();
        (Callout, CalloutContext, CancellationToken) seen = default;
        CalloutHandlers handlers = new CalloutHandlers().HandleTask<MakeCallCallout>(async (call, context, token) =>
        {
            await Task.Yield();
            seen = (call, context, token);
            return CalloutReply.Error("The line is down.");
        });

        CalloutReply reply = await new CalloutDispatcher(handlers, _registry).DispatchAsync(Messages.MakeCall, Context, cancellation.Token);

        Assert.Equal("The line is down.", reply.ErrorMessage);
        Assert.Equal((Messages.MakeCall, Context, cancellation.Token), seen);
    }

    [Fact]
    public async Task A_task_that_fails_or_is_null_becomes_an_error()
    {
        CalloutHandlers failing = new CalloutHandlers().HandleTask<MakeCallCallout>((_, _, _) =>
            Task.FromException<CalloutReply>(new InvalidOperationException("s3cret")));
        CalloutHandlers missing = new CalloutHandlers().HandleTask<MakeCallCallout>((_, _, _) => null!);

        Assert.Equal("The softphone could not carry out MakeCall.", (await Dispatch(Messages.MakeCall, failing)).ErrorMessage);
        Assert.Equal("The softphone could not carry out MakeCall.", (await Dispatch(Messages.MakeCall, missing)).ErrorMessage);
    }

    [Fact]
    public async Task The_adapter_takes_handlers_that_return_a_task()
    {
        await using var adapter = new TelephonyAdapter(
            new() { Listener = new() { Port = 0 } },
            cct => cct.HandleTask<MakeCallCallout>((_, _, _) => Task.FromResult(CalloutReply.Error("The line is down."))));

        CalloutResponse response = await adapter.Endpoint.HandleAsync(Requests.Get(CalloutQueryFormatter.Default.Write(Messages.MakeCall)));

        Assert.Contains("The line is down.", Encoding.UTF8.GetString(response.Body.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_callout_that_is_accepted_succeeds()
    {
        Assert.False((await Dispatch(Messages.MakeCall, new())).IsSuccess);
        Assert.True((await Dispatch(Messages.MakeCall, new CalloutHandlers().Accept<MakeCallCallout>())).IsSuccess);
    }

    [Fact]
    public void A_second_handler_of_an_accepted_callout_is_an_error_that_names_both()
    {
        CalloutHandlers handlers = new CalloutHandlers().Accept<MakeCallCallout>();

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => handlers.Handle<MakeCallCallout>(_ => CalloutReply.Success));

        Assert.Contains("Accept<MakeCallCallout>()", error.Message, StringComparison.Ordinal);
        Assert.Contains($"the delegate {typeof(CalloutDispatcherTests).FullName}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_base_type_has_no_handler()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => new CalloutHandlers().HandleAsync<AgentCallout>((_, _, _) => new(CalloutReply.Success)));

        Assert.Contains("AgentCallout", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handlers_added_after_the_dispatcher_was_made_do_not_count()
    {
        var handlers = new CalloutHandlers();
        var dispatcher = new CalloutDispatcher(handlers, _registry);
        _ = handlers.AddHandler(new Dialler());

        Assert.False((await dispatcher.DispatchAsync(Messages.MakeCall, Context)).IsSuccess);
    }

    [Fact]
    public async Task Mistakes_of_the_programmer_are_exceptions()
    {
        var dispatcher = new CalloutDispatcher(new CalloutHandlers(), _registry);

        Assert.Throws<ArgumentNullException>(() => new CalloutDispatcher(null!, _registry));
        Assert.Throws<ArgumentNullException>(() => new CalloutDispatcher(new CalloutHandlers(), null!));
        Assert.Throws<ArgumentNullException>(() => new CalloutHandlers().Handle<MakeCallCallout>(null!));
        Assert.Throws<ArgumentNullException>(() => new CalloutHandlers().HandleAsync<MakeCallCallout>(null!));
        Assert.Throws<ArgumentNullException>(() => new CalloutHandlers().HandleTask<MakeCallCallout>(null!));
        Assert.Throws<ArgumentNullException>(() => new CalloutHandlers().AddHandler((ICalloutHandler<MakeCallCallout>)null!));
        Assert.Throws<ArgumentNullException>(() => CalloutReply.Error(null!));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await dispatcher.DispatchAsync(null!, Context));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await dispatcher.DispatchAsync(Messages.MakeCall, null!));
    }

    private static CalloutHandlers Handling<TCallout>(Func<CalloutReply> reply)
        where TCallout : Callout =>
        new CalloutHandlers().HandleAsync<TCallout>((_, _, _) => new(reply()));

    private async Task<CalloutReply> Dispatch(Callout callout, CalloutHandlers handlers, CalloutDispatcherOptions? options = null) =>
        await new CalloutDispatcher(handlers, _registry, options).DispatchAsync(callout, Context);

    private sealed class Dialler : ICalloutHandler<MakeCallCallout>
    {
        public string? Dialled { get; private set; }

        public ValueTask<CalloutReply> HandleAsync(MakeCallCallout callout, CalloutContext context, CancellationToken cancellationToken)
        {
            Dialled = callout.DialString;
            return new(CalloutReply.Success);
        }
    }

    private sealed class OtherDialler : ICalloutHandler<MakeCallCallout>
    {
        public ValueTask<CalloutReply> HandleAsync(MakeCallCallout callout, CalloutContext context, CancellationToken cancellationToken) =>
            new(CalloutReply.Success);
    }

    private sealed class BrokenRegistry : IAgentRegistry
    {
        public ValueTask RegisterAsync(AgentIdentity agent, EbsAddress ebsAddress, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException("the disk is full");

        public AgentIdentity? Left { get; private set; }

        public ValueTask<bool> UnregisterAsync(AgentIdentity agent, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Left = agent;
            return new(true);
        }

        public ValueTask<EbsAddress?> FindAsync(AgentIdentity agent, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<IReadOnlyDictionary<AgentIdentity, EbsAddress>> ListAsync(CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();
    }
}
