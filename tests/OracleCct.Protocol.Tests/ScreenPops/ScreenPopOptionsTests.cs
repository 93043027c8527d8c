using System;
using System.Linq;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.ScreenPops;

public class ScreenPopOptionsTests
{
    /// <summary>An error for Service Request, even with a policy of digits.</summary>
    private static readonly ScreenPopEvent Wrong = RuleRow.Pop("occtANI=+14155550100");
    private static readonly ScreenPopEvent Doubtful = RuleRow.Pop("occtANI=7001");
    private static readonly CallerNumberPolicy Unchanged = new() { Form = CallerNumberForm.Unchanged };

    [Fact]
    public void By_default_no_forms_are_named_and_numbers_become_digits()
    {
        var options = new ScreenPopRuleOptions();
        Assert.Equal(
            (ScreenPopRuleMode.Refuse, null, 0, new CallerNumberPolicy()), (options.Mode, options.Forms, options.SwitchedOff.Count, options.CallerNumber));

        ScreenPopCheck good = ScreenPopRules.Prepare(Messages.ScreenPop);
        Assert.False(good.IsRefused);
        Assert.Empty(good.Findings);
        Assert.Same(Messages.ScreenPop, good.ScreenPop);
        Assert.Equal("14155550100", ScreenPopRules.Prepare(Wrong).ScreenPop.Ani);
    }

    [Fact]
    public void Where_forms_are_named_errors_are_refused_and_warnings_reported()
    {
        var options = new ScreenPopRuleOptions { Forms = EbsForms.All, CallerNumber = Unchanged };
        ScreenPopCheck wrong = ScreenPopRules.Prepare(Wrong, options);
        ScreenPopCheck doubtful = ScreenPopRules.Prepare(Doubtful, options);

        Assert.Equal((true, "CCT106"), (wrong.IsRefused, Assert.Single(wrong.Findings).Code));
        Assert.Equal((false, "CCT126"), (doubtful.IsRefused, Assert.Single(doubtful.Findings).Code));
    }

    [Theory]
    [InlineData("CCT101", true, "language=\\q")]
    [InlineData("CCT102", true, "language=E\\tN")]
    [InlineData("CCT103", true, "Site Code=1")]
    [InlineData("CCT104", true, "CUST_PARTY_ID=1")]
    [InlineData("CCT105", true, "occtAgentID=7001")]
    [InlineData("CCT106", false, "occtANI=+14155550100")]
    [InlineData("CCT106", false, "occtANI=1800FLOWERS")]
    [InlineData("CCT107", true, "PhoneNumber=1 or 1")]
    [InlineData("CCT108", false, "PARTY_ID=A1")]
    [InlineData("CCT108", false, "CustomerNum=C-1")]
    [InlineData("CCT109", true, "SiteCode=1;SiteCode=2")]
    [InlineData("CCT109", false, "SiteCode=1;sitecode=2")]
    [InlineData("CCT110", true, "occtSourceID=")]
    [InlineData("CCT110", true, "occtSourceID= ")]
    [InlineData("CCT110", false, "OCCTSOURCEID=")]
    [InlineData("CCT110", false, "occtANI=")]
    [InlineData("CCT110", false, "CustomerNum=")]
    [InlineData("CCT111", false, "occtSourceID=7b1d1f6e-0c39-4a5c-9a53-0d3b1c0c1f0e")]
    [InlineData("CCT111", false, "CustomerNum=777777777777777777777777777777777777777777777777777")]
    [InlineData("CCT111", true, "occtClassification=77777777777777777777777777777777777777777777777777777777777777777")]
    [InlineData("CCT121", false, "occtAni=4155550100")]
    [InlineData("CCT122", false, "CustomerNum=1;AccountCode=2")]
    public void Where_no_forms_are_named_only_what_fails_everywhere_is_refused(string code, bool isRefused, string pop)
    {
        var options = new ScreenPopRuleOptions
        {
            SwitchedOff = [.. ScreenPopRules.All.Select(rule => rule.Code).Where(one => one != code)],
            CallerNumber = Unchanged
        };

        ScreenPopCheck check = ScreenPopRules.Prepare(RuleRow.Pop(pop), options);

        Assert.Equal((isRefused, code, isRefused), (check.IsRefused, Assert.Single(check.Findings).Code, check.Findings[0].IsUniversal));
        Assert.Equal(
            check.Findings[0].Severity == ScreenPopSeverity.Error, ScreenPopRules.Prepare(RuleRow.Pop(pop), options with { Forms = EbsForms.All }).IsRefused);
        Assert.False(ScreenPopRules.Prepare(RuleRow.Pop(pop), options with { Mode = ScreenPopRuleMode.Report }).IsRefused);
    }

