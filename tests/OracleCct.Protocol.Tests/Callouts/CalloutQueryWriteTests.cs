using System;
using System.Linq;
using OracleCct.Protocol.Tests.Wire;
using Xunit;

namespace OracleCct.Protocol.Tests.Callouts;

public class CalloutQueryWriteTests
{
    [Fact]
    public void The_function_comes_first_then_the_parameters_then_the_extra_fields() => Assert.Equal(
        "FunctionName=Login&telesetNumber=70002&agentID=7001&agentPassword=1234&agentQueue=7700&b=2&a=1&b=",
        Write(new LoginCallout
        {
            ExtraFields = [new("b", "2"), new("a", "1"), new("b", "")],
            AgentQueue = "7700",
            AgentPassword = new("1234"),
            AgentId = "7001",
            TelesetNumber = "70002",
        }));

    [Fact]
    public void What_was_read_in_any_form_is_written_in_canonical_form() => Assert.Equal(
        "FunctionName=Unregister&telesetNumber=7%202&agentID=%2B1&X=%C3%A9&=",
        Write(CalloutQueryFormatter.Default.Read("http://localhost/?agentid=+1&X=%e9&=&TELESETNUMBER=7+2&functionname=UNREGISTER")));

    [Fact]
    public void Every_ASCII_character_but_the_unreserved_is_escaped()
    {
        const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
        for (int c = 0; c < 0x80; c++)
        {
            string text = ((char)c).ToString();
            string expected = Array.IndexOf(Unreserved.ToCharArray(), (char)c) >= 0 ? text : "%" + c.ToString(
                "X2", System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal("FunctionName=" + expected, Write(new UnknownCallout(text)));
        }
    }

    [Theory]
    [InlineData(" ", "%20")]
    [InlineData("+", "%2B")]
    [InlineData("%", "%25")]
    [InlineData("&", "%26")]
    [InlineData("=", "%3D")]
    [InlineData("#", "%23")]
    [InlineData("\r\n\t", "%0D%0A%09")]
    [InlineData("\u007F", "%7F")]
    [InlineData("\u0080", "%C2%80")]
    [InlineData("\u00E9", "%C3%A9")]
    [InlineData("\u07FF", "%DF%BF")]
    [InlineData("\u0800", "%E0%A0%80")]
    [InlineData("\u65E5", "%E6%97%A5")]
    [InlineData("\uD7FF", "%ED%9F%BF")]
    [InlineData("\uE000", "%EE%80%80")]
    [InlineData("\uFEFF", "%EF%BB%BF")]
    [InlineData("\uFFFF", "%EF%BF%BF")]
    [InlineData("\uD800\uDC00", "%F0%90%80%80")]
    [InlineData("\uD83D\uDE00", "%F0%9F%98%80")]
    [InlineData("\uDBFF\uDFFF", "%F4%8F%BF%BF")]
    public void A_value_is_escaped_as_UTF_8(string value, string expected) => Assert.Equal(
        "FunctionName=MakeCall&telesetNumber=1&agentID=2&dialString=" + expected,
        Write(new MakeCallCallout { TelesetNumber = "1", AgentId = "2", DialString = value }));

    [Fact]
    public void The_name_of_an_extra_field_is_escaped_too() =>
        Assert.Equal("FunctionName=CheckStatus&a%3D%26%20=1", Write(new CheckStatusCallout { ExtraFields = [new("a=& ", "1")] }));

    [Fact]
    public void The_name_of_an_unknown_function_is_escaped() => Assert.Equal("FunctionName=a%26b", Write(new UnknownCallout("a&b")));

    [Fact]
    public void An_empty_value_is_written_empty() => Assert.Equal(
        "FunctionName=Ready&telesetNumber=&agentID=", Write(new ReadyCallout { TelesetNumber = "", AgentId = "" }));

    [Fact]
    public void A_number_that_is_null_is_not_written() => Assert.Equal(
        "FunctionName=DialCanonical&telesetNumber=1&agentID=2", Write(new DialCanonicalCallout { TelesetNumber = "1", AgentId = "2" }));

    [Fact]
    public void A_number_that_is_empty_is_written() => Assert.Equal(
        "FunctionName=DialCanonical&telesetNumber=1&agentID=2&dialString=",
        Write(new DialCanonicalCallout { TelesetNumber = "1", AgentId = "2", DialString = "" }));

    [Fact]
    public void A_port_is_written_in_ASCII_digits_everywhere()
    {
        var register = new RegisterCallout { TelesetNumber = "1", AgentId = "2", IpAddress = "::1", Port = 65535 };
        Assert.Equal("FunctionName=Register&telesetNumber=1&agentID=2&ipAddress=%3A%3A1&port=65535", Law.InCulture("ar-SA", () => Write(register)));
    }

    [Fact]
    public void A_callout_longer_than_the_limit_for_reading_is_written() => Assert.Equal(
        20000, Write(new MakeCallCallout { TelesetNumber = "1", AgentId = "2", DialString = new string('1', 20000 - 59) }).Length);

    [Theory]
    [InlineData("telesetNumber")]
    [InlineData("agentID")]
    [InlineData("agentPassword")]
    [InlineData("agentQueue")]
    public void A_property_that_is_null_is_refused(string field) => Refused(
        new LoginCallout
        {
            TelesetNumber = field == "telesetNumber" ? null! : "1",
            AgentId = field == "agentID" ? null! : "2",
            AgentPassword = field == "agentPassword" ? null! : new("3"),
            AgentQueue = field == "agentQueue" ? null! : "4",
        },
        ProtocolErrorKind.MissingField,
        field,
        0);

    [Theory]
    [InlineData("agentID", "agentID")]
    [InlineData("AGENTID", "agentID")]
    [InlineData("telesetnumber", "telesetNumber")]
    [InlineData("FunctionName", "FunctionName")]
    [InlineData("functionNAME", "FunctionName")]
    public void An_extra_field_named_like_a_parameter_is_refused(string name, string field) =>
        Refused(
            new ReadyCallout { TelesetNumber = "1", AgentId = "2", ExtraFields = [new("x", "y"), new(name, "3")] }, ProtocolErrorKind.DuplicateField, field, 0);

    [Fact]
    public void An_extra_number_is_refused_even_where_the_property_is_null() => Refused(
        new DialCanonicalCallout { TelesetNumber = "1", AgentId = "2", ExtraFields = [new("DialString", "3")] }, ProtocolErrorKind.DuplicateField, "dialString",
        0);

    [Fact]
    public void An_extra_field_named_like_a_parameter_of_another_callout_is_written() =>
        Assert.Equal("FunctionName=CheckStatus&agentID=3", Write(new CheckStatusCallout { ExtraFields = [new("agentID", "3")] }));

    [Fact]
    public void An_unknown_function_may_not_repeat_its_name() => Refused(
        new UnknownCallout("HoldCall") { ExtraFields = [new("FUNCTIONNAME", "Login")] }, ProtocolErrorKind.DuplicateField, "FunctionName", 0);

    [Theory]
    [InlineData("H", 0)]
    [InlineData("aL", 1)]
    [InlineData("HLH", 2)]
    [InlineData("LH", 0)]
    [InlineData("Ha", 0)]
    public void Half_a_surrogate_pair_is_refused(string halves, int offset) => Refused(
        new MakeCallCallout { TelesetNumber = "1", AgentId = "2", DialString = Halves.In(halves) }, ProtocolErrorKind.InvalidCharacter, "dialString", offset);

    [Fact]
    public void Half_a_surrogate_pair_in_an_extra_field_has_no_field() => Refused(
        new CheckStatusCallout { ExtraFields = [new("Zx7", "Zx7\uD83D")] }, ProtocolErrorKind.InvalidCharacter, null, 3);

    [Fact]
    public void Half_a_surrogate_pair_in_an_extra_name_has_no_field() => Refused(
        new CheckStatusCallout { ExtraFields = [new("Zx7\uD83D", "1")] }, ProtocolErrorKind.InvalidCharacter, null, 3);

    [Fact]
    public void Half_a_surrogate_pair_in_the_name_of_a_function_is_refused() =>
        Refused(new UnknownCallout("\uDE00"), ProtocolErrorKind.InvalidCharacter, "FunctionName", 0);

    [Fact]
    public void A_value_of_any_length_is_written()
    {
        // Longer than .NET Framework itself escapes.
        string value = string.Concat(Enumerable.Repeat("a+\U0001F600", 20_000));
        string query = Write(new UnknownCallout("Hold", WireFields.Empty.Add("a", value)));

        Assert.Equal("FunctionName=Hold&a=" + string.Concat(Enumerable.Repeat("a%2B%F0%9F%98%80", 20_000)), query);
    }

    [Fact]
    public void Null_is_not_written() => Assert.Throws<ArgumentNullException>("callout", () => Write(null!));

    private static string Write(Callout callout) => CalloutQueryFormatter.Default.Write(callout);

    private static void Refused(Callout callout, ProtocolErrorKind kind, string? field, int offset)
    {
        ProtocolError error = Assert.Throws<ProtocolFormatException>(() => Write(callout)).Error;
        Assert.Equal((kind, field, offset), (error.Kind, error.Field, error.Offset));
        Assert.DoesNotContain("Zx7", error.Message, StringComparison.Ordinal);
    }
}
