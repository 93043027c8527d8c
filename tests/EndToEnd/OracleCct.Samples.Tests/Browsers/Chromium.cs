using System;
using System.IO;
using System.Threading.Tasks;
using OracleCct.Samples.Tests.Running;

namespace OracleCct.Samples.Tests.Browsers;

/// <summary>Runs a headless browser that resolves host names in .test to this machine, and no others.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private const int AttemptsToDelete = 20;

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "cct-chromium-" + Guid.NewGuid().ToString("N"));
    private readonly ChildProcess _process;

    private Chromium(Uri page) => _process = ChildProcess.Start(
        "chromium",
        "--headless=new",
        "--no-sandbox", // the sandbox does not work for root, as in CI
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--user-data-dir=" + _folder,
        "--host-resolver-rules=MAP *.test 127.0.0.1, MAP *.* ~NOTFOUND, EXCLUDE 127.0.0.1",
        "--no-proxy-server",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-crash-reporter",
        "--disable-sync",
        "--disable-popup-blocking",
        "--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable", // otherwise the browser tries HTTPS first
        page.AbsoluteUri);

    public static Chromium Open(Uri page) => new(page);

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        for (int attempt = 1; Directory.Exists(_folder); attempt++)
        {
            try
            {
                Directory.Delete(_folder, recursive: true);
            }
            catch (IOException) when (attempt < AttemptsToDelete)
            {
                // A process of the browser was still writing.
                await Task.Delay(100);
            }
        }
    }
}
