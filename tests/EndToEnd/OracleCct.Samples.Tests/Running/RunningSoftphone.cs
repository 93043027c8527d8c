using System;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Protocol.Testing;
using Xunit;

namespace OracleCct.Samples.Tests.Running;

/// <summary>Runs a softphone of the samples on a free port, with a simulated EBS.</summary>
internal sealed class RunningSoftphone : IAsyncDisposable
{
    private const string Password = "open sesame";

    private static readonly TimeSpan EventDeadline = TimeSpan.FromSeconds(20);

    private readonly UwqSimulator _uwq;

    private RunningSoftphone(ChildProcess process, Uri url)
    {
        Process = process;
        Url = url;
        _uwq = UwqSimulator.Start(url, new() { ExpectationTimeout = EventDeadline, CheckStatusInterval = Timeout.InfiniteTimeSpan });
        Ebs = _uwq.AddAgent("70002", "7001");
    }

    public ChildProcess Process { get; }

    public Uri Url { get; }

    /// <summary>Gets EBS's only listener. All agents of a test are registered to it.</summary>
    public UwqAgent Ebs { get; }

    public static Task<RunningSoftphone> StartAsync(Framework framework, params string[] options) => StartAsync("ConsoleSoftphone", framework, options);

    public static async Task<RunningSoftphone> StartAsync(string sample, Framework framework, params string[] options)
    {
        ChildProcess process = SamplePrograms.Start(sample, framework, ["--port", "0", .. options]);
        try
        {
            string line = await process.LineAsync("listening ");
            return new(process, new Uri(line.Substring("listening ".Length)));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a callout.</summary>
    /// <returns>The text of the Error reply, or <see langword="null"/> on success.</returns>
    public async Task<string?> CallOutAsync(Callout callout)
    {
        UwqReply reply = await _uwq.SendAsync(callout);
        Assert.Equal(200, reply.StatusCode);
        Assert.True(reply.IsSuccess ? reply.Body.Length == 0 : reply.Kind == UwqReplyKind.Error, reply.ToString());
        return reply.ErrorMessage;
    }

    public async Task RegisterAsync(string agentId = "7001", string extension = "70002") =>
        Assert.Null(await CallOutAsync(new RegisterCallout
        {
            TelesetNumber = extension,
            AgentId = agentId,
            IpAddress = Ebs.EbsAddress.Host,
            Port = Ebs.EbsAddress.Port,
        }));

    public Task<string?> LogInAsync() =>
        CallOutAsync(new LoginCallout { TelesetNumber = "70002", AgentId = "7001", AgentPassword = new(Password), AgentQueue = "7700" });

    public Task<string?> LogOutAsync() =>
        CallOutAsync(new LogoutCallout { TelesetNumber = "70002", AgentId = "7001", AgentPassword = new(Password), AgentQueue = "7700" });

    public Task<string?> MakeCallAsync(string number) =>
        CallOutAsync(new MakeCallCallout { TelesetNumber = "70002", AgentId = "7001", DialString = number });

    public Task<TEvent> NextEventAsync<TEvent>()
        where TEvent : CctEvent => Ebs.ExpectAsync<TEvent>();

    public Task TypeAsync(string command) => Process.TypeAsync(command);

    /// <summary>Types a command and returns the output line that contains the text.</summary>
    public async Task<string> AskAsync(string command, string text)
    {
        await Process.TypeAsync(command);
        return await Process.LineAsync(text);
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await _uwq.DisposeAsync();
    }
}
