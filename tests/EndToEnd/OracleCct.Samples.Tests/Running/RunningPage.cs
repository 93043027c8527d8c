using System;
using System.Threading.Tasks;

namespace OracleCct.Samples.Tests.Running;

/// <summary>Runs a sample that has a page, on a free port.</summary>
internal sealed class RunningPage : IAsyncDisposable
{
    private RunningPage(ChildProcess process, Uri url)
    {
        Process = process;
        Url = url;
    }

    public ChildProcess Process { get; }

    public Uri Url { get; }

    public static async Task<RunningPage> StartAsync(string sample, params string[] options)
    {
        ChildProcess process = SamplePrograms.Start(sample, Framework.Net, ["--port", "0", .. options]);
        try
        {
            string line = await process.LineAsync("listening ");
            return new(process, new Uri(line["listening ".Length..]));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
