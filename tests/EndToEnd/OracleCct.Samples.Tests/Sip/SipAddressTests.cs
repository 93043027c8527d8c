using Xunit;

namespace OracleCct.Samples.Tests.Sip;

public class SipAddressTests
{
    [Theory]
    [InlineData("sip:+14155550100@example.com;transport=udp", "14155550100")]
    [InlineData("sip:+1(415)555-0100@example.com", "14155550100")]
    [InlineData("SIP:%2B14155550100@[::1]:5060", "14155550100")]
    [InlineData("sips:70002:secret@example.com", "70002")]
    [InlineData("sip:4155550100;phone-context=+1@example.com;user=phone?Subject=4711", "4155550100")]
    [InlineData("tel:+1-415-555-0100;ext=12", "14155550100")]
    [InlineData("sip:123456789012345678901234567890@x", "123456789012345678901234567890")]
    [InlineData("sip:1234567890123456789012345678901@x", null)]
    [InlineData("sip:anonymous@anonymous.invalid", null)]
    [InlineData("sip:zoe.4155550100@example.com", null)]
    [InlineData("sip:%22415%22@example.com", null)]
    [InlineData("sip:%FF%@example.com", null)]
    [InlineData("sip:٤١٥@example.com", null)]
    [InlineData("sip:4155550100", null)]
    [InlineData("sip:@example.com", null)]
    [InlineData("mailto:4155550100@example.com", null)]
    [InlineData("4155550100@example.com", null)]
    [InlineData(":", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_number_consists_of_digits(string? address, string? number) => Assert.Equal(number, SipAddress.NumberOf(address));

    [Theory]
    [InlineData("127.0.0.1:4444", "127.0.0.1", 4444)]
    [InlineData("[::1]:1", "::1", 1)]
    [InlineData("phone.example.com:65535", "phone.example.com", 65535)]
    public void A_place_consists_of_a_host_and_a_port(string text, string host, int port)
    {
        Assert.Equal(new BaresipPlace(host, port), BaresipPlace.Read(text));
        Assert.Equal(text, BaresipPlace.Read(text)!.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("4444")]
    [InlineData(":4444")]
    [InlineData("localhost:")]
    [InlineData("localhost:0")]
    [InlineData("localhost:65536")]
    [InlineData("local host:4444")]
    [InlineData("::1:4444x")]
    public void An_invalid_place_is_not_read(string text) => Assert.Null(BaresipPlace.Read(text));
}
