using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Protocol.Testing;
using OracleCct.Tool.Tests.Support;
using Xunit;

namespace OracleCct.Tool.Tests;

public sealed class PopTests : IAsyncLifetime
{
    private readonly UwqSimulator _ebs = UwqSimulator.Start(new("http://localhost:1/"));
    private readonly UwqAgent _agent;

    public PopTests() => _agent = _ebs.AddAgent("70002", "7001");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _ebs.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("http://")]
    public async Task The_events_of_a_call_arrive_as_requested(string scheme)
    {
        string to = $"{scheme}{_agent.EbsAddress}";

        string[] pairs = ["CustomerID=1608", "ScreenPopType=SR", "SiteCode=DUB=1"];
        CctRun pop = await Cct.RunAsync(["pop", "--to", to, "--ani", "4155550100", "--dnis", "70002", "--id", "42", .. pairs, "--forms", "IEX"]);
        CctRun established = await Cct.RunAsync("event", "established", "--to", to, "--id", "42");
        CctRun released = await Cct.RunAsync("event", "released", "--to", to, "--id", "42");

        Assert.Equal((0, 0, 0), (pop.ExitCode, established.ExitCode, released.ExitCode));
        Assert.Equal(
            new ScreenPopEvent("42", "4155550100", "70002")
            {
                CustomerId = "1608",
                ScreenPopType = ScreenPopType.ServiceRequest,
                ExtraFields = [new("SiteCode", "DUB=1")],
            },
            await _agent.ExpectAsync<ScreenPopEvent>());
        Assert.Equal("42", (await _agent.ExpectAsync<CallEstablishedEvent>()).SourceId);
        Assert.Equal("42", (await _agent.ExpectAsync<CallReleasedEvent>()).SourceId);
        Assert.Equal($"ScreenPop of call 42 to {_agent.EbsAddress}: Delivered (HTTP 200)\n", pop.Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_pop_without_an_id_gets_a_new_one_that_every_form_accepts()
    {
        CctRun first = await Cct.RunAsync("pop", "--to", _agent.EbsAddress.ToString(), "--ani", "4155550100");
        CctRun second = await Cct.RunAsync("pop", "--to", _agent.EbsAddress.ToString(), "--ani", "4155550100");

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        string[] ids = [(await _agent.ExpectAsync<ScreenPopEvent>()).SourceId, (await _agent.ExpectAsync<ScreenPopEvent>()).SourceId];
        Assert.NotEqual(ids[0], ids[1]);
        Assert.All(ids, id => Assert.InRange(id.Length, 1, 30));
        Assert.Contains(ids[0], first.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pop_on_which_a_named_form_fails_is_not_sent()
    {
        CctRun run = await Cct.RunAsync("pop", "--to", _agent.EbsAddress.ToString(), "--ani", "+1 415", "--dnis", "70002", "--forms", "SR");

        Assert.Equal((1, ""), (run.ExitCode, run.Errors));
        Assert.Contains("CCT106 error: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("NotSent (RefusedByRules)", run.Output, StringComparison.Ordinal);
        Assert.Empty(_ebs.Messages);
    }

    [Theory]
    [InlineData("refuse", "RefusedByRules", null)]
    [InlineData("report", null, "An extra field or the event's name contains a character that XML does not allow (at character 1).")]
    [InlineData("off", null, "An extra field or the event's name contains a character that XML does not allow (at character 1).")]
    public async Task A_pop_that_XML_cannot_hold_is_shown_without_it(string rules, string? reason, string? problem)
    {
        CctRun run = await Cct.RunAsync("pop", "--to", _agent.EbsAddress.ToString(), "--ani", "4155550100", "--rules", rules, "--json", "note=a\u0001b");

        Assert.Equal((1, ""), (run.ExitCode, run.Errors));
        Assert.Equal(rules != "off", Json.Lines(run).Any(line => Json.Text(line, "code") == "CCT102"));
        JsonElement pop = Json.Single(run, "event");
        Assert.Equal(
            ("NotSent", reason, problem, null),
            (Json.Text(pop, "outcome"), Json.Text(pop, "reason"), Json.Text(pop, "problem"), Json.Text(pop, "xml")));
        Assert.Empty(_ebs.Messages);
    }

    [Theory]
    [InlineData("--forms SR --rules report", true)]
    [InlineData("--forms SR --rules off", false)]
    [InlineData("--forms CC,EBC", false)]
    [InlineData("--rules refuse", true)]
    [InlineData("--forms SR --switch-off CCT106", false)]
    public async Task Options_let_a_pop_pass_the_rules(string options, bool isFound)
    {
        CctRun run = await Cct.RunAsync(["pop", "--to", _agent.EbsAddress.ToString(), "--ani", "+1 415 555 0100", .. options.Split(' ')]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(isFound, run.Output.Contains("CCT106", StringComparison.Ordinal));
        Assert.Equal("+1 415 555 0100", (await _agent.ExpectAsync<ScreenPopEvent>()).Ani);
    }

    [Fact]
    public async Task An_event_that_EBS_refuses_is_1()
    {
        _agent.Fault = UwqFault.Status500;

        CctRun run = await Cct.RunAsync("event", "released", "--to", _agent.EbsAddress.ToString(), "--id", "42");

        Assert.Equal((1, ""), (run.ExitCode, run.Errors));
        Assert.Contains("Refused (HTTP 500)", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_without_a_listener_is_1()
    {
        _agent.Fault = UwqFault.Down;

        CctRun run = await Cct.RunAsync("event", "released", "--to", _agent.EbsAddress.ToString(), "--id", "42");

        Assert.Equal((1, ""), (run.ExitCode, run.Errors));
        Assert.Contains("NotSent (Unreachable): no program listens at this address.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_JSON_has_findings_and_the_event()
    {
        CctRun run = await Cct.RunAsync("pop", "--to", _agent.EbsAddress.ToString(), "--ani", "70003", "--id", "42", "--json");

        JsonElement finding = Json.Single(run, "finding");
        Assert.Equal(("CCT126", "warning", "occtANI"), (Json.Text(finding, "code"), Json.Text(finding, "severity"), Json.Text(finding, "key")));
        Assert.NotEmpty(finding.GetProperty("forms").EnumerateArray());
        JsonElement sent = Json.Single(run, "event");
        Assert.Equal(("42", "Delivered", 200), (Json.Text(sent, "call"), Json.Text(sent, "outcome"), Json.Number(sent, "status")));
        Assert.Equal("70003", Assert.IsType<ScreenPopEvent>(CctXmlFormatter.Default.Read(Json.Text(sent, "xml")!).Single()).Ani);
    }
}