    /// <summary>What is universal does not depend on the forms that are asked for.</summary>
    [Fact]
    public void What_fails_everywhere_is_found_in_each_form()
    {
        foreach (ScreenPopEvent pop in RuleRow.All.Select(row => row.FiringPop))
        {
            string[] universal = [.. ScreenPopRules.Check(pop).Where(finding => finding.IsUniversal).Select(finding => finding.Code)];
            foreach (EbsForms form in new[] { EbsForms.ContactCenter, EbsForms.ServiceRequest, EbsForms.EBusinessCenter, EbsForms.Collections })
            {
                Assert.Equal(universal, ScreenPopRules.Check(pop, form).Where(finding => finding.IsUniversal).Select(finding => finding.Code));
            }
        }
    }

    [Fact]
    public void Reporting_refuses_nothing()
    {
        ScreenPopCheck check = ScreenPopRules.Prepare(Wrong, new() { Forms = EbsForms.All, Mode = ScreenPopRuleMode.Report, CallerNumber = Unchanged });
        Assert.Equal((false, "CCT106"), (check.IsRefused, Assert.Single(check.Findings).Code));
    }

    [Fact]
    public void Off_is_off()
    {
        ScreenPopCheck check = ScreenPopRules.Prepare(Wrong, new() { Mode = ScreenPopRuleMode.Off, CallerNumber = Unchanged });
        Assert.False(check.IsRefused);
        Assert.Empty(check.Findings);
        Assert.Same(Wrong, check.ScreenPop);
    }

    [Fact]
    public void Only_the_named_forms_count() =>
        Assert.Empty(ScreenPopRules.Prepare(Wrong, new() { Forms = EbsForms.ContactCenter, CallerNumber = Unchanged }).Findings);

    [Fact]
    public void Each_rule_can_be_switched_off()
    {
        foreach (RuleRow row in RuleRow.All)
        {
            var options = new ScreenPopRuleOptions { Forms = row.FiresIn, SwitchedOff = [row.Code], CallerNumber = Unchanged };
            Assert.Equal(
                ScreenPopRules.Check(row.FiringPop, row.FiresIn).Where(finding => finding.Code != row.Code),
                ScreenPopRules.Prepare(row.FiringPop, options).Findings);
        }
    }

    [Fact]
    public void What_is_switched_off_is_a_set()
    {
        var options = new ScreenPopRuleOptions { SwitchedOff = ["CCT126", "CCT106", "CCT126"] };
        Assert.Equal(["CCT106", "CCT126"], options.SwitchedOff);
        Assert.Equal(options, new ScreenPopRuleOptions { SwitchedOff = ["CCT106", "CCT126"] });
        Assert.Equal(options.GetHashCode(), new ScreenPopRuleOptions { SwitchedOff = ["CCT106", "CCT126"] }.GetHashCode());
        Assert.NotEqual(options, new ScreenPopRuleOptions());
        Assert.Throws<ArgumentException>(() => new ScreenPopRuleOptions { SwitchedOff = ["CCT999"] });
        Assert.Throws<ArgumentException>(() => new ScreenPopRuleOptions { SwitchedOff = ["cct106"] });
        Assert.Throws<ArgumentException>(() => new ScreenPopRuleOptions { SwitchedOff = [null!] });
        Assert.Throws<ArgumentNullException>(() => new ScreenPopRuleOptions { SwitchedOff = null! });
    }

    [Fact]
    public void The_callers_number_is_rewritten_before_it_is_checked()
    {
        ScreenPopCheck check = ScreenPopRules.Prepare(Wrong, new() { CallerNumber = new() });
        Assert.Empty(check.Findings);
        Assert.Equal(Wrong with { Ani = "14155550100" }, check.ScreenPop);
    }

