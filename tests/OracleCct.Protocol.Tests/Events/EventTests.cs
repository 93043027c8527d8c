using System;
using Xunit;

namespace OracleCct.Protocol.Tests.Events;

public class EventTests
{
    private static readonly ScreenPopEvent Pop = new()
    {
        SourceId = "42",
        Ani = "4155550100",
        Dnis = "70002",
        ScreenPopType = ScreenPopType.ServiceRequest,
        ExtraFields = [new("PARTY_ID", "Zx7")],
    };

    [Fact]
    public void Events_with_equal_fields_are_equal()
    {
        ScreenPopEvent same = Pop with { ScreenPopType = new("SR"), ExtraFields = WireFields.Empty.Add("PARTY_ID", "Zx7") };
        Assert.Equal(Pop, same);
        Assert.Equal(Pop.GetHashCode(), same.GetHashCode());
        Assert.True(Pop == same);
    }

    [Fact]
    public void An_event_differs_by_any_of_its_fields()
    {
        Assert.NotEqual(Pop, Pop with { SourceId = "43" });
        Assert.NotEqual(Pop, Pop with { Ani = null });
        Assert.NotEqual(Pop, Pop with { CustomerId = "" });
        Assert.NotEqual(Pop, Pop with { ScreenPopType = new("sr") });
        Assert.NotEqual(Pop, Pop with { ExtraFields = [] });
    }

    [Fact]
    public void Established_and_released_of_one_call_are_not_equal() =>
        Assert.NotEqual<CctEvent>(new CallEstablishedEvent { SourceId = "42" }, new CallReleasedEvent { SourceId = "42" });

    [Fact]
    public void A_copy_changes_what_it_names_and_nothing_else()
    {
        ScreenPopEvent copy = Pop with { Dnis = "1" };
        Assert.Equal(("42", "1", "70002"), (copy.SourceId, copy.Dnis, Pop.Dnis));
    }

    [Fact]
    public void The_text_of_an_event_shows_no_extra_field() => Assert.DoesNotContain("Zx7", Pop.ToString(), StringComparison.Ordinal);

    [Fact]
    public void Extra_fields_are_empty_by_default_and_never_null()
    {
        Assert.Same(WireFields.Empty, new ErrorEvent().ExtraFields);
        Assert.Throws<ArgumentNullException>(() => new ErrorEvent { ExtraFields = null! });
    }

    [Theory]
    [InlineData("ScreenPop")]
    [InlineData("CallEstablished")]
    [InlineData("CallReleased")]
    [InlineData("Error")]
    public void An_unknown_event_refuses_the_name_of_a_known_one(string known)
    {
        Assert.Throws<ArgumentException>("name", () => new UnknownEvent(known));
        Assert.Equal(known.ToUpperInvariant(), new UnknownEvent(known.ToUpperInvariant()).Name);
    }

    [Fact]
    public void An_unknown_event_refuses_null() => Assert.Throws<ArgumentNullException>("name", () => new UnknownEvent(null!));

    [Fact]
    public void Unknown_events_differ_by_the_case_of_their_name() => Assert.NotEqual(new UnknownEvent("a"), new UnknownEvent("A"));

    [Fact]
    public void The_known_words_are_the_seeds() => Assert.Equal(
        ("SR", "OPPORTUNITY", "EVENT"), (ScreenPopType.ServiceRequest.Value, ScreenPopType.Opportunity.Value, ScreenPopType.Event.Value));

    [Fact]
    public void Any_other_word_is_kept()
    {
        var word = new ScreenPopType("Complaint ");
        Assert.Equal(("Complaint ", "Complaint "), (word.Value, word.ToString()));
    }

    [Fact]
    public void Words_are_equal_with_regard_to_case()
    {
        Assert.True(new ScreenPopType("SR") == ScreenPopType.ServiceRequest);
        Assert.True(new ScreenPopType("sr") != ScreenPopType.ServiceRequest);
        Assert.True(new ScreenPopType("SR").Equals((object)ScreenPopType.ServiceRequest));
        Assert.False(ScreenPopType.ServiceRequest.Equals("SR"));
        Assert.Equal(new ScreenPopType("SR").GetHashCode(), ScreenPopType.ServiceRequest.GetHashCode());
    }

    [Fact]
    public void A_word_made_of_nothing_is_empty_and_not_null()
    {
        Assert.Equal("", default(ScreenPopType).Value);
        Assert.Equal(new ScreenPopType(""), default);
        Assert.Equal(new ScreenPopType("").GetHashCode(), default(ScreenPopType).GetHashCode());
        Assert.Throws<ArgumentNullException>("value", () => new ScreenPopType(null!));
    }

    [Fact]
    public void A_word_does_not_come_of_a_text_by_itself() =>
        Assert.DoesNotContain(typeof(ScreenPopType).GetMethods(), method => method.Name is "op_Implicit" or "op_Explicit");
}
