using System;
using System.Threading.Tasks;
using Microsoft.Playwright;
using OracleCct.Samples.Tests.Running;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace OracleCct.Samples.Tests.Pages;

/// <summary>Tests the pages of UwqSimulator and WebSoftphone together in a real browser, as the README shows them.</summary>
[Collection(PageBrowser.Collection)]
public class SideBySideTests(PageBrowser browser)
{
    [ChromiumFact]
    public async Task An_incoming_and_an_outgoing_call()
    {
        await using Desk desk = await Desk.OpenAsync(browser);
        (IPage ebs, IPage phone) = (desk.Ebs, desk.Phone);
        await Screenshots.TakeAsync(phone, "web-softphone-no-agent");

        await Desk.Button(ebs, "Sign in").ClickAsync();
        await Expect(desk.AgentAtEbs).ToHaveTextAsync("ready");
        await Expect(desk.AgentAtPhone).ToHaveTextAsync("Ready");

        await phone.Locator("#caller-number").FillAsync("4155550199");
        await phone.Locator("#caller-button").ClickAsync();
        await Expect(desk.CallAtPhone).ToHaveTextAsync("Incoming call");
        await Expect(phone.Locator("#call-number")).ToHaveTextAsync("4155550199");
        await Expect(ebs.Locator(".forms li")).ToHaveTextAsync(
            ["Contact CenterocctANI4155550199", "Service RequestocctANI4155550199", "eBusiness CenterocctANI4155550199", "CollectionsocctANI4155550199"]);
        await Expect(desk.AgentAtPhone).ToHaveTextAsync("In a call");

        await Desk.Button(phone, "Answer").ClickAsync();
        await Expect(desk.CallAtPhone).ToHaveTextAsync("Talking with");
        await Expect(desk.AgentAtEbs).ToHaveTextAsync("in a call");
        await Expect(desk.StepsOf(call: 0)).ToContainTextAsync(["ScreenPop", "CallEstablished"]);
        await Expect(phone.Locator("#transcript li[data-name=CallEstablished]")).ToContainTextAsync("Delivered");
        await Screenshots.TakeAsync(ebs, "uwq-simulator", isForDocs: true);
        await Screenshots.TakeAsync(phone, "web-softphone", isForDocs: true);

        await Desk.Button(phone, "Hang up").ClickAsync();
        await Expect(desk.CallAtPhone).ToHaveTextAsync("No call");
        await Expect(desk.StepsOf(call: 0)).ToContainTextAsync(["ScreenPop", "CallEstablished", "CallReleased"]);
        await Expect(desk.AgentAtEbs).ToHaveTextAsync("not ready");

        await Desk.Button(ebs, "Ready").ClickAsync();
        await Expect(desk.AgentAtEbs).ToHaveTextAsync("ready");
        await Expect(desk.AgentAtPhone).ToHaveTextAsync("Ready");

        await ebs.GetByLabel("Number to dial").FillAsync("+1 (415) 555-0123");
        await Desk.Button(ebs, "Dial").ClickAsync();
        await Expect(desk.CallAtPhone).ToHaveTextAsync("Calling");
        await Expect(phone.Locator("#call-number")).ToHaveTextAsync("+1 (415) 555-0123");
        await Expect(ebs.Locator("#reply")).ToContainTextAsync("MakeCall: done");
        await Expect(phone.Locator("#transcript li[data-name=MakeCall]")).ToContainTextAsync("dialString=%2B1+%28415%29+555-0123"); // as EBS sent it
        await Expect(ebs.Locator("#transcript")).ToContainTextAsync("dialString=%2B1+%28415%29+555-0123");
        await Expect(ebs.Locator(".call")).ToHaveCountAsync(2);
        await Expect(ebs.Locator(".call").First.Locator(".value").First).ToHaveTextAsync("14155550123");
        await Expect(desk.CallAtPhone).ToHaveTextAsync("Talking with");
        await Desk.Button(phone, "Hang up").ClickAsync();
        await Expect(desk.StepsOf(call: 0)).ToContainTextAsync(["ScreenPop", "CallEstablished", "CallReleased"]);
        await Screenshots.TakeAsync(ebs, "uwq-simulator-after");
        await Screenshots.TakeAsync(phone, "web-softphone-after");

        await Desk.Button(ebs, "Sign out").ClickAsync();
        await Expect(desk.AgentAtEbs).ToHaveTextAsync("signed out");
        await Expect(phone.Locator("#agent-title")).ToBeHiddenAsync();
        await Expect(ebs.Locator("#problem-count")).ToHaveTextAsync("none");
    }

    [ChromiumFact]
    public async Task The_keyboard_is_sufficient_for_an_incoming_and_an_outgoing_call()
    {
        await using Desk desk = await Desk.OpenAsync(browser);
        (IPage ebs, IPage phone) = (desk.Ebs, desk.Phone);

        await ebs.TabToAsync(Desk.Button(ebs, "Sign in"));
        await ebs.Keyboard.PressAsync("Enter");
        await Expect(desk.AgentAtPhone).ToHaveTextAsync("Ready");

        await phone.TabToAsync(phone.Locator("#caller-number"));
        await phone.Keyboard.TypeAsync("4155550177");
        await phone.Keyboard.PressAsync("Enter");
        await Expect(desk.CallAtPhone).ToHaveTextAsync("Incoming call");
        await phone.TabToAsync(Desk.Button(phone, "Answer"));
        await phone.Keyboard.PressAsync("Space");
        await Expect(desk.CallAtPhone).ToHaveTextAsync("Talking with");
        await phone.TabToAsync(Desk.Button(phone, "Hang up"));
        await phone.Keyboard.PressAsync("Enter");
        await Expect(desk.StepsOf(call: 0)).ToContainTextAsync(["ScreenPop", "CallEstablished", "CallReleased"]);

        await ebs.TabToAsync(Desk.Button(ebs, "Ready"));
        await ebs.Keyboard.PressAsync("Space");
        await Expect(desk.AgentAtPhone).ToHaveTextAsync("Ready");
        await ebs.TabToAsync(ebs.GetByLabel("Number to dial"));
        await ebs.Keyboard.TypeAsync("4155550188");
        await ebs.Keyboard.PressAsync("Enter");
        await Expect(desk.CallAtPhone).ToHaveTextAsync("Calling");
        await Expect(phone.Locator("#call-number")).ToHaveTextAsync("4155550188");
    }

