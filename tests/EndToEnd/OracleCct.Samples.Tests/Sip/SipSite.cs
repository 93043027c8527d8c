using System;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol.Testing;
using OracleCct.Samples.Tests.Running;

namespace OracleCct.Samples.Tests.Sip;

/// <summary>Runs a softphone with its phone, and a simulated EBS with an agent.</summary>
internal sealed class SipSite : IAsyncDisposable
{
    private SipSite(ChildProcess softphone, Uri url)
    {
        Softphone = softphone;
        Ebs = UwqSimulator.Start(url, new() { CheckStatusInterval = Timeout.InfiniteTimeSpan, ExpectationTimeout = TimeSpan.FromSeconds(20) });
        Agent = Ebs.AddAgent("70002", "7001");
    }

    public ChildProcess Softphone { get; }

    public UwqSimulator Ebs { get; }

    public UwqAgent Agent { get; }

    /// <summary>Starts a softphone for a running phone. The agent is not signed in.</summary>
    public static async Task<SipSite> StartAsync(string phone, params string[] options)
    {
        ChildProcess softphone = SamplePrograms.Start("SipSoftphone", Framework.Net, ["--port", "0", "--baresip", phone, .. options]);
        try
        {
            string line = await softphone.LineAsync("listening ");
            return new(softphone, new Uri(line["listening ".Length..]));
        }
        catch
        {
            await softphone.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a softphone with a ready agent.</summary>
    public static async Task<SipSite> ReadyAsync(string phone)
    {
        SipSite site = await StartAsync(phone);
        await site.Agent.SignInAsync();
        return site;
    }

    public Task TypeAsync(string command) => Softphone.TypeAsync(command);

    /// <summary>Types a command and returns the output line that contains the text.</summary>
    public async Task<string> AskAsync(string command, string text)
    {
        await Softphone.TypeAsync(command);
        return await Softphone.LineAsync(text);
    }

    public async ValueTask DisposeAsync()
    {
        await Softphone.DisposeAsync();
        await Ebs.DisposeAsync();
    }
}
