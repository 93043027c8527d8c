using System.Threading.Tasks;
using Microsoft.Playwright;
using Xunit;

namespace OracleCct.Samples.Tests.Pages;

/// <summary>For who works without a mouse.</summary>
internal static class PageKeyboard
{
    private const int MostTabs = 80;

    /// <summary>Presses the tabulator until an element has the focus, which can be seen there.</summary>
    public static async Task TabToAsync(this IPage page, ILocator element)
    {
        for (int tabs = 0; !await element.EvaluateAsync<bool>("e => e === document.activeElement"); tabs++)
        {
            Assert.True(tabs < MostTabs, $"The tabulator does not lead to {element}.");
            await page.Keyboard.PressAsync("Tab");
        }

        Assert.NotEqual("none", await element.EvaluateAsync<string>("e => getComputedStyle(e).outlineStyle"));
    }
}
