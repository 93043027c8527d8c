using System;
using System.Collections.Generic;
using System.Linq;
using OracleCct.Protocol.Tests.Golden;
using OracleCct.Protocol.Tests.Support;
using OracleCct.Protocol.Tests.Wire;
using Xunit;

namespace OracleCct.Protocol.Tests.ScreenPops;

public class ScreenPopRulesTests
{
    private const EbsForms ContactCenter = EbsForms.ContactCenter;
    private const EbsForms ServiceRequest = EbsForms.ServiceRequest;
    private const EbsForms EBusinessCenter = EbsForms.EBusinessCenter;
    private const EbsForms Collections = EbsForms.Collections;

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, RuleRow.All.Count)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_rule_fires_on_its_row_and_not_on_the_near_miss(int number)
    {
        RuleRow row = RuleRow.All[number];

        ScreenPopFinding? finding = ScreenPopRules.Check(row.FiringPop, row.FiresIn).FirstOrDefault(one => one.Code == row.Code);
        Assert.True(finding is not null, $"It does not fire: {row}");
        Assert.Equal(row.Key, finding.Key);
        Assert.NotEqual(EbsForms.None, finding.Forms);
        Assert.Equal(EbsForms.None, finding.Forms & ~row.FiresIn);

        Assert.DoesNotContain(ScreenPopRules.Check(row.NearMissPop, row.NearMissIn), one => one.Code == row.Code);
    }

    [Fact]
    public void Every_rule_has_its_rows_and_none_is_missing()
    {
        string[] codes =
        [
            "CCT101", "CCT102", "CCT103", "CCT104", "CCT105", "CCT106", "CCT107", "CCT108", "CCT109", "CCT110", "CCT111", "CCT112", "CCT121", "CCT122",
            "CCT123", "CCT124", "CCT125", "CCT126", "CCT127",
            "CCT128",
        ];
        Assert.Equal(codes, ScreenPopRules.All.Select(rule => rule.Code));
        // these are the policy's: see ScreenPopOptionsTests
        Assert.Equal(codes.Where(code => code is not ("CCT112" or "CCT128")), RuleRow.All.Select(row => row.Code).Distinct());
        Assert.All(ScreenPopRules.All, rule => Assert.Equal(rule.Code[4] < '2' ? ScreenPopSeverity.Error : ScreenPopSeverity.Warning, rule.Severity));
    }

    [Fact]
    public void A_plain_pop_has_no_findings()
    {
        Assert.Empty(ScreenPopRules.Check(Messages.ScreenPop));
        Assert.Empty(ScreenPopRules.Check(Messages.ScreenPop with { Ani = null, Dnis = null }));
        Assert.Empty(ScreenPopRules.Check(Messages.ScreenPop with { ExtraFields = [new(ScreenPopKeys.AccountCode, "5005"), new("SiteCode", "DUB")] }));
    }

    [Fact]
    public void The_published_example_is_not_what_EBS_understands() => Assert.Equal(
        ["CCT122", "CCT123"], ScreenPopRules.Check((ScreenPopEvent)GoldenFile.PublishedEvents["screen-pop"]).Select(finding => finding.Code));

    [Theory]
    [InlineData(EbsForms.None)]
    [InlineData((EbsForms)16)]
    [InlineData(EbsForms.All | (EbsForms)16)]
    [InlineData((EbsForms)(-1))]
    public void A_check_without_a_form_is_a_mistake(EbsForms forms)
    {
        Assert.Throws<ArgumentOutOfRangeException>(nameof(forms), () => ScreenPopRules.Check(Messages.ScreenPop, forms));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScreenPopRuleOptions { Forms = forms });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScreenPopRuleOptions(forms: forms));
    }

    [Theory]
    [InlineData("occtANI=+1", ServiceRequest, "CCT106")]
    [InlineData("CustomerNum=x", Collections, "CCT108")]
    [InlineData("OrderNum=x", EBusinessCenter, "CCT108")]
    [InlineData("PARTY_ID=x", ContactCenter | EBusinessCenter | Collections, "CCT108")]
    [InlineData("occtSourceID=1234567890123456789012345678901", Collections, "CCT111")]
    [InlineData("occtANI=1234567890123456789012345678901", Collections, "CCT111")]
    [InlineData("ContactNum=", ContactCenter | EBusinessCenter | Collections, "CCT110")]
    public void A_finding_names_the_forms_that_it_concerns(string pop, EbsForms forms, string code)
    {
        Assert.Equal(forms, ScreenPopRules.Check(RuleRow.Pop(pop)).Single(finding => finding.Code == code).Forms);
        Assert.DoesNotContain(ScreenPopRules.Check(RuleRow.Pop(pop), EbsForms.All & ~forms), finding => finding.Code == code);
    }

    [Fact]
    public void Several_business_keys_are_reported_with_what_each_form_makes_of_them()
    {
        ScreenPopFinding finding = Assert.Single(
            ScreenPopRules.Check(RuleRow.Pop("AccountCode=5005;CustomerNum=6006"), ContactCenter | ServiceRequest | EBusinessCenter));

        Assert.Equal(("CCT122", ScreenPopSeverity.Warning, null), (finding.Code, finding.Severity, finding.Key));
        Assert.Equal(
            "CCT122 warning: AccountCode and CustomerNum are sent together. Each form uses one of them: Contact Center uses CustomerNum, Service Request uses "
            + "CustomerNum and eBusiness Center uses AccountCode. Send only the key that you mean.",
            finding.ToString());
    }

    [Theory]
    [InlineData("occtAni", "occtANI")]
    [InlineData("OCCTSOURCEID", "occtSourceID")]
    [InlineData("CAMPAIGN_SCHEDULE_NAME", "COMPAIGN_SCHEDULE_NAME")]
    [InlineData("AccountNumber", "AccountCode")] // what it is close to is read by no form
    [InlineData("party-id", "PARTY_ID")]
    [InlineData("SerialNumber", "SerialNum")]
    [InlineData("PhoneNum", "PhoneNumber")]
    public void A_near_name_is_told_what_was_probably_meant(string name, string meant) => Assert.Contains(
        $"If you mean {meant}, ", Assert.Single(ScreenPopRules.Check(RuleRow.Pop(name + "=1"), ContactCenter), finding => finding.Code == "CCT121").Advice);

    [Theory]
    [InlineData(
        "accountcode", EbsForms.All, "Contact Center and Service Request ignore it, because its case differs; eBusiness Center and Collections read it.")]
    [InlineData("accountcode", ContactCenter | ServiceRequest, "Contact Center and Service Request ignore it, because its case differs.")]
    [InlineData("accountcode", EBusinessCenter, "eBusiness Center reads it in any case; other forms may ignore it.")]
    [InlineData("customernum", EBusinessCenter | Collections, "eBusiness Center ignores it, because its case differs; Collections reads it.")]
    [InlineData("OrderNUM", Collections, "None of the checked forms reads this key; other readers may be case-sensitive (inferred).")]
    [InlineData("LANGUAGE", EbsForms.All, "None of the checked forms reads this key; other readers may be case-sensitive (inferred).")]
    [InlineData("Account-Code", Collections, "EBS ignores names that it does not know.")]
    public void What_becomes_of_a_near_name_is_said_of_the_forms_in_question(string name, EbsForms forms, string effect) =>
        Assert.Equal(effect, Assert.Single(ScreenPopRules.Check(RuleRow.Pop(name + "=1"), forms), finding => finding.Code == "CCT121").Effect);

    [Theory]
    [InlineData("a1=1;a1=2", EbsForms.All, EbsForms.All, "a1 is sent more than once.")]
    [InlineData(
        "PARTY_ID=1;party_id=2", EbsForms.All, EBusinessCenter | Collections,
        "party_id is sent more than once, in a different case, which eBusiness Center and Collections ignore.")]
    [InlineData(
        "CustomerNum=1;customernum=2", EbsForms.All, Collections, "customernum is sent more than once, in a different case, which Collections ignores.")]
    public void What_is_sent_twice_is_said_of_the_forms_that_take_it_so(string pop, EbsForms forms, EbsForms concerned, string problem)
    {
        ScreenPopFinding finding = Assert.Single(ScreenPopRules.Check(RuleRow.Pop(pop), forms), one => one.Code == "CCT109");
        Assert.Equal((concerned, problem), (finding.Forms, finding.Problem));
    }

    [Theory]
    [InlineData("PARTY_ID=x", ContactCenter | Collections, "Contact Center and Collections convert it to a number, so the pop fails there.")]
    [InlineData("PARTY_ID=x", ContactCenter, "Contact Center converts it to a number, so the pop fails there.")]
    public void A_sentence_may_have_one_form_or_several(string pop, EbsForms forms, string effect) =>
        Assert.Equal(effect, Assert.Single(ScreenPopRules.Check(RuleRow.Pop(pop), forms)).Effect);

    [Fact]
    public void A_value_too_long_for_several_forms_is_said_of_all_of_them()
    {
        ScreenPopFinding finding = Assert.Single(ScreenPopRules.Check(RuleRow.Pop("PhoneNumber=" + new string('7', 51)), ContactCenter | ServiceRequest));
        Assert.Equal(
            "PhoneNumber is longer than 40 bytes. It is too long for Contact Center and Service Request, so the pop fails there.",
            finding.Problem + " " + finding.Effect);
    }

    [Fact]
    public void A_pop_too_long_says_how_many_of_its_pairs_fit()
    {
        string Problem(string pop) => Assert.Single(ScreenPopRules.Check(RuleRow.Pop(pop), Collections), finding => finding.Code == "CCT125").Problem;

        Assert.Equal(
            "The pairs, written as name=\"value\", are longer than 500 characters: only the first 3 of 4 fit.",
            Problem("SiteCode=" + new string('\u00E9', 450)));
        Assert.Equal("The pairs, written as name=\"value\", are longer than 500 characters: only the first fits.", Problem("occtANI=" + new string('7', 500)));
    }

    [Fact]
    public void A_pop_whose_first_pair_is_too_long_says_that_none_fits() => Assert.EndsWith(
        "are longer than 500 characters: not even the first fits.",
        Assert.Single(ScreenPopRules.Check(RuleRow.Pop("occtSourceID=" + new string('7', 500)), Collections), finding => finding.Code == "CCT125").Problem,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("CustomerNum=", EbsForms.All, "An empty key can take precedence over the others, and then the form finds no customer.")]
    [InlineData("occtANI=", EbsForms.All, "An empty key has no effect.")]
    [InlineData("occtDNIS=", EbsForms.All, "An empty key has no effect.")]
    [InlineData("occtScreenPopAction=", EbsForms.All, "An empty key has no effect.")]
    [InlineData("PromotionCode=", EbsForms.All, "An empty key has no effect.")]
    [InlineData("occtSourceID=", EbsForms.All, "EBS cannot distinguish the call from others.")]
    public void An_empty_key_is_said_to_win_only_where_it_can(string pop, EbsForms forms, string effect) =>
        Assert.Equal(effect, Assert.Single(ScreenPopRules.Check(RuleRow.Pop(pop), forms), finding => finding.Code == "CCT110").Effect);

    [Theory]
    [InlineData("occtANI=7001", "occtANI looks like an extension: it has at most 6 digits.")]
    [InlineData("occtANI=A7001;occtDNIS=A7001", "occtANI looks like an extension: it has at most 6 characters and equals occtDNIS.")]
    public void What_looks_like_an_extension_is_told_why(string pop, string problem) =>
        Assert.Equal(problem, Assert.Single(ScreenPopRules.Check(RuleRow.Pop(pop)), finding => finding.Code == "CCT126").Problem);

    [Fact]
    public void No_known_key_is_close_to_another() => Assert.All(
        ScreenPopKeys.All, key => Assert.DoesNotContain(ScreenPopRules.Check(RuleRow.Pop(key.Name + "=1")), finding => finding.Code == "CCT121"));

    [Fact]
    public void Findings_come_by_code_and_then_in_the_order_of_the_wire() => Assert.Equal(
        ["CCT101 language", "CCT101 SiteCode", "CCT108 AccountCode", "CCT123 AccountNum"],
        ScreenPopRules.Check(RuleRow.Pop("AccountNum=1;language=\\q;SiteCode=\\q;AccountCode=x"))
            .Concat(ScreenPopRules.Check(RuleRow.Pop("AccountNum=1"))).Select(finding => finding.Code + " " + finding.Key));

    [Fact]
    public void Every_finding_says_what_is_wrong_what_EBS_does_and_what_to_do()
    {
        foreach (ScreenPopFinding finding in RuleRow.All.SelectMany(row => ScreenPopRules.Check(row.FiringPop, row.FiresIn)))
        {
            Assert.All(new[] { finding.Problem, finding.Effect, finding.Advice }, sentence => Assert.Matches(@"^\S.*\S\.$", sentence));
            Assert.StartsWith(finding.Code + " ", finding.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_list_of_findings_cannot_be_changed_and_equals_another_of_the_same()
    {
        IReadOnlyList<ScreenPopFinding> findings = ScreenPopRules.Check(RuleRow.Pop("occtANI=x"));
        Assert.False(findings is ScreenPopFinding[] or IList<ScreenPopFinding>);
        Assert.True(findings.Equals(ScreenPopRules.Check(RuleRow.Pop("occtANI=y"))));
        Assert.False(findings.Equals(ScreenPopRules.Check(RuleRow.Pop("occtANI=1"))));
    }

    [Fact]
    public void A_pop_of_many_pairs_is_checked_in_time()
    {
        ScreenPopEvent pop = Messages.ScreenPop with
        {
            ExtraFields = WireFields.Create(
                Enumerable.Range(0, 20_000).Select(
                    i => new WireField("AccountCodx" + (i % 3 == 0 ? "" : i.ToString(System.Globalization.CultureInfo.InvariantCulture)), "\""))),
        };
        var clock = System.Diagnostics.Stopwatch.StartNew();

        Assert.True(ScreenPopRules.Check(pop).Count > 20_000);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Null_is_a_mistake()
    {
        Assert.Throws<ArgumentNullException>(() => ScreenPopRules.Check(null!));
        Assert.Throws<ArgumentNullException>(() => ScreenPopRules.Prepare(null!));
        Assert.Throws<ArgumentNullException>(() => ScreenPopKeys.Find(null!));
        Assert.Throws<ArgumentNullException>(() => ScreenPopPrecedence.Of(ContactCenter).FieldUsed(null!));
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    public void Another_culture_finds_the_same(string culture) => Assert.All(RuleRow.All, row => Assert.Equal(
        ScreenPopRules.Check(row.FiringPop), Law.InCulture(culture, () => ScreenPopRules.Check(row.FiringPop))));
}
