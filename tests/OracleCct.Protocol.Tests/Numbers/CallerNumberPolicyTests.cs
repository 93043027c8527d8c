using System;
using Xunit;

namespace OracleCct.Protocol.Tests.Numbers;

public class CallerNumberPolicyTests
{
    private static readonly CallerNumberPolicy America = new() { CountryCode = "1", TrunkPrefix = "1", InternationalPrefix = "011" };
    private static readonly CallerNumberPolicy Germany = new() { CountryCode = "49", TrunkPrefix = "0", InternationalPrefix = "00" };
    private static readonly CallerNumberPolicy Denmark = new() { CountryCode = "45" };

    [Theory]
    [InlineData("4155550100", "4155550100")]
    [InlineData("+1 (415) 555-0100", "14155550100")]
    [InlineData(" 415.555/0100 ", "4155550100")]
    [InlineData("415\u00A0555\u00A00100", "4155550100")]
    [InlineData("+49 (0)30 901820", "4930901820")]
    [InlineData("(0)30 901820", "030901820")] // no country code, so this zero is dialled
    [InlineData("0", "0")]
    [InlineData("7001", "7001")]
    [InlineData("tel:+1-415-555-0100", "14155550100")]
    [InlineData("TEL:7001;phone-context=example.com", "7001")]
    [InlineData("tel:4155550100;ext=7001", "4155550100")]
    [InlineData("\u202A+1 415\u2011555\u20130100\u202C", "14155550100")] // as an address book copies it
    [InlineData("\uFEFF415\u200B555\u00AD0100\u200E", "4155550100")]
    [InlineData("415\u2009555\u202F0100", "4155550100")]
    public void By_default_only_digits_are_left(string caller, string ani) => Assert.Equal(ani, Apply(new(), caller));

    [Theory]
    [InlineData("+14155550100", "4155550100", "14155550100", "14155550100")]
    [InlineData("14155550100", "4155550100", "14155550100", "14155550100")] // the trunk prefix of North America is its country code
    [InlineData("4155550100", "4155550100", "14155550100", "14155550100")]
    [InlineData("011 49 30 901820", "4930901820", "4930901820", "4930901820")] // foreign
    [InlineData("+4930901820", "4930901820", "4930901820", "4930901820")]
    [InlineData("7001", "7001", "7001", "7001")] // an extension
    [InlineData("011123", "011123", "011123", "011123")] // one, too
    [InlineData("0114912", "4912", "4912", "4912")] // foreign: seven digits are none
    [InlineData("(1) 555", "1555", "1555", "1555")]
    [InlineData("+1", "1", "1", "1")] // nothing behind the country code
    [InlineData("\u200E+1 415 555 0100", "4155550100", "14155550100", "14155550100")]
    public void In_North_America(string caller, string national, string withTrunk, string international) =>
        Forms(America, caller, national, withTrunk, international);

    [Theory]
    [InlineData("+49 30 901820", "30901820", "030901820", "4930901820")]
    [InlineData("0049 30 901820", "30901820", "030901820", "4930901820")]
    [InlineData("030 901820", "30901820", "030901820", "4930901820")]
    [InlineData("30901820", "30901820", "030901820", "4930901820")]
    [InlineData("+49 (0)30 901820", "30901820", "030901820", "4930901820")]
    [InlineData("+49 ( 0 ) 30 901820", "30901820", "030901820", "4930901820")]
    [InlineData("0049 (0)30 901820", "30901820", "030901820", "4930901820")]
    [InlineData("0049 ( 0 )30 901820", "30901820", "030901820", "4930901820")]
    [InlineData("00 49 (0) 30/901820", "30901820", "030901820", "4930901820")]
    [InlineData("(0049) (0)30 901820", "30901820", "030901820", "4930901820")]
    [InlineData("(+49) (0)30 901820", "30901820", "030901820", "4930901820")]
    [InlineData("(0)30 901820", "30901820", "030901820", "4930901820")]
    [InlineData("(0)049 30 901820", "30901820", "030901820", "4930901820")] // the bracket belongs to the prefix
    [InlineData("tel:+49-30-901820", "30901820", "030901820", "4930901820")]
    [InlineData("00123", "00123", "00123", "00123")] // an extension
    [InlineData("001234", "001234", "001234", "001234")]
    [InlineData("012345", "012345", "012345", "012345")]
    [InlineData("+49", "49", "49", "49")] // nothing behind the country code
    [InlineData("+49115", "115", "0115", "49115")] // short, but a plus is no extension's
    [InlineData("+1 415 555 0100", "14155550100", "14155550100", "14155550100")]
    [InlineData("4930901820", "4930901820", "04930901820", "494930901820")] // without a plus nobody can know that this is a country code
    public void In_Germany(string caller, string national, string withTrunk, string international) =>
        Forms(Germany, caller, national, withTrunk, international);

    [Fact]
    public void Where_there_is_no_trunk_prefix()
    {
        Assert.Equal("33325010", Apply(Denmark with { Form = CallerNumberForm.National }, "+45 33 32 50 10"));
        Assert.Equal("4533325010", Apply(Denmark with { Form = CallerNumberForm.International }, "33 32 50 10"));
    }

