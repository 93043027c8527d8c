using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.ScreenPops;

public class ScreenPopKeysTests
{
    private static readonly (EbsForms Form, string Short)[] Forms =
        [(EbsForms.ContactCenter, "CC"), (EbsForms.ServiceRequest, "SR"), (EbsForms.EBusinessCenter, "EBC"), (EbsForms.Collections, "IEX")];

    /// <summary>Written down a second time on purpose: the keys that are known, with what a wrong entry would cost a caller.</summary>
    [Theory]
    [InlineData("occtANI", EbsForms.All, EbsForms.ServiceRequest, "IEX 30, EBC 40")]
    [InlineData("occtDNIS", EbsForms.All, EbsForms.None, "IEX 25, EBC 30")]
    [InlineData("occtSourceID", EbsForms.None, EbsForms.None, "IEX 30")]
    [InlineData(
        "PARTY_ID", EbsForms.ContactCenter | EbsForms.EBusinessCenter | EbsForms.Collections,
        EbsForms.ContactCenter | EbsForms.EBusinessCenter | EbsForms.Collections, "")]
    [InlineData("CustomerID", EbsForms.ContactCenter | EbsForms.Collections, EbsForms.ContactCenter | EbsForms.Collections, "")]
    [InlineData("CustomerNum", EbsForms.All, EbsForms.Collections, "SR 50, EBC 30")]
    [InlineData("ContactNum", EbsForms.ContactCenter | EbsForms.EBusinessCenter | EbsForms.Collections, EbsForms.Collections, "EBC 30")]
    [InlineData("AccountCode", EbsForms.All, EbsForms.Collections, "SR 50, EBC 40")]
    [InlineData("AccountNum", EbsForms.None, EbsForms.None, "")]
    [InlineData("ServiceRequestNum", EbsForms.ContactCenter | EbsForms.ServiceRequest | EbsForms.EBusinessCenter, EbsForms.None, "SR 50, EBC 64")]
    [InlineData("OrderNum", EbsForms.ContactCenter | EbsForms.EBusinessCenter, EbsForms.EBusinessCenter, "")]
    [InlineData("PhoneNumber", EbsForms.ContactCenter | EbsForms.ServiceRequest, EbsForms.None, "CC 40, SR 50")]
    [InlineData("CountryCode", EbsForms.ContactCenter, EbsForms.None, "CC 10")]
    [InlineData("occtScreenPopAction", EbsForms.ContactCenter | EbsForms.ServiceRequest, EbsForms.None, "CC 40")]
    [InlineData("occtClassification", EbsForms.None, EbsForms.None, "CC 64, SR 64, EBC 64, IEX 64")]
    public void The_catalogue_says(string name, EbsForms readBy, EbsForms numberIn, string limits)
    {
        ScreenPopKey key = ScreenPopKeys.Find(name)!;
        Assert.Equal((name, readBy, numberIn), (key.Name, key.ReadBy, key.NumberIn));
        Assert.Equal(limits.Split([", "], StringSplitOptions.RemoveEmptyEntries).OrderBy(one => one), Limits(key).OrderBy(one => one));
    }

