using System;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using OracleCct.Samples.Tests.Running;
using Xunit;
namespace OracleCct.Samples.Tests.Sip;

/// <summary>Runs baresip with the configuration of the sample, on free ports.</summary>
internal sealed class Baresip : IAsyncDisposable
{
    private const int Attempts = 5;

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "cct-baresip-" + Guid.NewGuid().ToString("N"));
    private ChildProcess? _process;

    /// <summary>Gets the port for incoming calls.</summary>
    public int SipPort { get; } = FreePorts.Sip();

    /// <summary>Gets the port of the exchange, which takes dialled numbers.</summary>
    public int ExchangePort { get; } = FreePorts.Udp();

    /// <summary>Gets the address where baresip takes commands.</summary>
    public string Control { get; } = At(FreePorts.Tcp());

    public static async Task<Baresip> StartAsync()
    {
        for (int attempt = 1; ; attempt++)
        {
            var baresip = new Baresip();
            try
            {
                baresip.Configure();
                await baresip.RestartAsync();
                return baresip;
            }
            catch (InvalidOperationException) when (attempt < Attempts)
            {
                // Another program took one of the ports first.
                await baresip.DisposeAsync();
            }
        }
    }

    public async Task RestartAsync()
    {
        _process = ChildProcess.Start("baresip", "-f", _folder);
        Task<string> ready = _process.LineAsync("baresip is ready.");
        Task<int> exit = _process.ExitAsync();
        if (await Task.WhenAny(ready, exit) == exit && !ready.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException($"baresip did not start:\n{_process.Output}\n{_process.Errors}");
        }

        _ = await ready;
    }

    /// <summary>Ends baresip without a shutdown.</summary>
    public async Task KillAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string At(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");

    private void Configure()
    {
        _ = Directory.CreateDirectory(_folder);
        Copy("config", ("127.0.0.1:5060", At(SipPort)), ("127.0.0.1:4444", Control));
        Copy("accounts", ("@127.0.0.1:5070>", $"@{At(ExchangePort)}>"));
    }

    private void Copy(string file, params (string Sample, string Here)[] addresses)
    {
        string text = File.ReadAllText(Path.Combine(SamplePrograms.PathOf("BaresipConfiguration"), file));
        foreach ((string sample, string here) in addresses)
        {
            Assert.Contains(sample, text, StringComparison.Ordinal);
            text = text.Replace(sample, here, StringComparison.Ordinal);
        }

        File.WriteAllText(Path.Combine(_folder, file), text);
    }
}
