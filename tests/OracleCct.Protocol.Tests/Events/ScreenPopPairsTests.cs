using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using OracleCct.Protocol.Tests.Wire;
using Xunit;

namespace OracleCct.Protocol.Tests.Events;

[Collection(Law.Collection)]
public class ScreenPopPairsTests
{
    private static readonly ScreenPopEvent Pop = new("42", "4155550100", null)
    {
        ScreenPopType = ScreenPopType.ServiceRequest,
        ExtraFields = [new("PARTY_ID", "Zx7"), new("AccountCode", "9"), new("PARTY_ID", "Zx8")],
    };

    [Fact]
    public void New_ids_are_accepted_by_every_form()
    {
        ScreenPopCheck check = ScreenPopRules.Prepare(new ScreenPopEvent(ScreenPopEvent.NewSourceId(), "4155550100", "70002"));

        Assert.False(check.IsRefused);
        Assert.DoesNotContain(check.Findings, finding => finding.Key == ScreenPopKeys.SourceId);
    }

    [Fact]
    public void New_ids_never_repeat()
    {
        string[] ids = [.. Enumerable.Range(0, 10_000).Select(_ => ScreenPopEvent.NewSourceId())];

        Assert.Equal(ids.Length, ids.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(ids, id => Assert.Matches(new Regex("^[0-9a-f]{30}$"), id));
    }

    [Fact]
    public void Known_pairs_become_properties_and_the_rest_keeps_its_order()
    {
        ScreenPopEvent pop = ScreenPopEvent.FromPairs(
        [
            new("x", "1"), new("occtDNIS", "70002"), new("ScreenPopType", "SR"), new("occtSourceID", "42"),
            new("OCCTANI", "2"), new("CustomerID", ""), new("a", "3"),
        ]);

        Assert.Equal(
            new ScreenPopEvent("42", null, "70002")
            {
                ScreenPopType = ScreenPopType.ServiceRequest,
                CustomerId = "",
                ExtraFields = [new("x", "1"), new("OCCTANI", "2"), new("a", "3")],
            },
            pop);
    }

    [Fact]
    public void Pairs_of_a_dictionary_will_do() =>
        Assert.Equal("42", ScreenPopEvent.FromPairs(new Dictionary<string, string> { ["occtSourceID"] = "42" }).SourceId);

    [Fact]
    public void Every_pop_comes_back_from_its_pairs() => Law.Holds(
        EventCase.Any,
        one => one.ToString(),
        one => Assert.True(one.Event is not ScreenPopEvent pop || HasTwins(pop) || ScreenPopEvent.FromPairs(Pairs(pop)) == pop),
        tests: 1000);

    [Fact]
    public void A_missing_id_is_named()
    {
        ProtocolError error = Assert.Throws<ProtocolFormatException>(() => ScreenPopEvent.FromPairs([new("occtANI", "1")])).Error;
        Assert.Equal((ProtocolErrorKind.MissingField, "occtSourceID"), (error.Kind, error.Field));
    }

    [Fact]
    public void A_known_pair_may_not_come_twice()
    {
        ProtocolError error = Assert.Throws<ProtocolFormatException>(
            () => ScreenPopEvent.FromPairs([new("occtSourceID", "42"), new("occtANI", "1"), new("occtANI", "1")])).Error;
        Assert.Equal((ProtocolErrorKind.DuplicateField, "occtANI"), (error.Kind, error.Field));
    }

    [Fact]
    public void An_unknown_pair_may_not_come_twice_and_is_not_named()
    {
        ProtocolError error = Assert.Throws<ProtocolFormatException>(
            () => ScreenPopEvent.FromPairs([new("occtSourceID", "42"), new("Zx7", "1"), new("Zx7", "2")])).Error;
        Assert.Equal((ProtocolErrorKind.DuplicateField, null), (error.Kind, error.Field));
        Assert.DoesNotContain("Zx7", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_may_be_null()
    {
        Assert.Throws<ArgumentNullException>("pairs", () => ScreenPopEvent.FromPairs(null!));
        Assert.Throws<ArgumentException>("pairs", () => ScreenPopEvent.FromPairs([new("occtSourceID", null!)]));
        Assert.Throws<ArgumentException>("pairs", () => ScreenPopEvent.FromPairs([new(null!, "")]));
        Assert.Throws<ArgumentNullException>("name", () => Pop.WithPair(null!, ""));
    }

    [Fact]
    public void One_pair_can_be_changed()
    {
        Assert.Equal(Pop with { SourceId = "43" }, Pop.WithPair("occtSourceID", "43"));
        Assert.Equal(Pop with { Dnis = "1" }, Pop.WithPair("occtDNIS", "1"));
        Assert.Equal(Pop with { Classification = ScreenPopType.Event }, Pop.WithPair("occtClassification", "EVENT"));
        Assert.Equal(Pop with { ExtraFields = [new("PARTY_ID", "1"), new("AccountCode", "9")] }, Pop.WithPair("PARTY_ID", "1"));
        Assert.Equal(Pop with { ExtraFields = Pop.ExtraFields.Add("occtani", "1") }, Pop.WithPair("occtani", "1"));
    }

    [Fact]
    public void One_pair_can_be_removed()
    {
        Assert.Equal(Pop with { Ani = null }, Pop.WithPair("occtANI", null));
        Assert.Equal(Pop with { ScreenPopType = null }, Pop.WithPair("ScreenPopType", null));
        Assert.Equal(Pop with { ExtraFields = [new("AccountCode", "9")] }, Pop.WithPair("PARTY_ID", null));
        Assert.Equal(Pop, Pop.WithPair("not there", null));
    }

    [Fact]
    public void The_id_cannot_be_removed()
    {
        ProtocolError error = Assert.Throws<ProtocolFormatException>(() => Pop.WithPair("occtSourceID", null)).Error;
        Assert.Equal((ProtocolErrorKind.MissingField, "occtSourceID"), (error.Kind, error.Field));
    }

    [Fact]
    public void A_pair_that_was_set_is_there_once_and_the_others_are_as_they_were() => Law.Holds(
        Changes,
        change => $"{change.Name} = {change.Value}: {string.Join(" | ", Pairs(change.Pop))}",
        change =>
        {
            KeyValuePair<string, string>[] before = Pairs(change.Pop);
            KeyValuePair<string, string>[] after = Pairs(change.Pop.WithPair(change.Name, change.Value));
            Assert.Equal(change.Value, Assert.Single(after, pair => pair.Key == change.Name).Value);
            Assert.Equal(before.Where(pair => pair.Key != change.Name), after.Where(pair => pair.Key != change.Name));
            Assert.Equal(before, Pairs(change.Pop));
        });

    private static Arbitrary<(ScreenPopEvent Pop, string Name, string Value)> Changes { get; } = Arb.From(
        from one in EventCase.Any.Generator
        where one.Event is ScreenPopEvent
        from name in Gen.OneOf(Gen.Elements(one.Pairs.Select(pair => pair.Name).ToArray()), Gen.Elements([.. one.Keys]), HostileText.Any)
        from value in HostileText.Any
        select ((ScreenPopEvent)one.Event, name, value));

    private static bool HasTwins(ScreenPopEvent pop) =>
        pop.ExtraFields.Select(field => field.Name).Distinct(StringComparer.Ordinal).Count() < pop.ExtraFields.Count;

    private static KeyValuePair<string, string>[] Pairs(ScreenPopEvent pop) =>
        [.. pop.GetPairs().Select(pair => new KeyValuePair<string, string>(pair.Name, pair.Value))];
}
