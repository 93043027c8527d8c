using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.Delivery;

/// <summary>What a desktop does with the rules for screen pops.</summary>
public class ScreenPopCheckingTests
{
    /// <summary>An error for Service Request alone.</summary>
    private static readonly ScreenPopEvent Letters = Messages.ScreenPop with { Ani = "1800FLOWERS" };

    /// <summary>Rules that refuse it.</summary>
    private static readonly ScreenPopRuleOptions Strict = new() { Forms = EbsForms.All, CallerNumber = new() { Form = CallerNumberForm.Unchanged } };

    /// <summary>A warning.</summary>
    private static readonly ScreenPopEvent Extension = Messages.ScreenPop with { Ani = "4711" };

    private readonly ScriptedClient _client = new();
    private readonly InMemoryAgentRegistry _registry = new();
    private readonly RecordingObserver _observer = new();

    public ScreenPopCheckingTests() => _ = _registry.RegisterAsync(Messages.Agent, new("127.0.0.1", 8888)).AsTask();

    [Fact]
    public async Task What_a_switch_gives_pops_with_the_default_options()
    {
        string id = Guid.NewGuid().ToString();
        AgentDesktop desktop = new AgentDesktops(_registry, _client)[Messages.Agent];

        Task<CallSession> popping = desktop.ScreenPopAsync(new() { SourceId = id, Ani = "+1 (415) 555-0100", Dnis = "70002" });
        ScriptedClient.Sending sending = await _client.NextAsync();
        sending.Answer(EventDeliveryStatus.Delivered);

        Assert.Equal(new ScreenPopEvent { SourceId = id, Ani = "14155550100", Dnis = "70002" }, sending.Event);
        CallSession call = await popping.Within("the pop");
        Assert.Equal((EventDeliveryStatus.Delivered, id), (call.ScreenPop.Status, call.SourceId));
        Assert.Equal("CCT111 occtSourceID Collections", Assert.Single(call.Findings.Select(finding => $"{finding.Code} {finding.Key} {finding.Forms}")));
    }

    [Theory]
    [InlineData("1800FLOWERS")]
    [InlineData("anonymous")]
    [InlineData("sip:alice@example.com")]
    public async Task A_caller_without_a_telephone_number_pops_with_the_default_options_and_is_reported(string ani)
    {
        CallSession call = await DeliverAsync(new AgentDesktops(_registry, _client)[Messages.Agent], Messages.ScreenPop with { Ani = ani });

        Assert.Equal(EventDeliveryStatus.Delivered, call.ScreenPop.Status);
        Assert.Equal(["CCT128"], call.Findings.Select(finding => finding.Code));
    }

    [Fact]
    public async Task What_endangers_EBS_is_refused_with_the_default_options()
    {
        CallSession call = await new AgentDesktops(_registry, _client)[Messages.Agent]
            .ScreenPopAsync(Messages.ScreenPop with { ExtraFields = [new("Name", "\" PARTY_ID=\"1")] }).Within("the refusal");

        Assert.Equal("NotSent (RefusedByRules)", call.ScreenPop.ToString());
        Assert.Equal(["CCT101"], call.Findings.Select(finding => finding.Code));
    }