    [Fact]
    public void A_caller_without_a_number_is_as_the_policy_says()
    {
        ScreenPopEvent anonymous = RuleRow.Pop("occtANI=anonymous");
        ScreenPopCheck leftOut = ScreenPopRules.Prepare(anonymous);
        Assert.Equal(
            (anonymous with { Ani = null }, false, "CCT128", "occtANI"),
            (leftOut.ScreenPop, leftOut.IsRefused, Assert.Single(leftOut.Findings).Code, leftOut.Findings[0].Key));
        Assert.Empty(ScreenPopRules.Prepare(anonymous, new() { SwitchedOff = ["CCT128"] }).Findings);
        Assert.Empty(
            ScreenPopRules.Prepare(anonymous, new() { CallerNumber = new() { Withheld = WithheldCaller.FixedNumber, FixedNumber = "0000000" } }).Findings);

        var fails = new ScreenPopRuleOptions { CallerNumber = new() { Withheld = WithheldCaller.Fail } };
        ScreenPopCheck refused = ScreenPopRules.Prepare(anonymous, fails);
        Assert.Equal((true, "CCT112", "occtANI"), (refused.IsRefused, Assert.Single(refused.Findings).Code, refused.Findings[0].Key));
        Assert.False(ScreenPopRules.Prepare(anonymous, fails with { Mode = ScreenPopRuleMode.Report }).IsRefused);
        Assert.Empty(ScreenPopRules.Prepare(anonymous, fails with { SwitchedOff = ["CCT112"] }).Findings);
        Assert.Empty(ScreenPopRules.Prepare(Messages.ScreenPop, fails).Findings);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void A_caller_who_withholds_the_number_is_no_finding(string? ani)
    {
        ScreenPopCheck check = ScreenPopRules.Prepare(Messages.ScreenPop with { Ani = ani });
        Assert.Equal((Messages.ScreenPop with { Ani = null }, 0), (check.ScreenPop, check.Findings.Count));
    }

    [Fact]
    public void A_number_that_stays_unchanged_stays_as_it_is()
    {
        foreach (string? ani in new[] { null, "", "anonymous", "+1 (415) 555-0100" })
        {
            ScreenPopEvent pop = Messages.ScreenPop with { Ani = ani };
            Assert.Same(pop, ScreenPopRules.Prepare(pop, new() { CallerNumber = Unchanged with { Withheld = WithheldCaller.Fail } }).ScreenPop);
        }
    }

    [Fact]
    public void The_constructor_sets_each_property_and_null_keeps_the_default()
    {
        var options = new ScreenPopRuleOptions(EbsForms.Collections, ScreenPopRuleMode.Report, ["CCT126"], Unchanged);
        Assert.Equal(
            new ScreenPopRuleOptions { Forms = EbsForms.Collections, Mode = ScreenPopRuleMode.Report, SwitchedOff = ["CCT126"], CallerNumber = Unchanged },
            options);
        Assert.Equal(new ScreenPopRuleOptions(), new ScreenPopRuleOptions(mode: null));
        Assert.Throws<ArgumentNullException>(() => new ScreenPopRuleOptions { CallerNumber = null! });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScreenPopRuleOptions { Mode = (ScreenPopRuleMode)3 });
    }

    [Fact]
    public void A_pop_without_an_id_is_prepared_too() =>
        Assert.Null(ScreenPopRules.Prepare(Wrong with { SourceId = null! }, new() { CallerNumber = new() }).ScreenPop.SourceId);

    [Fact]
    public void A_policy_that_cannot_work_is_no_option() =>
        Assert.Throws<ArgumentException>(() => new ScreenPopRuleOptions { CallerNumber = new() { Form = CallerNumberForm.National } });

    [Fact]
    public void The_text_of_a_check_shows_findings_and_no_caller()
    {
        string text = ScreenPopRules.Prepare(Wrong, new() { Forms = EbsForms.All, CallerNumber = Unchanged }).ToString();
        Assert.StartsWith("Refused\nCCT106 error: ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("555", text, StringComparison.Ordinal);
        Assert.Equal("Accepted", ScreenPopRules.Prepare(Messages.ScreenPop).ToString());
    }
}
