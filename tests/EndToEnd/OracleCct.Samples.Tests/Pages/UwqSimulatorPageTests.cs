using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using Microsoft.Playwright;
using OracleCct.Protocol;
using OracleCct.Samples.Tests.Browsers;
using OracleCct.Samples.Tests.Running;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace OracleCct.Samples.Tests.Pages;

/// <summary>Tests UwqSimulator's page in a real browser, with a softphone that has no page.</summary>
[Collection(PageBrowser.Collection)]
public class UwqSimulatorPageTests(PageBrowser browser)
{
    [ChromiumFact]
    public async Task An_agent_signs_in_and_out()
    {
        await using var softphone = new PlainSoftphone();
        await using RunningPage simulator = await StartAsync(softphone);
        IPage page = await browser.OpenAsync(simulator.Url);

        await SignInAsync(page);
        await Expect(page.Locator("#reply")).ToContainTextAsync("Ready: done");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await Expect(StateOf(page)).ToHaveTextAsync("signed out");

        Assert.Equal(["Login", "Ready", "NotReady", "Logout", "Unregister"], softphone.Callouts);
        await page.GetByText("Single callouts and faults").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out and remove" }).ClickAsync();
        await Expect(page.Locator(".agent")).ToHaveCountAsync(0);
        Assert.DoesNotContain("1234", await page.Locator("body").InnerTextAsync(), StringComparison.Ordinal);
    }

    [ChromiumFact]
    public async Task A_screen_pop_shows_the_key_that_each_form_uses()
    {
        await using var softphone = new PlainSoftphone();
        await using RunningPage simulator = await StartAsync(softphone);
        IPage page = await browser.OpenAsync(simulator.Url);
        await SignInAsync(page);

        CallSession call = await softphone.PopAsync(new()
        {
            SourceId = "42",
            Ani = "4155550100",
            Dnis = "70002",
            ContactNum = "2002",
            ExtraFields = [new(ScreenPopKeys.AccountCode, "5005")],
        });

        await Expect(page.Locator(".forms li")).ToHaveTextAsync(
            ["Contact CenterAccountCode5005", "Service RequestAccountCode5005", "eBusiness CenterAccountCode5005", "CollectionsAccountCode5005"]);
        await Expect(page.Locator(".call .note")).ToContainTextAsync(["CCT122"]);
        await Expect(StateOf(page)).ToHaveTextAsync("screen popped");
        _ = await call.EstablishedAsync();
        await Expect(StateOf(page)).ToHaveTextAsync("in a call");
        _ = await call.ReleasedAsync();
        await Expect(StateOf(page)).ToHaveTextAsync("not ready");
        Assert.Equal(["ScreenPop", "CallEstablished", "CallReleased"], await StepsAsync(page));
    }

    [ChromiumFact]
    public async Task Input_from_a_caller_is_shown_as_text()
    {
        const string Hostile = "<img src=x onerror=\"document.title='owned'\">";
        await using var softphone = new PlainSoftphone();
        await using RunningPage simulator = await StartAsync(softphone);
        IPage page = await browser.OpenAsync(simulator.Url);
        await SignInAsync(page);

        _ = await softphone.PopAsync(new()
        {
            SourceId = "<b>42</b>",
            Ani = Hostile,
            Dnis = "<script>document.title='owned'</script>",
            ExtraFields = [new("CallerName", Hostile)],
        });

        await Expect(page.Locator(".pairs dd")).ToContainTextAsync([Hostile]);
        await Expect(page.Locator(".call h3")).ToHaveTextAsync("Call <b>42</b>");
        await Expect(page.Locator("#problem-count")).Not.ToHaveTextAsync("none");
        Assert.Equal(0, await page.Locator("img, b, main script").CountAsync());
        Assert.Equal("UWQ simulator", await page.TitleAsync());
    }

    [ChromiumFact]
    public async Task Any_callout_can_be_sent_and_its_reply_is_shown()
    {
        await using var softphone = new PlainSoftphone();
        await using RunningPage simulator = await StartAsync(softphone);
        IPage page = await browser.OpenAsync(simulator.Url);
        ILocator query = page.GetByLabel("Query string, sent unchanged");
        ILocator send = page.GetByRole(AriaRole.Button, new() { Name = "Send" });

        _ = await page.GetByLabel("Start from").SelectOptionAsync("an unknown function");
        await Expect(query).ToHaveValueAsync("FunctionName=HoldCall&telesetNumber=70002&agentID=7001&holdReason=lunch+%26+more");
        await send.ClickAsync();
        await Expect(page.Locator("#reply")).ToContainTextAsync("The softphone does not know the function");

        _ = await page.GetByLabel("Start from").SelectOptionAsync("a missing field");
        await send.ClickAsync();
        await Expect(page.Locator("#reply")).ToContainTextAsync("agentID");

        await query.FillAsync("FunctionName=Login&telesetNumber=70002&agentID=7001&agentPassword=sesame&agentQueue=7700");
        await send.ClickAsync();
        await Expect(page.Locator("#reply")).ToContainTextAsync("done");
        await Expect(page.Locator("#transcript > li").First).ToContainTextAsync("Login");
        Assert.DoesNotContain("sesame", await page.Locator("#transcript").InnerTextAsync(), StringComparison.Ordinal);
    }

