using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using OracleCct.Protocol;

namespace OracleCct.Benchmarks;

/// <summary>Runs a second process that receives events as EBS's listener does and answers 200.</summary>
internal sealed class Receiver : IDisposable
{
    public const string Verb = "receiver";

    private static readonly TimeSpan Start = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private Receiver(Process process, EbsAddress address)
    {
        _process = process;
        Address = address;
    }

    public EbsAddress Address { get; }

    public static async Task<Receiver> StartAsync()
    {
        ProcessStartInfo start = Load.Self(Verb);
        start.RedirectStandardInput = start.RedirectStandardOutput = true;
        Process process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(Start);
        string port = await process.StandardOutput.ReadLineAsync(deadline.Token)
            ?? throw new InvalidOperationException("The receiver ended before it wrote its port.");
        return new(process, new("127.0.0.1", int.Parse(port, CultureInfo.InvariantCulture)));
    }

    /// <summary>Runs in the second process until its input ends, which happens when the first process ends.</summary>
    public static async Task RunAsync()
    {
        await using WebApplication application = Hosts.NewApplication(_ => { });
        _ = application.Map("/", async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            context.Response.ContentLength = 0;
        });
        await application.StartAsync();
        foreach (string url in application.Urls)
        {
            Console.WriteLine(new Uri(url).Port.ToString(CultureInfo.InvariantCulture));
        }

        _ = await Console.In.ReadToEndAsync();
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _ = _process.WaitForExit(Start);
        _process.Dispose();
    }
}
