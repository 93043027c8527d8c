using System;
using System.IO;
using System.Threading.Tasks;
using Microsoft.Playwright;
using OracleCct.Samples.Tests.Running;

namespace OracleCct.Samples.Tests.Pages;

/// <summary>Saves screenshots of pages to artifacts/screenshots and, on request, to docs/images for the README.</summary>
internal static class Screenshots
{
    private static readonly bool AreForDocs = Environment.GetEnvironmentVariable("UPDATE_SCREENSHOTS") == "1";

    /// <param name="page">The page.</param>
    /// <param name="name">The file name without extension.</param>
    /// <param name="isForDocs">Whether docs/images also contains the screenshot.</param>
    public static async Task TakeAsync(IPage page, string name, bool isForDocs = false)
    {
        byte[] picture = await page.ScreenshotAsync(new() { FullPage = true, Animations = ScreenshotAnimations.Disabled });
        await SaveAsync(picture, "artifacts", "screenshots", name);
        if (isForDocs && AreForDocs)
        {
            await SaveAsync(picture, "docs", "images", name);
        }
    }

    private static async Task SaveAsync(byte[] picture, string folder, string subfolder, string name)
    {
        string path = Path.Combine(SamplePrograms.PathOf("Repository"), folder, subfolder);
        _ = Directory.CreateDirectory(path);
        await File.WriteAllBytesAsync(Path.Combine(path, name + ".png"), picture);
    }
}