    [ChromiumFact]
    public async Task A_fault_of_an_agents_EBS_reaches_the_softphone()
    {
        await using var softphone = new PlainSoftphone();
        await using RunningPage simulator = await StartAsync(softphone);
        IPage page = await browser.OpenAsync(simulator.Url);
        await SignInAsync(page);

        await page.GetByText("Single callouts and faults").ClickAsync();
        _ = await page.GetByLabel("This agent's EBS").SelectOptionAsync("Status500");
        await Expect(page.Locator("[data-fault=Status500]")).ToHaveCountAsync(1);
        CallSession call = await softphone.PopAsync(new() { SourceId = "42", Ani = "4155550100", Dnis = "70002" });

        Assert.Equal((EventDeliveryStatus.Refused, HttpStatusCode.InternalServerError), (call.ScreenPop.Status, call.ScreenPop.HttpStatus!.Value));
    }

    [ChromiumFact]
    public async Task The_keyboard_is_sufficient()
    {
        await using var softphone = new PlainSoftphone();
        await using RunningPage simulator = await StartAsync(softphone);
        IPage page = await browser.OpenAsync(simulator.Url);
        await Expect(page.Locator("#connection")).ToHaveTextAsync("live");

        await page.TabToAsync(page.GetByLabel("Extension"));
        await page.Keyboard.TypeAsync("70009");
        await page.Keyboard.PressAsync("Enter");
        await Expect(StateOf(page)).ToHaveTextAsync("ready");
        await page.TabToAsync(page.GetByLabel("Number to dial"));
        await page.Keyboard.TypeAsync("4155550123");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#reply")).ToContainTextAsync("MakeCall: done");
        await page.TabToAsync(page.GetByRole(AriaRole.Button, new() { Name = "Not ready" }));
        await page.Keyboard.PressAsync("Space");
        await Expect(StateOf(page)).ToHaveTextAsync("not ready");
        await page.TabToAsync(page.GetByRole(AriaRole.Button, new() { Name = "Send" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#reply")).ToContainTextAsync("done");

        Assert.Equal(["Login", "Ready", "MakeCall", "NotReady"], softphone.Callouts);
        await Expect(page.Locator(".agent h3")).ToHaveTextAsync("7001 at 70009");
    }

    [ChromiumFact]
    public async Task A_narrow_window_scrolls_in_one_direction()
    {
        await using var softphone = new PlainSoftphone();
        await using RunningPage simulator = await StartAsync(softphone);
        IPage page = await browser.OpenAsync(simulator.Url, width: 360, height: 740, colors: ColorScheme.Dark);
        await SignInAsync(page);

        _ = await softphone.PopAsync(new()
        {
            SourceId = new string('4', 40),
            Ani = new string('5', 60),
            Dnis = "70002",
            ExtraFields = [new(new string('k', 40), new string('v', 80))],
        });

        await Expect(page.Locator(".call")).ToHaveCountAsync(1);
        await page.GetByText("Single callouts and faults").ClickAsync();
        await page.GetByText("Add an agent").ClickAsync();
        await Screenshots.TakeAsync(page, "uwq-simulator-narrow-dark");
        Assert.Equal(360, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
    }

    [ChromiumFact]
    public async Task A_softphone_that_is_not_running_is_reported()
    {
        var softphone = new PlainSoftphone();
        await using RunningPage simulator = await StartAsync(softphone);
        await softphone.DisposeAsync();
        IPage page = await browser.OpenAsync(simulator.Url);

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Expect(page.Locator("#reply")).ToContainTextAsync("Register: no reply");
    }

    [ChromiumFact]
    public async Task A_foreign_page_can_neither_send_commands_nor_read()
    {
        await using var softphone = new PlainSoftphone();
        await using RunningPage simulator = await StartAsync(softphone);
        using var others = new PageServer(new Dictionary<string, string> { ["/"] = "<title>evil</title>" });
        IPage evil = await browser.OpenAsync(others.Url("evil.test"));

        string tried = await evil.EvaluateAsync<string>(
            """
            async url => {
              const agent = JSON.stringify({ telesetNumber: "70002", agentId: "7001" });
              const outcomes = [];
              for (const [type, mode] of [["application/json", "cors"], ["text/plain", "cors"], ["text/plain", "no-cors"]]) {
                const options = { method: "POST", mode, body: agent, headers: { "Content-Type": type } };
                outcomes.push(await fetch(url + "api/agents", options).then(r => r.type, e => e.name));
              }
              outcomes.push(await fetch(url + "api/events").then(r => r.type, e => e.name));
              return outcomes.join(" ");
            }
            """,
            simulator.Url.AbsoluteUri);
        IPage rebound = await browser.OpenAsync(new Uri($"http://rebind.test:{simulator.Url.Port}/"));
        IPage page = await browser.OpenAsync(simulator.Url);
        await Expect(page.Locator("#connection")).ToHaveTextAsync("live");

        Assert.Equal("TypeError TypeError TypeError TypeError", tried);
        await Expect(rebound.Locator("body")).ToContainTextAsync("The page is not available under this host name.");
        await Expect(page.Locator("#softphone")).ToHaveTextAsync(softphone.Url.AbsoluteUri);
        await Expect(page.Locator(".agent")).ToHaveCountAsync(0);
    }

    private static Task<RunningPage> StartAsync(PlainSoftphone softphone) => RunningPage.StartAsync("UwqSimulator", "--softphone", softphone.Url.AbsoluteUri);

    private static ILocator StateOf(IPage page) => page.Locator(".agent .state");

    private static async Task SignInAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(StateOf(page)).ToHaveTextAsync("ready");
    }

    private static async Task<IEnumerable<string>> StepsAsync(IPage page) =>
        (await page.Locator(".steps li").AllInnerTextsAsync()).Select(step => step.Trim().Split(' ')[0]);
}
