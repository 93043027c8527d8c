using System;
using System.Linq;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.ScreenPops;

public class ScreenPopOptionsTests
{
    private static readonly ScreenPopEvent Wrong = RuleRow.Pop("occtANI=+14155550100");
    private static readonly ScreenPopEvent Doubtful = RuleRow.Pop("occtANI=7001");

    [Fact]
    public void By_default_errors_are_refused_and_warnings_reported()
    {
        Assert.Equal((ScreenPopRuleMode.Refuse, EbsForms.All, 0, null), (new ScreenPopRuleOptions().Mode, new ScreenPopRuleOptions().Forms, new ScreenPopRuleOptions().SwitchedOff.Count, new ScreenPopRuleOptions().CallerNumber));

        ScreenPopCheck wrong = ScreenPopRules.Prepare(Wrong);
        ScreenPopCheck doubtful = ScreenPopRules.Prepare(Doubtful);
        ScreenPopCheck good = ScreenPopRules.Prepare(Messages.ScreenPop);

        Assert.Equal((true, "CCT106"), (wrong.IsRefused, Assert.Single(wrong.Findings).Code));
        Assert.Equal((false, "CCT126"), (doubtful.IsRefused, Assert.Single(doubtful.Findings).Code));
        Assert.False(good.IsRefused);
        Assert.Empty(good.Findings);
        Assert.Same(Messages.ScreenPop, good.ScreenPop);
    }

    [Fact]
    public void Reporting_refuses_nothing()
    {
        ScreenPopCheck check = ScreenPopRules.Prepare(Wrong, new() { Mode = ScreenPopRuleMode.Report });
        Assert.Equal((false, "CCT106"), (check.IsRefused, Assert.Single(check.Findings).Code));
    }

    [Fact]
    public void Off_is_off()
    {
        ScreenPopCheck check = ScreenPopRules.Prepare(Wrong, new() { Mode = ScreenPopRuleMode.Off });
        Assert.False(check.IsRefused);
        Assert.Empty(check.Findings);
        Assert.Same(Wrong, check.ScreenPop);
    }

    [Fact]
    public void Only_the_named_forms_count() => Assert.Empty(ScreenPopRules.Prepare(Wrong, new() { Forms = EbsForms.ContactCenter }).Findings);

    [Fact]
    public void Each_rule_can_be_switched_off()
    {
        foreach (RuleRow row in RuleRow.All)
        {
            var options = new ScreenPopRuleOptions { Forms = row.FiresIn, SwitchedOff = [row.Code] };
            Assert.Equal(
                ScreenPopRules.Check(row.FiringPop, row.FiresIn).Where(finding => finding.Code != row.Code), ScreenPopRules.Prepare(row.FiringPop, options).Findings);
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
        Assert.Equal(anonymous with { Ani = null }, ScreenPopRules.Prepare(anonymous, new() { CallerNumber = new() }).ScreenPop);

        var fails = new ScreenPopRuleOptions { CallerNumber = new() { Withheld = WithheldCaller.Fail } };
        ScreenPopCheck refused = ScreenPopRules.Prepare(anonymous, fails);
        Assert.Equal((true, "CCT112", "occtANI"), (refused.IsRefused, Assert.Single(refused.Findings).Code, refused.Findings[0].Key));
        Assert.False(ScreenPopRules.Prepare(anonymous, fails with { Mode = ScreenPopRuleMode.Report }).IsRefused);
        Assert.Empty(ScreenPopRules.Prepare(anonymous, fails with { SwitchedOff = ["CCT112"] }).Findings);
        Assert.Empty(ScreenPopRules.Prepare(Messages.ScreenPop, fails).Findings);
    }

    [Fact]
    public void A_pop_without_an_id_is_prepared_too() => Assert.Null(ScreenPopRules.Prepare(Wrong with { SourceId = null! }, new() { CallerNumber = new() }).ScreenPop.SourceId);

    [Fact]
    public void A_policy_that_cannot_work_is_no_option() =>
        Assert.Throws<ArgumentException>(() => new ScreenPopRuleOptions { CallerNumber = new() { Form = CallerNumberForm.National } });

    [Fact]
    public void The_text_of_a_check_shows_findings_and_no_caller()
    {
        string text = ScreenPopRules.Prepare(Wrong).ToString();
        Assert.StartsWith("Refused\nCCT106 error: ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("555", text, StringComparison.Ordinal);
        Assert.Equal("Accepted", ScreenPopRules.Prepare(Messages.ScreenPop).ToString());
    }
}