    [Theory]
    [InlineData(0, "0004930901820", "4930901820")]
    [InlineData(0, "4930901820", "4930901820")]
    [InlineData(2, "4930901820", "004930901820")]
    [InlineData(1, "0004930901820", "04930901820")]
    [InlineData(null, "0004930901820", "0004930901820")]
    [InlineData(0, "00000000", "00000000")] // nothing would be left
    [InlineData(0, "0042", "0042")] // an extension
    public void Leading_zeros_are_stripped_and_added(int? zeros, string caller, string ani) => Assert.Equal(ani, Apply(new() { LeadingZeros = zeros }, caller));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("+")]
    [InlineData("()")]
    [InlineData("+(0)")]
    [InlineData("tel:")]
    [InlineData("tel:;ext=7001")]
    [InlineData("tel:anonymous")]
    [InlineData("\u200E\u200F")]
    [InlineData("415555\u00010100")]
    [InlineData("anonymous")]
    [InlineData("sip:4155550100@example.com")]
    [InlineData("4155550100x2")]
    [InlineData("1+2")]
    [InlineData("\u0664\u0665\u0666\u0667\u0668\u0669\u0660")] // digits, but not those of a telephone's wire
    public void A_caller_without_a_number_is_left_out_replaced_or_refused(string? caller)
    {
        Assert.Null(Apply(new(), caller));
        Assert.Equal("0000", Apply(America with { Withheld = WithheldCaller.FixedNumber, FixedNumber = "0000" }, caller));
        Assert.False(new CallerNumberPolicy { Withheld = WithheldCaller.Fail }.TryApply(caller, out string? ani));
        Assert.Null(ani);
    }

    [Fact]
    public void What_a_form_needs_is_asked_for()
    {
        Assert.Throws<InvalidOperationException>(() => new CallerNumberPolicy { Form = CallerNumberForm.International }.TryApply("1", out _));
        Assert.Throws<InvalidOperationException>(() => Denmark with { Form = CallerNumberForm.NationalWithTrunkPrefix } is var policy
            && policy.TryApply("1", out _));
        Assert.Throws<InvalidOperationException>(() => new CallerNumberPolicy { Withheld = WithheldCaller.FixedNumber }.TryApply("1", out _));
    }

    [Fact]
    public void The_constructor_sets_each_property_and_null_keeps_the_default()
    {
        Assert.Equal(
            new CallerNumberPolicy
            {
                Form = CallerNumberForm.National,
                CountryCode = "49",
                TrunkPrefix = "0",
                InternationalPrefix = "00",
                LeadingZeros = 1,
                Withheld = WithheldCaller.FixedNumber,
                FixedNumber = "0000",
            },
            new CallerNumberPolicy(CallerNumberForm.National, "49", "0", "00", 1, WithheldCaller.FixedNumber, "0000"));
        Assert.Equal(new CallerNumberPolicy(), new CallerNumberPolicy(form: null));
        Assert.Throws<ArgumentException>(() => new CallerNumberPolicy(countryCode: "+1"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("anonymous")]
    [InlineData("+1 (415) 555-0100")]
    public void A_number_may_stay_as_it_is(string? caller) => Assert.Equal(caller, Apply(America with { Form = CallerNumberForm.Unchanged }, caller));

    [Fact]
    public void Options_are_checked()
    {
        Assert.Throws<ArgumentException>(() => new CallerNumberPolicy { CountryCode = "+1" });
        Assert.Throws<ArgumentException>(() => new CallerNumberPolicy { CountryCode = "" });
        Assert.Throws<ArgumentException>(() => new CallerNumberPolicy { CountryCode = "1234" });
        Assert.Throws<ArgumentException>(() => new CallerNumberPolicy { TrunkPrefix = "x" });
        Assert.Throws<ArgumentException>(() => new CallerNumberPolicy { InternationalPrefix = "000000" });
        Assert.Throws<ArgumentException>(() => new CallerNumberPolicy { FixedNumber = "\u0661" });
        Assert.Throws<ArgumentException>(() => new CallerNumberPolicy { FixedNumber = new string('1', 31) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CallerNumberPolicy { LeadingZeros = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CallerNumberPolicy { LeadingZeros = 9 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CallerNumberPolicy { Form = (CallerNumberForm)5 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CallerNumberPolicy { Withheld = (WithheldCaller)(-1) });
        Assert.Equal(
            (CallerNumberForm.Digits, WithheldCaller.Omit, null),
            (new CallerNumberPolicy().Form, new CallerNumberPolicy().Withheld, new CallerNumberPolicy().LeadingZeros));
        Assert.DoesNotContain("555", (America with { FixedNumber = "5550100" }).ToString(), StringComparison.Ordinal);
    }

    private static void Forms(CallerNumberPolicy policy, string caller, string national, string withTrunk, string international)
    {
        Assert.Equal(national, Apply(policy with { Form = CallerNumberForm.National }, caller));
        Assert.Equal(withTrunk, Apply(policy with { Form = CallerNumberForm.NationalWithTrunkPrefix }, caller));
        Assert.Equal(international, Apply(policy with { Form = CallerNumberForm.International }, caller));
    }

    private static string? Apply(CallerNumberPolicy policy, string? caller)
    {
        Assert.True(policy.TryApply(caller, out string? ani));
        return ani;
    }
}
