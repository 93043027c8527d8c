using System;
using System.Globalization;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Samples.Tests.Running;
using Xunit;

namespace OracleCct.Samples.Tests;

public class ConsoleSoftphoneStartAndEndTests
{
    private const string Options = "the options are --port N, --answer-after MS and --talk-for MS.";

    [Theory]
    [InlineData("There is no option \"--prot\": " + Options, "--prot", "3107")]
    [InlineData("There is no option \"3107\": " + Options, "3107")]
    [InlineData("--port needs a port: a number from 0 to 65535.", "--port")]
    [InlineData("--port needs a port: a number from 0 to 65535.", "--port", "65536")]
    [InlineData("--port needs a port: a number from 0 to 65535.", "--port", "-1")]
    [InlineData("--port needs a port: a number from 0 to 65535.", "--port", "0", "--port", "")]
    [InlineData("--answer-after needs a time in milliseconds: a number from 0 to 2147483647.", "--answer-after", "1s")]
    [InlineData("--talk-for needs a time in milliseconds: a number from 0 to 2147483647.", "--talk-for", "99999999999")]
    public async Task A_bad_option_is_said_in_one_sentence(string sentence, params string[] options)
    {
        await using ChildProcess softphone = SamplePrograms.Start("ConsoleSoftphone", Framework.Net, options);

        Assert.Equal(2, await softphone.ExitAsync());
        Assert.Equal(sentence, softphone.Errors);
        Assert.Equal("", softphone.Output);
    }

    [Theory, OnNet, OnNetFramework]
    public async Task A_port_that_is_taken_is_said_in_one_sentence(Framework framework)
    {
        await using RunningSoftphone first = await RunningSoftphone.StartAsync(framework);
        await using ChildProcess second = SamplePrograms.Start("ConsoleSoftphone", framework, "--port", PortOf(first));

        Assert.Equal(2, await second.ExitAsync());
        Assert.StartsWith($"Port {PortOf(first)} is taken by another program", second.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', second.Errors);
        Assert.Equal("", second.Output);
    }

    [Theory, OnNet, OnNetFramework]
    public async Task It_listens_on_the_port_that_was_asked_for(Framework framework)
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
    public async Task The_end_of_input_is_not_the_end(Framework framework)
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
