using System;
using System.Globalization;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Samples.Tests.Running;
using Xunit;

namespace OracleCct.Samples.Tests;

public class ConsoleSoftphoneStartAndEndTests
{
    private const string Options = "Use --port N, --answer-after MS or --talk-for MS.";

    [Theory]
    [InlineData("\"--prot\" is not an option. " + Options, "--prot", "3107")]
    [InlineData("\"3107\" is not an option. " + Options, "3107")]
    [InlineData("--port requires a port number from 0 to 65535.", "--port")]
    [InlineData("--port requires a port number from 0 to 65535.", "--port", "65536")]
    [InlineData("--port requires a port number from 0 to 65535.", "--port", "-1")]
    [InlineData("--port requires a port number from 0 to 65535.", "--port", "0", "--port", "")]
    [InlineData("--answer-after requires a number of milliseconds from 0 to 2147483647.", "--answer-after", "1s")]
    [InlineData("--talk-for requires a number of milliseconds from 0 to 2147483647.", "--talk-for", "99999999999")]
    public async Task An_invalid_option_is_reported_in_one_line(string message, params string[] options)
    {
        await using ChildProcess softphone = SamplePrograms.Start("ConsoleSoftphone", Framework.Net, options);

        Assert.Equal(2, await softphone.ExitAsync());
        Assert.Equal(message, softphone.Errors);
        Assert.Equal("", softphone.Output);
    }

    [Theory, OnNet, OnNetFramework]
    public async Task A_port_in_use_is_reported_in_one_line(Framework framework)
    {
        await using RunningSoftphone first = await RunningSoftphone.StartAsync(framework);
        await using ChildProcess second = SamplePrograms.Start("ConsoleSoftphone", framework, "--port", PortOf(first));

        Assert.Equal(2, await second.ExitAsync());
        Assert.StartsWith($"Port {PortOf(first)} is taken by another program", second.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', second.Errors);
        Assert.Equal("", second.Output);
    }

    [Theory, OnNet, OnNetFramework]
    public async Task It_listens_on_the_specified_port(Framework framework)
    {
        string port;
        await using (RunningSoftphone earlier = await RunningSoftphone.StartAsync(framework))
        {
            port = PortOf(earlier);
        }

        await using ChildProcess softphone = SamplePrograms.Start("ConsoleSoftphone", framework, "--port", port);

        Assert.Equal($"listening http://localhost:{port}/", await softphone.LineAsync("listening"));
    }

    [Theory, OnNet, OnNetFramework]
    public async Task Quit_ends_the_calls_and_the_softphone(Framework framework)
    {
        await using RunningSoftphone softphone = await RunningInACallAsync(framework);

        await softphone.TypeAsync("quit");

        _ = await softphone.NextEventAsync<CallReleasedEvent>();
        Assert.Equal(0, await softphone.Process.ExitAsync());
    }

    [UnixTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_ends_the_calls_and_the_softphone(string signal)
    {
        await using RunningSoftphone softphone = await RunningInACallAsync(Framework.Net);

        await using ChildProcess kill = ChildProcess.Start("kill", "-s", signal, softphone.Process.Id.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(0, await kill.ExitAsync());

        _ = await softphone.NextEventAsync<CallReleasedEvent>();
        Assert.Equal(0, await softphone.Process.ExitAsync());
        Assert.Equal("", softphone.Process.Errors);
    }

    [Theory, OnNet, OnNetFramework]
    public async Task The_end_of_input_does_not_end_the_softphone(Framework framework)
    {
        await using RunningSoftphone softphone = await RunningSoftphone.StartAsync(framework, "--answer-after", "300", "--talk-for", "1");
        await softphone.RegisterAsync();

        softphone.Process.EndInput();
        Assert.Null(await softphone.MakeCallAsync("4155550100"));

        _ = await softphone.NextEventAsync<ScreenPopEvent>();
        _ = await softphone.NextEventAsync<CallEstablishedEvent>();
        _ = await softphone.NextEventAsync<CallReleasedEvent>();
        Assert.Null(await softphone.CallOutAsync(new CheckStatusCallout()));
    }

    private static async Task<RunningSoftphone> RunningInACallAsync(Framework framework)
    {
        RunningSoftphone softphone = await RunningSoftphone.StartAsync(framework);
        await softphone.RegisterAsync();
        await softphone.TypeAsync("ring 4155550199");
        _ = await softphone.NextEventAsync<ScreenPopEvent>();
        return softphone;
    }

    private static string PortOf(RunningSoftphone softphone) => softphone.Url.Port.ToString(CultureInfo.InvariantCulture);
}