    [Fact]
    public void Every_constant_is_in_the_catalogue_once_and_the_other_way_round()
    {
        string[] constants = typeof(ScreenPopKeys).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.FieldType == typeof(string))
            .Select(field => (string)field.GetRawConstantValue()!)
            .ToArray();
        Assert.Equal(
            constants.OrderBy(name => name, StringComparer.Ordinal), ScreenPopKeys.All.Select(key => key.Name).OrderBy(name => name, StringComparer.Ordinal));
        Assert.All(ScreenPopKeys.All, key => Assert.Same(key, ScreenPopKeys.Find(key.Name)));
        Assert.Null(ScreenPopKeys.Find("occtani"));
        Assert.Null(ScreenPopKeys.Find("SiteCode"));
    }

    [Fact]
    public void Every_property_of_a_screen_pop_has_its_key_and_those_alone_are_shown_in_the_examples()
    {
        ScreenPopEvent pop = (ScreenPopEvent)Golden.GoldenFile.Events[0];
        IEnumerable<string> written = Regex.Matches(
            CctXmlFormatter.Default.WriteToString(pop with { ExtraFields = WireFields.Empty }), "data name=\"([^\"]*)\"")
            .Cast<Match>().Select(match => match.Groups[1].Value);
        Assert.Equal(written, ScreenPopKeys.All.Where(key => key.Source == ScreenPopKeySource.OracleExamples).Select(key => key.Name));
    }

    /// <summary>So the rules about names need not look at those that are spelled as a key is.</summary>
    [Fact]
    public void No_key_has_a_name_that_is_forbidden_in_any_case() => Assert.All(ScreenPopKeys.All, key => Assert.DoesNotContain(
        ScreenPopRules.Check(RuleRow.Pop($"{key.Name.ToLowerInvariant()}=1;{key.Name.ToUpperInvariant()}=1")), finding =>
            finding.Code is "CCT103" or "CCT104" or "CCT105"));

    [Fact]
    public void A_key_that_a_form_makes_a_number_of_is_read_by_it() =>
        Assert.All(ScreenPopKeys.All, key => Assert.Equal(EbsForms.None, key.NumberIn & ~key.ReadBy));

    [Fact]
    public void Of_several_forms_the_strictest_limit_counts()
    {
        Assert.Equal(30, ScreenPopKeys.Find(ScreenPopKeys.Ani)!.MaxLengthIn(EbsForms.All));
        Assert.Equal(40, ScreenPopKeys.Find(ScreenPopKeys.Ani)!.MaxLengthIn(EbsForms.EBusinessCenter | EbsForms.ContactCenter));
        Assert.Null(ScreenPopKeys.Find(ScreenPopKeys.Ani)!.MaxLengthIn(EbsForms.ContactCenter));
    }

    // The page

    [Fact]
    public void The_page_has_the_catalogue_as_it_is() => Assert.Contains(
        "| Key | Says | CC | SR | EBC | IEX | Known from |\n|---|---|---|---|---|---|---|\n" + string.Concat(ScreenPopKeys.All.Select(Row)) + "\n", Page(),
        StringComparison.Ordinal);

    [Fact]
    public void The_page_has_the_precedence_as_it_is()
    {
        foreach ((EbsForms form, string name) in Forms)
        {
            ScreenPopPrecedence precedence = ScreenPopPrecedence.Of(form);
            string order = string.Join(
                precedence.LastSentWins ? "; none of them: " : ", ",
                precedence.Ranks.Select(rank => string.Join(precedence.LastSentWins ? ", " : " or ", rank.Select(Code))));
            Assert.Contains($"\n| {name} | {(precedence.LastSentWins ? "the last that is sent of " : "")}{order} |\n", Page(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_page_has_a_sentence_for_every_rule()
    {
        string page = Page();
        Assert.All(ScreenPopRules.All, rule => Assert.Matches(
            $@"\n\| {rule.Code} \| {Regex.Escape(rule.Summary)} \| [A-Z`][^|]{{20,}}\. \|{(rule.Severity == ScreenPopSeverity.Error ? " [^|]+ \\|" : "")}\n",
            page));
        Assert.Equal(ScreenPopRules.All.Count, page.Split('\n').Count(line => line.StartsWith("| CCT", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_page_says_which_errors_are_refused_where_no_forms_are_named()
    {
        string page = Page();
        Assert.All(ScreenPopRules.All.Where(rule => rule.Severity == ScreenPopSeverity.Error), rule =>
        {
            string cell = Regex.Match(page, $@"\n\| {rule.Code} \|.* \| ([^|]+) \|\n").Groups[1].Value;
            bool[] refused = rule.Code == "CCT112"
                ? [IsRefused(Messages.ScreenPop with { Ani = null }, new() { Withheld = WithheldCaller.Fail })]
                : [.. RuleRow.All.Where(row => row.Code == rule.Code).Select(
                    row => IsRefused(row.FiringPop, new() { Form = CallerNumberForm.Unchanged })).Distinct()];
            Assert.Equal(refused.Contains(true), cell.Contains("refused"));
            Assert.Equal(refused.Contains(false), cell.Contains("reported"));

            bool IsRefused(ScreenPopEvent pop, CallerNumberPolicy policy) => ScreenPopRules.Prepare(
                pop, new() { CallerNumber = policy, SwitchedOff = [.. ScreenPopRules.All.Select(one => one.Code).Where(code => code != rule.Code)] }).IsRefused;
        });
    }

    [Fact]
    public void The_code_of_the_page_is_compiled()
    {
        string source = File.ReadAllText(Repository.PathOf("tests/OracleCct.Protocol.Tests/ScreenPops/ScreenPopPageExamples.cs")).Replace("\r", "");
        string[] blocks = Regex.Matches(Page(), "(?ms)^```csharp\n(.*?)^```").Cast<Match>()
            .Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(2, blocks.Length);
        Assert.All(blocks, block => Assert.Contains(Trimmed(block), Trimmed(source), StringComparison.Ordinal));
    }

    private static string Row(ScreenPopKey key)
    {
        IEnumerable<string> cells = Forms.Select(one => (key.ReadBy & one.Form) == 0
            ? (key.MaxLengthIn(one.Form) is { } other ? $"({other})" : "")
            : ((key.NumberIn & one.Form) != 0 ? "number" : "text") + (key.MaxLengthIn(one.Form) is { } limit ? $" {limit}" : ""));
        string source = key.Source == ScreenPopKeySource.OracleExamples ? "shown" : "seen";
        return $"| {Code(key.Name)} | {key.Meaning} | {string.Join(" | ", cells)} | {source} |\n";
    }

    private static IEnumerable<string> Limits(ScreenPopKey key) =>
        Forms.Where(one => key.MaxLengthIn(one.Form) is not null).Select(one => $"{one.Short} {key.MaxLengthIn(one.Form)}");

    private static string Code(string name) => $"`{name}`";

    private static string Page() => File.ReadAllText(Repository.PathOf("docs/screen-pops.md")).Replace("\r", "");

    private static string Trimmed(string code) => string.Join("\n", code.Split('\n').Select(line => line.Trim())).Trim();
}
