using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Playwright;
using Xunit;

namespace OracleCct.Samples.Tests.Pages;

/// <summary>Runs Debian's Chromium without a window. It resolves host names in .test to this machine, and no others.</summary>
[CollectionDefinition(Collection)]
public sealed class PageBrowser : IAsyncLifetime, ICollectionFixture<PageBrowser>
{
    /// <summary>The name of the collection. Tests of pages share one browser and run one after the other.</summary>
    public const string Collection = "Pages";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Opens a page in a separate window.</summary>
    public async Task<IPage> OpenAsync(Uri url, int width = 1280, int height = 900, ColorScheme colors = ColorScheme.Light)
    {
        // The first page starts the browser, because all tests can be skipped.
        Assertions.SetDefaultExpectTimeout((float)Deadline.TotalMilliseconds);
        _playwright ??= await Playwright.CreateAsync();
        _browser ??= await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = PathOf("chromium"),
            Timeout = (float)Deadline.TotalMilliseconds,
            Args =
            [
                "--no-sandbox", // the sandbox does not work for root, as in CI
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--host-resolver-rules=MAP *.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
                "--no-proxy-server",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable", // otherwise the browser tries HTTPS first
            ],
        });
        IBrowserContext window = await _browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = colors });
        window.SetDefaultTimeout((float)Deadline.TotalMilliseconds);
        IPage page = await window.NewPageAsync();
        _ = await page.GotoAsync(url.AbsoluteUri);
        return page;
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    private static string PathOf(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).First(File.Exists);
}
