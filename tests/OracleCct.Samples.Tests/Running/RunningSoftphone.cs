using System;
using System.Linq;
using System.Threading.Tasks;
using OracleCct.Protocol;
using Xunit;

namespace OracleCct.Samples.Tests.Running;

/// <summary>ConsoleSoftphone on a free port, and an EBS that talks with it.</summary>
internal sealed class RunningSoftphone : IAsyncDisposable
{
    public const string Password = "open sesame";

    private static readonly TimeSpan EventDeadline = TimeSpan.FromSeconds(20);

    private RunningSoftphone(ChildProcess process, Uri url)
    {
        Process = process;
        Url = url;
        Ebs = new(url);
    }

    public ChildProcess Process { get; }

    public Uri Url { get; }

    public EbsSide Ebs { get; }

    public static async Task<RunningSoftphone> StartAsync(Framework framework, params string[] options)
    {
        ChildProcess process = SamplePrograms.Start("ConsoleSoftphone", framework, ["--port", "0", .. options]);
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

    /// <summary>Sends a callout and gives the text of its Error reply, or null for a success.</summary>
    public async Task<string?> CallOutAsync(Callout callout)
    {
        HttpExchange exchange = await Ebs.CallOutAsync(callout);
        Assert.Equal("HTTP/1.1 200 OK", exchange.Reply.StartLine);
        return exchange.Reply.Body.Length == 0 ? null : Assert.IsType<ErrorEvent>(Assert.Single(CctXmlFormatter.Default.Read(exchange.Reply.Body))).Message;
    }

    public async Task RegisterAsync(string agentId = "7001", string extension = "70002") =>
        Assert.Null(await CallOutAsync(new RegisterCallout
        {
            TelesetNumber = extension,
            AgentId = agentId,
            IpAddress = Ebs.Address.Address.ToString(),
            Port = Ebs.Address.Port,
        }));

    public Task<string?> MakeCallAsync(string number) =>
        CallOutAsync(new MakeCallCallout { TelesetNumber = "70002", AgentId = "7001", DialString = number });

    public async Task<TEvent> NextEventAsync<TEvent>()
        where TEvent : CctEvent
    {
        HttpExchange exchange = await Ebs.NextEventAsync(EventDeadline);
        return Assert.IsType<TEvent>(CctXmlFormatter.Default.Read(exchange.Request.Body).Single());
    }

    public Task TypeAsync(string command) => Process.TypeAsync(command);

    /// <summary>Types a command and gives the line of its answer that has that text in it.</summary>
    public async Task<string> TypeAsync(string command, string answer)
    {
        await Process.TypeAsync(command);
        return await Process.LineAsync(answer);
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        Ebs.Dispose();
    }
}
