using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.DependencyInjection;

public sealed class ObservingTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"cct-container-{Guid.NewGuid():N}");

    private string RegistryFile => Path.Combine(_folder, "agents.txt");

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public async Task Observers_are_added_as_objects_and_as_classes_each_once()
    {
        var first = new RecordingObserver();
        var second = new RecordingObserver();
        void Configure(TelephonyAdapterBuilder cct) => cct.AddObserver(first).AddObserver(second).AddObserver<CountingObserver>();
        await using (
            ServiceProvider provider = new ServiceCollection().AddSingleton<List<string>>().AddOracleCct(Configure).AddOracleCct(
                Configure).BuildServiceProvider())
        {
            CountingObserver counting = provider.GetServices<ICctObserver>().OfType<CountingObserver>().Single();

            _ = await provider.GetRequiredService<CalloutEndpoint>().HandleAsync(Requests.Get("?FunctionName=CheckStatus"));
            await provider.GetRequiredService<ObserverHub>().FlushAsync().Within("the observations");

            Assert.Equal((1, 1, 1), (first.Observations.Count, second.Observations.Count, counting.Count));
        }
    }

    [Fact]
    public async Task The_observers_are_told_what_became_of_a_desktops_events()
    {
        var observer = new RecordingObserver();
        await using ServiceProvider provider = new ServiceCollection().AddOracleCct(cct => cct.AddObserver(observer)).BuildServiceProvider();

        _ = await provider.GetRequiredService<AgentDesktops>()[Messages.Agent].ScreenPopAsync(Messages.ScreenPop).Within("the ScreenPop");
        await provider.GetRequiredService<ObserverHub>().FlushAsync().Within("the observations");

        EventOutcomeObservation observed = Assert.IsType<EventOutcomeObservation>(Assert.Single(observer.Observations));
        Assert.Equal((Messages.Agent, Messages.ScreenPop, NotSentReason.NotRegistered), (observed.Agent, observed.Event, observed.Delivery.Reason));
    }

    [Fact]
    public async Task The_last_observations_arrive_when_the_container_is_disposed_before_the_observers_are()
    {
        var log = new List<string>();
        using ScriptedServer ebs = ScriptedServer.Answering(ScriptedServer.Response(200, ""));
        ServiceProvider provider = new ServiceCollection()
            .AddSingleton(log)
            .AddOracleCct(cct => cct.AddObserver<CountingObserver>().Configure<CalloutListenerOptions>(listener => listener with { Port = 0 }))
            .BuildServiceProvider();
        TelephonyAdapter listener = provider.GetRequiredService<TelephonyAdapter>();
        listener.Start();
        _ = await provider.GetRequiredService<IEventClient>().SendAsync(ebs.Address, Messages.ScreenPop, Deadline.Token());
        _ = await RawHttp.SendAsync(listener.Url, RawHttp.Get(listener.Url, "/?FunctionName=CheckStatus"));

        await provider.DisposeAsync().AsTask().Within("the container's disposal");

        Assert.Equal(["ScreenPop", "CheckStatus", "disposed"], log);
    }

    [Fact]
    public async Task A_container_that_is_disposed_synchronously_loses_nothing_either()
    {
        var log = new List<string>();
        using (
            ServiceProvider provider = new ServiceCollection().AddSingleton(log).AddOracleCct(
                cct => cct.AddObserver<CountingObserver>()).BuildServiceProvider())
        {
            _ = await provider.GetRequiredService<CalloutEndpoint>().HandleAsync(Requests.Get("?FunctionName=CheckStatus"));
        }

        Assert.Equal(["CheckStatus", "disposed"], log);
    }

    [Fact]
    public async Task Registrations_in_a_file_survive_the_container()
    {
        await using (ServiceProvider first = Build(new RecordingObserver()))
        {
            _ = Assert.IsType<FileAgentRegistry>(first.GetRequiredService<IAgentRegistry>());
            CalloutReply reply = await first.GetRequiredService<ICalloutDispatcher>().DispatchAsync(
                Messages.Register, new() { ReceivedAt = new(2026, 11, 22, 9, 30, 0, TimeSpan.Zero), RemoteAddress = IPAddress.Loopback });
            Assert.True(reply.IsSuccess, reply.ErrorMessage);
        }

        await using ServiceProvider second = Build(new RecordingObserver());
        Assert.Equal(new EbsAddress("127.0.0.1", 8888), await second.GetRequiredService<IAgentRegistry>().FindAsync(Messages.Agent));
    }

    [Fact]
    public async Task The_observers_are_told_of_a_file_that_was_damaged()
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllText(RegistryFile, "no registry");
        var observer = new RecordingObserver();
        await using (ServiceProvider provider = Build(observer))
        {
            _ = provider.GetRequiredService<CalloutEndpoint>();
        }

        ProblemObservation problem = Assert.IsType<ProblemObservation>(Assert.Single(observer.Observations));
        Assert.StartsWith($"The registry file {RegistryFile} was damaged (it is not an agent registry)", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mistakes_of_the_programmer_are_exceptions()
    {
        Assert.Throws<ArgumentNullException>(() => new ServiceCollection().AddOracleCct(cct => cct.AddObserver(null!)));
    }

    private ServiceProvider Build(ICctObserver observer) => new ServiceCollection()
        .AddOracleCct(cct => cct.AddObserver(observer).Configure<TelephonyAdapterOptions>(options => options with { RegistryFile = RegistryFile }))
        .AddOracleCct()
        .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

    private sealed class CountingObserver(List<string> log) : ICctObserver, IDisposable
    {
        public int Count { get; private set; }

        public void Observe(CctObservation observation)
        {
            Count++;
            log.Add(observation is EventAttemptObservation sent ? sent.Event.Name : ((CalloutObservation)observation).FunctionName!);
        }

        public void Dispose() => log.Add("disposed");
    }
}