    [ChromiumFact]
    public async Task Both_pages_fit_into_a_narrow_window()
    {
        await using Desk desk = await Desk.OpenAsync(browser, width: 360, height: 740, ColorScheme.Dark);
        (IPage ebs, IPage phone) = (desk.Ebs, desk.Phone);

        await Desk.Button(ebs, "Sign in").ClickAsync();
        await Expect(desk.AgentAtPhone).ToHaveTextAsync("Ready");
        await phone.Locator("#caller-number").FillAsync("415555016641555501664155550166");
        await phone.Locator("#caller-button").ClickAsync();
        await Expect(ebs.Locator(".call")).ToHaveCountAsync(1);
        await Expect(phone.Locator("#transcript li[data-name=ScreenPop]")).ToHaveCountAsync(1);

        await Screenshots.TakeAsync(ebs, "uwq-simulator-narrow");
        await Screenshots.TakeAsync(phone, "web-softphone-narrow");
        Assert.Equal(360, await WidthAsync(ebs));
        Assert.Equal(360, await WidthAsync(phone));
    }

    [ChromiumFact]
    public async Task Input_from_callers_and_EBS_is_shown_as_text()
    {
        const string Hostile = "<img src=x onerror=\"document.title='owned'\">";
        await using Desk desk = await Desk.OpenAsync(browser);
        (IPage ebs, IPage phone) = (desk.Ebs, desk.Phone);

        await ebs.GetByLabel("Extension").FillAsync("<b>70002</b>");
        await Desk.Button(ebs, "Sign in").ClickAsync();
        await Expect(desk.AgentAtPhone).ToHaveTextAsync("Ready");
        await ebs.GetByLabel("Number to dial").FillAsync(Hostile);
        await Desk.Button(ebs, "Dial").ClickAsync();
        await Expect(ebs.Locator("#reply")).ToContainTextAsync("is not a telephone number");
        await Expect(phone.Locator("#transcript li[data-name=MakeCall] .outcome")).ToContainTextAsync(Hostile);
        await phone.Locator("#caller-number").FillAsync(Hostile);
        await phone.Locator("#caller-button").ClickAsync();
        await Expect(phone.Locator("#problem")).ToContainTextAsync(Hostile);

        foreach (IPage page in new[] { ebs, phone })
        {
            Assert.Equal(0, await page.Locator("img, b, body script").CountAsync());
            Assert.DoesNotContain("owned", await page.TitleAsync(), StringComparison.Ordinal);
        }
    }

    private static Task<int> WidthAsync(IPage page) => page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");

    /// <summary>Runs both programs, with a window for each.</summary>
    private sealed class Desk : IAsyncDisposable
    {
        private readonly RunningPage _softphone;
        private readonly RunningPage _simulator;

        private Desk(RunningPage softphone, RunningPage simulator, IPage ebs, IPage phone)
        {
            _softphone = softphone;
            _simulator = simulator;
            Ebs = ebs;
            Phone = phone;
        }

        public IPage Ebs { get; }

        public IPage Phone { get; }

        public ILocator AgentAtEbs => Ebs.Locator(".agent .state");

        public ILocator AgentAtPhone => Phone.Locator("#agent-state");

        public ILocator CallAtPhone => Phone.Locator("#call-state");

        public static async Task<Desk> OpenAsync(PageBrowser browser, int width = 1280, int height = 900, ColorScheme colors = ColorScheme.Light)
        {
            // The delay makes the outgoing call visible before it is answered.
            RunningPage softphone = await RunningPage.StartAsync("WebSoftphone", "--answer-after", "3000");
            RunningPage? simulator = null;
            try
            {
                simulator = await RunningPage.StartAsync("UwqSimulator", "--softphone", softphone.Url.AbsoluteUri);
                IPage phone = await browser.OpenAsync(new Uri(softphone.Url, "phone/"), width, height, colors);
                await Expect(phone.Locator("#no-agent-title")).ToHaveTextAsync("No agent is signed in");
                IPage ebs = await browser.OpenAsync(simulator.Url, width, height, colors);
                await Expect(ebs.Locator("#connection")).ToHaveTextAsync("live");
                return new(softphone, simulator, ebs, phone);
            }
            catch
            {
                await softphone.DisposeAsync();
                await (simulator?.DisposeAsync() ?? default);
                throw;
            }
        }

        public static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

        public ILocator StepsOf(int call) => Ebs.Locator(".call").Nth(call).Locator(".steps li");

        public async ValueTask DisposeAsync()
        {
            await Ebs.Context.CloseAsync();
            await Phone.Context.CloseAsync();
            await _simulator.DisposeAsync();
            await _softphone.DisposeAsync();
        }
    }
}
