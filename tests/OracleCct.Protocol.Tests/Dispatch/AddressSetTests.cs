using System;
using System.Net;
using Xunit;

namespace OracleCct.Protocol.Tests.Dispatch;

public class AddressSetTests
{
    [Theory]
    [InlineData("10.20.0.0/16", "10.20.0.0", true)]
    [InlineData("10.20.0.0/16", "10.20.255.255", true)]
    [InlineData("10.20.0.0/16", "10.21.0.0", false)]
    [InlineData("10.20.0.0/16", "10.19.255.255", false)]
    [InlineData("10.20.0.0/15", "10.21.255.255", true)]
    [InlineData("10.20.0.8/29", "10.20.0.15", true)]
    [InlineData("10.20.0.8/29", "10.20.0.16", false)]
    [InlineData("10.20.0.7", "10.20.0.7", true)]
    [InlineData("10.20.0.7", "10.20.0.6", false)]
    [InlineData("10.20.0.7/32", "10.20.0.7", true)]
    [InlineData("0.0.0.0/0", "255.255.255.255", true)]
    [InlineData("0.0.0.0/0", "::1", false)]
    [InlineData("::/0", "10.0.0.1", false)]
    [InlineData("::/0", "::ffff:10.0.0.1", false)]
    [InlineData("fd12:3456::/32", "fd12:3456:ffff::1", true)]
    [InlineData("fd12:3456::/32", "fd12:3457::", false)]
    [InlineData("fe80::/10", "febf::1", true)]
    [InlineData("fe80::/10", "fec0::1", false)]
    [InlineData("fe80::/10", "fe80::1%3", true)]
    [InlineData("10.20.0.0/16", "::ffff:10.20.0.1", true)]
    [InlineData("::ffff:10.20.0.0/112", "10.20.0.1", true)]
    [InlineData("::ffff:10.20.0.0/112", "10.21.0.1", false)]
    [InlineData("::ffff:10.20.0.7", "10.20.0.7", true)]
    [InlineData("0000:0000:0000:0000:0000:ffff:255.255.255.255", "255.255.255.255", true)]
    public void A_set_holds_its_addresses_and_no_others(string network, string address, bool isInside) =>
        Assert.Equal(isInside, AddressSet.Parse("192.0.2.1", network).Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.255.255.255", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("128.0.0.1", false)]
    [InlineData("::2", false)]
    [InlineData("::127.0.0.1", false)]
    [InlineData("0.0.0.0", false)]
    public void Loopback_is_the_machine_itself(string address, bool isInside) => Assert.Equal(isInside, AddressSet.Loopback.Contains(IPAddress.Parse(address)));

    [Fact]
    public void Any_holds_every_address_and_None_none()
    {
        Assert.All(["0.0.0.0", "255.255.255.255", "::", "ffff::", "::ffff:1.2.3.4"], text => Assert.True(AddressSet.Any.Contains(IPAddress.Parse(text))));
        Assert.All(["0.0.0.0", "127.0.0.1", "::1"], text => Assert.False(AddressSet.None.Contains(IPAddress.Parse(text))));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("localhost")]
    [InlineData("10.20.0.0/")]
    [InlineData("10.20.0.0/33")]
    [InlineData("10.20.0.0/-1")]
    [InlineData("10.20.0.0/ 8")]
    [InlineData("10.20.0.0/16/16")]
    [InlineData("10.20.0.0/255.255.0.0")]
    [InlineData("10.20.0.7/16")]
    [InlineData("fd12::1/64")]
    [InlineData("fd12::/129")]
    [InlineData("::ffff:10.20.0.0/95")]
    [InlineData("::ffff:0.0.0.0/95")]
    [InlineData("10.20")]
    [InlineData("010.20.0.0")]
    [InlineData("0x7f000001")]
    [InlineData("2130706433")]
    [InlineData("10.20.0.256")]
    [InlineData("fe80::1%3")]
    [InlineData("[::1]")]
    [InlineData("1::2::3")]
    [InlineData("*")]
    public void What_is_no_network_is_an_error_that_names_it(string text)
    {
        FormatException error = Assert.Throws<FormatException>(() => AddressSet.Parse("10.0.0.0/8", text));

        Assert.StartsWith($"\"{text}\" ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bits_beyond_the_prefix_are_an_error_that_says_what_to_write() =>
        Assert.Equal(
            "\"10.20.0.7/16\" has bits set beyond its prefix. Use 10.20.0.0/16 for the network, or 10.20.0.7 for the address.",
            Assert.Throws<FormatException>(() => AddressSet.Parse("10.20.0.7/16")).Message);

    [Fact]
    public void Sets_of_the_same_networks_are_equal()
    {
        AddressSet one = AddressSet.Parse("10.0.0.0/8", "fd12::/64", "10.20.0.0/16", "10.0.0.0/8");
        AddressSet other = AddressSet.Parse("FD12:0::/64", "::ffff:10.0.0.0/104");

        Assert.Equal(one, other);
        Assert.True(one == other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, AddressSet.Parse("10.0.0.0/8"));
        Assert.NotEqual(AddressSet.Parse("10.0.0.0/8"), AddressSet.Parse("10.0.0.0/16"));
        Assert.Equal(AddressSet.Parse("10.0.0.0/8"), AddressSet.Parse("10.0.0.0/16", "10.0.0.0/8"));
        Assert.True(one != AddressSet.Any);
        Assert.Equal(AddressSet.None, AddressSet.Parse());
        Assert.Equal("10.0.0.0/8, fd12::/64", one.ToString());
        Assert.Equal("127.0.0.0/8, ::1", AddressSet.Loopback.ToString());
        Assert.Equal("none", AddressSet.None.ToString());
    }

    [Fact]
    public void Mistakes_of_the_programmer_are_exceptions()
    {
        Assert.Throws<ArgumentNullException>(() => AddressSet.Parse(null!));
        Assert.Throws<ArgumentNullException>(() => AddressSet.Parse("10.0.0.0/8", null!));
        Assert.Throws<ArgumentNullException>(() => AddressSet.Any.Contains(null!));
    }
}
