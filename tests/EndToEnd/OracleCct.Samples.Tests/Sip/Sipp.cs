using System;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Samples.Tests.Running;
using Xunit;

namespace OracleCct.Samples.Tests.Sip;

/// <summary>Runs the other side of a call, which follows a scenario and receives the phone's audio.</summary>
internal sealed class Sipp : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly UdpClient _audio = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly ChildProcess _process;

    private Sipp(string scenario, int talkFor, string[] arguments) => _process = ChildProcess.Start(
        "sipp",
        [
            "-sf", Path.Combine(AppContext.BaseDirectory, "Sip", "Scenarios", scenario + ".xml"),
            "-m", "1",
            "-i", "127.0.0.1",
            "-d", talkFor.ToString(CultureInfo.InvariantCulture),
            "-key", "audio_port", ((IPEndPoint)_audio.Client.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture),
            "-timeout", "60s",
            "-timeout_error",
            "-nostdin",
            .. arguments,
        ]);

    /// <param name="phone">The phone to call.</param>
    /// <param name="scenario">The name of a file in the folder Scenarios.</param>
    /// <param name="from">The caller, as in SIP's From header.</param>
    /// <param name="talkFor">The duration of the conversation, in milliseconds.</param>
    public static Sipp Call(Baresip phone, string scenario, string from = "\"Zoë\" <sip:+14155550100@127.0.0.1>", int talkFor = 2000) => new(
        scenario,
        talkFor,
        [
            string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{phone.SipPort}"),
            "-p", FreePorts.Udp().ToString(CultureInfo.InvariantCulture),
            "-s", "70002",
            "-key", "from", from,
        ]);

    /// <summary>Waits for a call from the phone.</summary>
    public static Sipp Await(Baresip phone, string scenario) => new(scenario, 500, ["-p", phone.ExchangePort.ToString(CultureInfo.InvariantCulture)]);

    /// <summary>Waits for an audio packet.</summary>
    public async Task HearAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        UdpReceiveResult packet = await _audio.ReceiveAsync(deadline.Token);
        Assert.Equal(2, packet.Buffer[0] >> 6); // the RTP version
    }

    /// <summary>Waits until the scenario is complete.</summary>
    public async Task EndAsync() => Assert.True(await _process.ExitAsync() == 0, $"The scenario failed: {_process.Output}\n{_process.Errors}");

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _audio.Dispose();
    }
}
