using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace OracleCct.Protocol.Tests.Wire;

public class WireFieldTests
{
    [Fact]
    public void A_field_equals_by_name_and_value_with_regard_to_case()
    {
        var field = new WireField("a", "b");
        Assert.True(field == new WireField("a", "b"));
        Assert.True(field != new WireField("A", "b"));
        Assert.True(field != new WireField("a", "B"));
        Assert.True(field != new WireField("b", "a"));
        Assert.True(field.Equals((object)new WireField("a", "b")));
        Assert.False(field.Equals("a"));
        Assert.Equal(field.GetHashCode(), new WireField("a", "b").GetHashCode());
    }

    [Fact]
    public void A_field_made_of_nothing_is_empty_and_not_null()
    {
        Assert.Equal(("", ""), (default(WireField).Name, default(WireField).Value));
        Assert.Equal(new WireField("", ""), default);
        Assert.Equal(new WireField("", "").GetHashCode(), default(WireField).GetHashCode());
    }

    [Fact]
    public void A_field_refuses_null()
    {
        Assert.Throws<ArgumentNullException>("name", () => new WireField(null!, ""));
        Assert.Throws<ArgumentNullException>("value", () => new WireField("", null!));
    }

    [Fact]
    public void The_text_of_a_field_is_its_name() => Assert.Equal("a", new WireField("a", "Zx7").ToString());

    [Fact]
    public void A_list_keeps_its_order()
    {
        WireFields fields = [new("b", "1"), new("a", "2"), new("b", "3")];
        Assert.Equal(["b=1", "a=2", "b=3"], fields.Select(field => field.Name + "=" + field.Value));
        Assert.Equal(3, fields.Count);
        Assert.Equal(new WireField("a", "2"), fields[1]);
    }

    [Fact]
    public void The_three_ways_to_make_a_list_give_equal_lists()
    {
        WireFields fields = [new("a", "1"), new("b", "2")];
        WireFields added = WireFields.Empty.Add("a", "1").Add("b", "2");
        WireFields created = WireFields.Create(new List<WireField> { new("a", "1"), new("b", "2") });
        Assert.Equal(fields, added);
        Assert.True(fields == added && added == created && !(fields != created));
        Assert.Equal(fields.GetHashCode(), created.GetHashCode());
        Assert.True(fields.Equals((object)added));
    }

    [Fact]
    public void Lists_differ_by_field_order_and_length()
    {
        WireFields fields = [new("a", "1"), new("b", "2")];
        Assert.True(fields != [new("b", "2"), new("a", "1")]);
        Assert.True(fields != [new("a", "1")]);
        Assert.True(fields != [new("a", "1"), new("b", "")]);
        Assert.True(fields != [new("a", "1"), new("b", "2"), new("c", "3")]);
        Assert.True(fields != null);
        Assert.False(fields.Equals((object?)null));
        Assert.True((WireFields?)null == null);
    }

    [Fact]
    public void A_list_does_not_change_with_what_it_was_made_of()
    {
        WireField[] source = [new("a", "1")];
        WireFields fields = WireFields.Create(source);
        source[0] = new("b", "2");
        Assert.Equal("a", fields[0].Name);
    }

    [Fact]
    public void To_add_leaves_the_list_as_it_was()
    {
        WireFields fields = [new("a", "1")];
        _ = fields.Add("b", "2");
        Assert.Single((IEnumerable<WireField>)fields);
    }

    [Fact]
    public void The_empty_list_is_one()
    {
        WireFields fields = [];
        Assert.Same(WireFields.Empty, fields);
        Assert.Same(WireFields.Empty, WireFields.Create([]));
        Assert.Empty(WireFields.Empty);
    }

    [Fact]
    public void The_first_field_of_a_name_is_found_in_any_case()
    {
        WireFields fields = [new("a", "1"), new("Site", "2"), new("SITE", "3")];
        Assert.Equal("2", fields.Find("sITE"));
        Assert.Null(fields.Find("s"));
    }

    [Fact]
    public void The_letter_i_is_found_in_Turkey_too() => Assert.Equal("1", Law.InCulture("tr-TR", () => WireFields.Empty.Add("SITE", "1").Find("site")));

    [Fact]
    public void A_list_refuses_null()
    {
        Assert.Throws<ArgumentNullException>("fields", () => WireFields.Create((IEnumerable<WireField>)null!));
        Assert.Throws<ArgumentNullException>("name", () => WireFields.Empty.Add(null!, ""));
        Assert.Throws<ArgumentNullException>("value", () => WireFields.Empty.Add("", null!));
        Assert.Throws<IndexOutOfRangeException>(() => WireFields.Empty[0]);
    }

    [Fact]
    public void The_text_of_a_list_is_how_many_fields_it_holds()
    {
        Assert.Equal("0 fields", WireFields.Empty.ToString());
        Assert.Equal("1 field", WireFields.Empty.Add("Zx7", "Zx7").ToString());
        Assert.Equal("2 fields", WireFields.Empty.Add("Zx7", "Zx7").Add("", "").ToString());
    }

    [Fact]
    public void A_list_is_walked_without_its_type_too() =>
        Assert.Equal([new WireField("a", "1")], ((IEnumerable)WireFields.Empty.Add("a", "1")).Cast<WireField>());

    [Fact]
    public void An_exception_has_an_error_and_nothing_inside()
    {
        ProtocolFormatException exception = Assert.Throws<ProtocolFormatException>(() => CctXmlFormatter.Default.Read("<Zx7"));
        Assert.Equal(exception.Error.Message, exception.Message);
        Assert.IsType<FormatException>(exception, exactMatch: false);
        Assert.Null(exception.InnerException);
        Assert.Throws<ArgumentNullException>("error", () => new ProtocolFormatException(null!));
    }
}
