using System.Threading.Tasks;
using Microsoft.Playwright;
using Xunit;

namespace OracleCct.Samples.Tests.Pages;

/// <summary>Provides keyboard navigation.</summary>
internal static class PageKeyboard
{
    private const int MostTabs = 80;

    /// <summary>Presses Tab until an element has the focus, and checks that the focus is visible.</summary>
    public static async Task TabToAsync(this IPage page, ILocator element)
    {
        for (int tabs = 0; !await element.EvaluateAsync<bool>("e => e === document.activeElement"); tabs++)
        {
            Assert.True(tabs < MostTabs, $"Tab does not reach {element}.");
            await page.Keyboard.PressAsync("Tab");
        }

        Assert.NotEqual("none", await element.EvaluateAsync<string>("e => getComputedStyle(e).outlineStyle"));
    }
}