    [Fact]
    public async Task A_pop_with_an_error_is_refused_before_anything_is_sent_with_the_findings_as_a_value()
    {
        await using var hub = new ObserverHub(_observer);
        AgentDesktop desktop = Desktop(Strict, hub);

        CallSession call = await desktop.ScreenPopAsync(Letters).Within("the refusal");

        Assert.Equal("NotSent (RefusedByRules)", call.ScreenPop.ToString());
        Assert.Equal("CCT106", Assert.Single(call.Findings).Code);
        Assert.True(_client.HasNothingNew);
        await hub.FlushAsync();
        var observed = Assert.IsType<EventOutcomeObservation>(Assert.Single(_observer.Observations));
        Assert.Equal((call.ScreenPop, 0), (observed.Delivery, observed.Attempts));
        Assert.Equal(call.Findings, observed.Findings);
        using var transcript = new StringWriter();
        new TranscriptWriter(transcript).Observe(observed);
        Assert.Contains("\"findings\":\"CCT106\"", transcript.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_follows_a_refused_pop_is_not_sent()
    {
        CallSession call = await Desktop(Strict).ScreenPopAsync(Letters).Within("the refusal");

        Assert.Equal(NotSentReason.NoScreenPop, (await call.EstablishedAsync()).Reason);
        Assert.Equal(NotSentReason.NoScreenPop, (await call.ReleasedAsync()).Reason);
        Assert.True(_client.HasNothingNew);
    }

    [Fact]
    public async Task A_refused_pop_may_be_mended_and_asked_for_again_under_its_id()
    {
        AgentDesktop desktop = Desktop(Strict);
        _ = await desktop.ScreenPopAsync(Letters).Within("the refusal");

        CallSession call = await DeliverAsync(desktop, Letters with { Ani = "18003569377" });

        Assert.Equal(EventDeliveryStatus.Delivered, call.ScreenPop.Status);
        Assert.Empty(call.Findings);
    }

    [Fact]
    public async Task A_warning_is_reported_and_the_pop_goes_out()
    {
        CallSession call = await DeliverAsync(Desktop(new()), Extension);

        Assert.Equal(EventDeliveryStatus.Delivered, call.ScreenPop.Status);
        Assert.Equal(["CCT126"], call.Findings.Select(finding => finding.Code));
    }

    [Fact]
    public async Task An_error_is_reported_only_where_the_mode_says_so()
    {
        CallSession call = await DeliverAsync(Desktop(Strict with { Mode = ScreenPopRuleMode.Report }), Letters);

        Assert.Equal(EventDeliveryStatus.Delivered, call.ScreenPop.Status);
        Assert.Equal(["CCT106"], call.Findings.Select(finding => finding.Code));
    }

    [Fact]
    public async Task Nothing_is_checked_where_the_mode_is_off() =>
        Assert.Empty((await DeliverAsync(Desktop(Strict with { Mode = ScreenPopRuleMode.Off }), Letters)).Findings);

    [Fact]
    public async Task An_error_for_a_form_that_no_pop_opens_here_is_none() =>
        Assert.Empty((await DeliverAsync(Desktop(Strict with { Forms = EbsForms.ContactCenter }), Letters)).Findings);

    [Fact]
    public async Task A_rule_that_is_switched_off_refuses_nothing() =>
        Assert.Empty((await DeliverAsync(Desktop(Strict with { SwitchedOff = ["CCT106"] }), Letters)).Findings);

    [Fact]
    public async Task The_callers_number_goes_out_as_the_policy_has_it()
    {
        AgentDesktop desktop = Desktop(new() { CallerNumber = new() { Form = CallerNumberForm.Digits } });

        Task<CallSession> popping = desktop.ScreenPopAsync(Messages.ScreenPop with { Ani = "+1 (415) 555-0100" });
        ScriptedClient.Sending sending = await _client.NextAsync();
        sending.Answer(EventDeliveryStatus.Delivered);

        Assert.Equal("14155550100", Assert.IsType<ScreenPopEvent>(sending.Event).Ani);
        Assert.Empty((await popping.Within("the pop")).Findings);
    }

    [Fact]
    public async Task What_XML_cannot_hold_is_refused_by_the_rules()
    {
        AgentDesktop desktop = Desktop(Strict with { Forms = EbsForms.ContactCenter });
        foreach (string ani in new[] { "415\u0001", "\uD83D", "\uFFFF" })
        {
            CallSession call = await desktop.ScreenPopAsync(Messages.ScreenPop with { Ani = ani }).Within("the refusal");

            Assert.Equal("NotSent (RefusedByRules)", call.ScreenPop.ToString());
            Assert.Equal(["CCT102"], call.Findings.Select(finding => finding.Code));
        }

        Assert.Equal(EventDeliveryStatus.Delivered, (await DeliverAsync(desktop, Messages.ScreenPop)).ScreenPop.Status);
    }

    [Fact]
    public async Task What_XML_cannot_hold_goes_with_the_number_that_the_policy_leaves_out()
    {
        AgentDesktop desktop = Desktop(new());

        Task<CallSession> popping = desktop.ScreenPopAsync(Messages.ScreenPop with { Ani = "\u0000" });
        ScriptedClient.Sending sending = await _client.NextAsync();
        sending.Answer(EventDeliveryStatus.Delivered);

        Assert.Null(Assert.IsType<ScreenPopEvent>(sending.Event).Ani);
        Assert.Equal(["CCT128"], (await popping.Within("the pop")).Findings.Select(finding => finding.Code));
    }

    [Fact]
    public async Task What_XML_cannot_hold_and_no_rule_refuses_is_a_mistake()
    {
        ScreenPopEvent pop = Messages.ScreenPop with { Ani = "\u0000" };
        await Assert.ThrowsAsync<ProtocolFormatException>(() => Desktop(Strict with { Mode = ScreenPopRuleMode.Off }).ScreenPopAsync(pop));
        await Assert.ThrowsAsync<ProtocolFormatException>(() => Desktop(Strict with { Mode = ScreenPopRuleMode.Report }).ScreenPopAsync(pop));
        await Assert.ThrowsAsync<ProtocolFormatException>(() => Desktop(Strict with { SwitchedOff = ["CCT102", "CCT106"] }).ScreenPopAsync(pop));
        Assert.True(_client.HasNothingNew);
    }

    [Fact]
    public async Task A_call_without_an_id_is_a_mistake_whatever_the_rules_say()
    {
        AgentDesktop desktop = Desktop(new());
        foreach (ScreenPopEvent pop in new[] { Messages.ScreenPop, Letters })
        {
            ProtocolFormatException exception = await Assert.ThrowsAsync<ProtocolFormatException>(() => desktop.ScreenPopAsync(pop with { SourceId = null! }));
            Assert.Equal((ProtocolErrorKind.MissingField, "occtSourceID"), (exception.Error.Kind, exception.Error.Field));
        }

        Assert.True(_client.HasNothingNew);
    }

    [Fact]
    public async Task A_key_that_has_its_property_and_stands_among_the_extra_ones_is_refused_as_sent_twice()
    {
        CallSession call = await Desktop(new()).ScreenPopAsync(Messages.ScreenPop with { ExtraFields = [new("occtANI", "4155550100")] }).Within("the refusal");
        Assert.Equal(["CCT109"], call.Findings.Select(finding => finding.Code));
    }

    [Theory]
    [InlineData("screenpop")]
    [InlineData("ScreenPop ")]
    [InlineData("\tSCREENPOP\u00A0")]
    [InlineData("callestablished")]
    [InlineData("CallReleased\n")]
    public async Task An_event_of_a_call_does_not_get_past_the_rules_by_its_spelling(string name)
    {
        var pop = new UnknownEvent(name) { ExtraFields = [new("occtSourceID", "42"), new("occtANI", "1800FLOWERS")] };
        ArgumentException exception = await Assert.ThrowsAsync<ArgumentException>(() => Desktop(new()).SendAsync(pop));
        Assert.Equal("cctEvent", exception.ParamName);
        Assert.True(_client.HasNothingNew);
    }

    [Theory]
    [InlineData("ScreenPopped")]
    [InlineData("error")]
    [InlineData("")]
    public async Task Another_event_that_is_not_known_goes_out(string name)
    {
        Task<EventDelivery> sending = Desktop(new()).SendAsync(new UnknownEvent(name));
        await _client.AnswerNextAsync(name);
        Assert.Equal(EventDeliveryStatus.Delivered, (await sending.Within("the event")).Status);
    }

    [Fact]
    public void Options_without_rules_are_a_mistake() => Assert.Throws<ArgumentNullException>(() => new AgentDesktopOptions { ScreenPops = null! });

    private AgentDesktop Desktop(ScreenPopRuleOptions rules, ObserverHub? hub = null) =>
        new AgentDesktops(_registry, _client, new() { ScreenPops = rules }, hub)[Messages.Agent];

    private async Task<CallSession> DeliverAsync(AgentDesktop desktop, ScreenPopEvent pop)
    {
        Task<CallSession> popping = desktop.ScreenPopAsync(pop);
        await _client.AnswerNextAsync("ScreenPop");
        return await popping.Within("the pop");
    }
}
