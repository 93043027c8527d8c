using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using OracleCct.Protocol.Tests.Events;
using OracleCct.Protocol.Tests.Wire;
using Xunit;

namespace OracleCct.Protocol.Tests.ScreenPops;

/// <summary>What holds for every screen pop.</summary>
[Collection(Law.Collection)]
public class ScreenPopLaws
{
    private static readonly EbsForms[] Forms = [EbsForms.ContactCenter, EbsForms.ServiceRequest, EbsForms.EBusinessCenter, EbsForms.Collections];

    /// <summary>Mostly harmless values, so that some pops pass; each kind of harm often enough that it would be seen.</summary>
    private static readonly Gen<string> Values = Gen.Frequency(
        (30, Gen.Choose(1, 99_999_999).Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture))),
        (2, Gen.Choose(24, 130).Select(length => new string('7', length))),
        (1, Gen.Constant(new string('x', 1997))),
        (1,
            Gen.Elements(
                "a\"b", "\" PARTY_ID=\"1", "+1555", "1 2", "A1", "", " ", "a\tb", "\u0661", "a\u0085b", "a\u0001", "\uD83D", "\uFFFE", "1' or '1", "1.5")),
        (1, HostileText.ForXml));

    private static readonly Gen<string> Names = Gen.Frequency(
        (12, Gen.Elements(ScreenPopKeys.All.Select(key => key.Name).ToArray())),
        (4, Gen.Elements("SiteCode", "Queue", "Skill", "Lang_2", "\u00DCber")),
        (1, Gen.Elements("party_id", "OCCTANI", "eventcode", "a b", "", "a=b", "a\"b", "accountcode", "XFR_PARTY_ID")));

    private static readonly Arbitrary<ScreenPopEvent> Pops = Arb.From(
        from ani in Values
        from dnis in Values
        from id in Values
        from count in Gen.Choose(0, 4)
        from names in Names.ArrayOf(count)
        from values in Values.ArrayOf(count)
        select new ScreenPopEvent
        {
            SourceId = id,
            Ani = ani,
            Dnis = dnis,
            ExtraFields = WireFields.Create(names.Zip(values, (name, value) => new WireField(name, value)))
        },
        Shrink);

    [Fact]
    public void What_passes_without_errors_for_a_form_arrives_in_it_as_it_was_sent()
    {
        int passed = 0;
        Law.Holds(Pops, Show, pop =>
        {
            foreach (EbsForms form in Forms)
            {
                if (ScreenPopRules.Check(pop, form).All(finding => finding.Severity == ScreenPopSeverity.Warning))
                {
                    passed++;
                    Assert.Null(EbsModel.Complaint(PairsOf(pop), form));
                    _ = CctXmlFormatter.Default.WriteToArray(
                        new UnknownEvent("pop") { ExtraFields = WireFields.Create(PairsOf(pop).Select(pair => new WireField(pair.Name, pair.Value))) });
                }
            }
        }, 3000);
        Assert.True(passed > 300, $"Only {passed} passed: the law says little.");
    }

    [Fact]
    public void The_model_refutes_unchecked_pops_within_a_few_runs()
    {
        int[] runs = Enumerable.Range(0, 20)
            .Select(_ => 1 + Pops.Generator.Sample(80).ToList().FindIndex(pop => Forms.Any(form => EbsModel.Complaint(PairsOf(pop), form) is not null)))
            .OrderBy(count => count)
            .ToArray();
        Assert.InRange(runs[0], 1, 80);
        Assert.InRange(runs[10], 1, 5);
    }

    [Theory]
    [InlineData("SiteCode=a\\qb", "the parameters were torn apart")]
    [InlineData("Site Code=1", "the parameters were torn apart")]
    [InlineData("SiteCode=a\\tb", "the parameters were torn apart")]
    [InlineData("occtSourceID=1234567890123456789012345678901", "a variable of the form overflows")]
    [InlineData("customernum=C1", "a value is no number")]
    [InlineData("occtANI=+1", "a value is no number")]
    [InlineData("PhoneNumber=1 or 1", "SQL is torn apart")]
    [InlineData("SiteCode=1;sitecode=2", "a parameter came twice")]
    [InlineData("SiteCode=1", null)]
    public void The_model_knows(string pop, string? complaint) => Assert.Equal(
        complaint, Forms.Select(form => EbsModel.Complaint(PairsOf(RuleRow.Pop(pop)), form)).FirstOrDefault(one => one is not null));

    [Theory]
    [InlineData("PARTY_ID=1;party_id=1", EbsForms.EBusinessCenter, "a parameter came twice")]
    [InlineData("CustomerNum=1;customernum=1", EbsForms.EBusinessCenter, null)]
    [InlineData("PARTY_ID=1;party_id=1", EbsForms.ContactCenter, null)]
    [InlineData("party_id=x", EbsForms.EBusinessCenter, "a value is no number")]
    [InlineData("party_id=x", EbsForms.ContactCenter, null)]
    public void The_model_knows_where_case_counts(string pop, EbsForms form, string? complaint) =>
        Assert.Equal(complaint, EbsModel.Complaint(PairsOf(RuleRow.Pop(pop)), form));

    /// <summary>So a limit that either of them lacks fails here.</summary>
    [Fact]
    public void The_model_and_the_catalogue_know_the_same_limits_and_numbers() => Assert.All(ScreenPopKeys.All, key => Assert.All(Forms, form =>
    {
        string? Complaint(string value) => EbsModel.Complaint([(key.Name, value)], form);
        bool isNumber = (key.NumberIn & form) != 0;
        Assert.Equal(isNumber ? "a value is no number" : key.Name == "PhoneNumber"
            && form == EbsForms.ServiceRequest ? "SQL is torn apart" : null, Complaint("x"));
        if (key.MaxLengthIn(form) is { } limit)
        {
            Assert.Null(Complaint(new string('7', limit)));
            Assert.Equal("a variable of the form overflows", Complaint(new string('7', limit + 1)));
        }
        else
        {
            Assert.Null(Complaint(new string('7', isNumber ? 38 : 1996)));
        }
    }));

    [Fact]
    public void What_passes_for_all_forms_passes_for_each() => Law.Holds(Pops, Show, pop =>
    {
        var all = ScreenPopRules.Check(pop).Where(finding => finding.Severity == ScreenPopSeverity.Error).ToList();
        if (all.Count == 0)
        {
            Assert.All(Forms, form => Assert.DoesNotContain(ScreenPopRules.Check(pop, form), finding => finding.Severity == ScreenPopSeverity.Error));
        }
    });

    [Fact]
    public void No_finding_shows_a_value() => Law.Holds(
        Arb.From(
            from one in EventCase.Writable.Generator
            let name = one.Event.Name == "ScreenPop"
            where name
            from raw in HostileText.ForXml
            from keys in Names.ArrayOf(3)
            select ((ScreenPopEvent)one.Event) with
            {
                Ani = "Zx7" + raw + "Qk9",
                CustomerId = raw + "Zx7",
                ExtraFields = WireFields.Create(keys.Select(key => new WireField(key, "Zx7" + raw)).Concat([new("Qk9 " + raw, "Zx7"), new("Qk9", "Qk9\"")])),
            }),
        Show,
        pop =>
        {
            string said = string.Join("\n", ScreenPopRules.Check(pop).Select(finding => finding + " " + finding.Key)) + ScreenPopRules.Prepare(pop);
            Assert.DoesNotContain("Zx7", said, StringComparison.Ordinal);
            Assert.DoesNotContain("Qk9 ", said.Replace("Qk9 contains", "").Replace("Qk9 is sent", ""), StringComparison.Ordinal);
        });

    [Fact]
    public void A_policy_gives_digits_or_nothing_and_never_throws() => Law.Holds(
        Arb.From(
            from text in Gen.OneOf(HostileText.Any, Gen.Elements("+1 (415) 555-0100", "0049 30 901820", "0", "+", "+49 (0)30 1"), Values)
            from form in Gen.Elements(
                CallerNumberForm.Digits, CallerNumberForm.National, CallerNumberForm.NationalWithTrunkPrefix, CallerNumberForm.International)
            from zeros in Gen.Elements<int?>(null, 0, 2)
            select (
                Text: text,
                Policy: new CallerNumberPolicy { Form = form, CountryCode = "49", TrunkPrefix = "0", InternationalPrefix = "00", LeadingZeros = zeros })),
        one => one.Text,
        one =>
        {
            Assert.True(one.Policy.TryApply(one.Text, out string? ani));
            if (ani is not null)
            {
                Assert.Matches("^[0-9]+$", ani);
            }
        });

    private static List<(string Name, string Value)> PairsOf(ScreenPopEvent pop)
    {
        var pairs = new List<(string, string)> { ("occtSourceID", pop.SourceId) };
        pairs.AddRange(new[] { ("occtANI", pop.Ani), ("occtDNIS", pop.Dnis) }.Where(pair => pair.Item2 is not null).Select(pair => (pair.Item1, pair.Item2!)));
        pairs.AddRange(pop.ExtraFields.Select(field => (field.Name, field.Value)));
        return pairs;
    }

    private static string Show(ScreenPopEvent pop) => string.Join(" | ", PairsOf(pop).Select(pair => pair.Name + " = " + pair.Value));

    private static IEnumerable<ScreenPopEvent> Shrink(ScreenPopEvent pop)
    {
        for (int i = 0; i < pop.ExtraFields.Count; i++)
        {
            yield return pop with { ExtraFields = WireFields.Create(pop.ExtraFields.Where((_, j) => j != i)) };
        }

        foreach (string? shorter in pop.Ani is null ? [] : HostileText.Shrink(pop.Ani).Prepend<string?>(null))
        {
            yield return pop with { Ani = shorter };
        }
    }
}
