using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.Dispatch;

public class EventDestinationTests
{
    private const string OfThisMachine = "10.20.0.7";

    private static readonly EventDestinationOptions Defaults = OnMachine("127.0.0.1", OfThisMachine, "fd12::7%4", "fe80::7%4");

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", "127.0.0.1")]
    [InlineData("::1", "127.0.0.1", "127.0.0.1")]
    [InlineData("127.0.0.1", "127.0.0.2", "127.0.0.2")]
    [InlineData("127.0.0.1", "::1", "::1")]
    [InlineData("127.0.0.1", "[::1]", "::1")]
    [InlineData("127.0.0.1", "0:0:0:0:0:0:0:1", "::1")]
    [InlineData("127.0.0.1", "::ffff:127.0.0.1", "127.0.0.1")]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1", "127.0.0.1")]
    [InlineData("127.0.0.1", OfThisMachine, OfThisMachine)]
    [InlineData("127.0.0.1", "FD12:0:0:0:0:0:0:7", "fd12::7")]
    [InlineData(OfThisMachine, OfThisMachine, OfThisMachine)]
    [InlineData(OfThisMachine, "127.0.0.1", "127.0.0.1")]
    [InlineData("10.20.0.99", "10.20.0.99", "10.20.0.99")]
    [InlineData("::ffff:10.20.0.99", "10.20.0.99", "10.20.0.99")]
    [InlineData("fd12::99%4", "fd12::99", "fd12::99")]
    [InlineData(null, "127.0.0.1", "127.0.0.1")]
    public void Events_may_go_to_where_Register_came_from(string? peer, string address, string kept) => Allows(Defaults, peer, address, kept);

    [Theory]
    [InlineData("127.0.0.1", "10.20.0.99")]
    [InlineData("10.20.0.99", "10.20.0.98")]
    [InlineData("10.20.0.99", "127.0.0.1")]
    [InlineData("10.20.0.99", "::1")]
    [InlineData("10.20.0.99", OfThisMachine)]
    [InlineData(null, "10.20.0.99")]
    public void Events_may_go_to_nobody_else(string? peer, string address) => Refuses(Defaults, peer, address, "is not the sender's address");

    [Theory]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("desk-12.example.com")]
    [InlineData("127.1")]
    [InlineData("127.0.1")]
    [InlineData("0x7f000001")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("2130706433")]
    [InlineData("0177.0.0.1")]
    [InlineData("127.0.0.01")]
    [InlineData("127.0.0.1.")]
    [InlineData(" 127.0.0.1")]
    [InlineData("127.0.0.1:80")]
    [InlineData("127.0.0.1/32")]
    [InlineData("127.0.0.1%0")]
    [InlineData("::1%1")]
    [InlineData("[::1]:80")]
    [InlineData("[127.0.0.1")]
    [InlineData("user@127.0.0.1")]
    [InlineData("\u0661\u0662\u0667.0.0.1")]
    public void An_address_is_a_literal_one_in_its_usual_form(string address) =>
        Refuses(Defaults, "127.0.0.1", address, "is neither an IP address in its usual form");

    [Theory]
    [InlineData("0.0.0.0", "unspecified")]
    [InlineData("0.1.2.3", "unspecified")]
    [InlineData("::", "unspecified")]
    [InlineData("169.254.169.254", "link-local")]
    [InlineData("169.254.1.1", "link-local")]
    [InlineData("fe80::7", "link-local")]
    [InlineData("febf::1", "link-local")]
    [InlineData("224.0.0.1", "multicast")]
    [InlineData("239.255.255.250", "multicast")]
    [InlineData("ff02::1", "multicast")]
    [InlineData("255.255.255.255", "broadcast")]
    [InlineData("240.0.0.1", "broadcast or reserved")]
    [InlineData("fd00:ec2::254", "cloud")]
    [InlineData("fd20:ce::254", "cloud")]
    [InlineData("100.100.100.200", "cloud")]
    [InlineData("168.63.129.16", "cloud")]
    [InlineData("192.0.0.192", "cloud")]
    [InlineData("::ffff:169.254.169.254", "link-local")]
    [InlineData("::ffff:a9fe:a9fe", "link-local")]
    [InlineData("::169.254.169.254", "link-local address inside an IPv6 address")]
    [InlineData("::ffff:0:169.254.169.254", "link-local address inside an IPv6 address")]
    [InlineData("64:ff9b::a9fe:a9fe", "link-local address inside an IPv6 address")]
    [InlineData("64:ff9b:1::168.63.129.16", "cloud")]
    [InlineData("2002:a9fe:a9fe::1", "link-local address inside an IPv6 address")]
    [InlineData("2002:e000:1::1", "multicast address inside an IPv6 address")]
    public void Some_addresses_are_never_allowed(string address, string why)
    {
        EventDestinationOptions open = Defaults with { Allowed = AddressSet.Any };

        Refuses(Defaults, address, address, why);
        Refuses(open, "127.0.0.1", address, why);
        Refuses(open with { Source = EventDestinationSource.Peer }, address, "127.0.0.1", why);
        Refuses(OnMachine(address), "127.0.0.1", address, why);
    }

    [Theory]
    [InlineData("64:ff9b::a14:7")]
    [InlineData("2002:a14:7::1")]
    [InlineData("2001:db8::1")]
    [InlineData("203.0.113.9")]
    public void Other_addresses_are_allowed_where_the_options_say_so(string address) =>
        Allows(Defaults with { Allowed = AddressSet.Any }, "127.0.0.1", address, address);

    [Theory]
    [InlineData(1023, false)]
    [InlineData(1024, true)]
    [InlineData(65535, true)]
    [InlineData(80, false)]
    public void A_port_is_from_1024_on(int port, bool isAllowed)
    {
        string? problem = Resolve(Defaults, Messages.Register with { Port = port }, "127.0.0.1", out EbsAddress? listener);

        Assert.Equal(isAllowed, problem is null);
        Assert.Equal(isAllowed ? new EbsAddress("127.0.0.1", port) : null, listener);
        Assert.Equal(
            isAllowed ? null : "The port of Register is not from 1024 to 65535 (options LowestPort and HighestPort of EventDestinationOptions).", problem);
    }

    [Fact]
    public void The_ports_are_options()
    {
        EventDestinationOptions options = Defaults with { LowestPort = 80, HighestPort = 90 };

        Assert.All([80, 90], port => Assert.Null(Resolve(options, Messages.Register with { Port = port }, "127.0.0.1", out _)));
        Assert.All([79, 91, 8888], port => Assert.NotNull(Resolve(options, Messages.Register with { Port = port }, "127.0.0.1", out _)));
        Assert.NotNull(Resolve(Defaults with { LowestPort = 2, HighestPort = 1 }, Messages.Register with { Port = 1 }, "127.0.0.1", out _));
    }

    [Fact]
    public void Further_addresses_are_an_option()
    {
        EventDestinationOptions options = Defaults with { Allowed = AddressSet.Parse("10.30.0.0/16") };

        Allows(options, "127.0.0.1", "10.30.1.2", "10.30.1.2");
        Allows(options, "127.0.0.1", "::ffff:10.30.1.2", "10.30.1.2");
        Refuses(options, "127.0.0.1", "10.31.1.2", "is not the sender's address (127.0.0.1)");
    }

    [Fact]
    public void Host_names_are_an_option_and_exact()
    {
        EventDestinationOptions options = Defaults with { HostNames = ["desk-12.example.com"] };

        Allows(options, "127.0.0.1", "DESK-12.example.com", "DESK-12.example.com");
        Refuses(options, "127.0.0.1", "desk-12.example.com.evil.test", "nor an allowed host name");
        Refuses(options, "127.0.0.1", "desk-12", "nor an allowed host name");
        Assert.NotNull(Resolve(options, Messages.Register with { IpAddress = "desk-12.example.com", Port = 80 }, "127.0.0.1", out _));
    }

    [Fact]
    public void The_peers_address_with_Registers_port_is_an_option()
    {
        EventDestinationOptions options = Defaults with { Source = EventDestinationSource.Peer };

        Allows(options, "10.20.0.99", "169.254.169.254", "10.20.0.99");
        Allows(options, "::ffff:10.20.0.99", "nonsense", "10.20.0.99");
        Refuses(options, null, "127.0.0.1", "The sender's address of Register is not known");
        Assert.NotNull(Resolve(options, Messages.Register with { Port = 80 }, "127.0.0.1", out _));
    }

    [Fact]
    public void One_address_for_all_is_an_option_and_not_checked()
    {
        var gateway = new EbsAddress("gateway", 80);

        string? problem = Resolve(
            Defaults with { Fixed = gateway }, Messages.Register with { IpAddress = "nonsense", Port = 1 }, null, out EbsAddress? listener);

        Assert.Equal((null, gateway), (problem, listener));
    }

    [Fact]
    public void A_platform_that_does_not_tell_the_machines_addresses_leaves_loopback()
    {
        EventDestinationOptions options = OnMachine(() => throw new NotImplementedException());

        Allows(options, "127.0.0.1", "127.0.0.1", "127.0.0.1");
        Refuses(options, "127.0.0.1", OfThisMachine, "is not the sender's address");
    }

    [Fact]
    public void The_machines_own_addresses_are_the_peers_too_when_it_is_the_machine()
    {
        IPAddress[] own = [.. NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(one => one.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .Where(address => address.AddressFamily == AddressFamily.InterNetwork && !address.ToString().StartsWith("169.254.", StringComparison.Ordinal))];

        // Loopback is among them, so that there is always one.
        Assert.Contains(IPAddress.Loopback, own);
        Assert.All(own, address => Allows(new(), "127.0.0.1", address.ToString(), address.ToString()));
    }

    [Fact]
    public void No_refusal_repeats_what_is_no_address()
    {
        string problem = Refuses(Defaults, "127.0.0.1", "<script>s3cret", "");

        Assert.DoesNotContain("s3cret", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_with_the_same_values_are_equal()
    {
        Assert.Equal(new EventDestinationOptions { HostNames = ["a", "b"] }, new EventDestinationOptions { HostNames = ["a", "b"] });
        Assert.Equal(new EventDestinationOptions { HostNames = ["a"] }.GetHashCode(), new EventDestinationOptions { HostNames = ["a"] }.GetHashCode());
        Assert.NotEqual(new EventDestinationOptions { HostNames = ["a"] }, new EventDestinationOptions { HostNames = ["b"] });
    }

    [Fact]
    public void Mistakes_of_the_programmer_are_exceptions()
    {
        string[] names = ["a"];
        var options = new EventDestinationOptions { HostNames = names };
        names[0] = "b";
        Assert.Equal(["a"], options.HostNames);

        Assert.Throws<ArgumentNullException>(() => new EventDestinationOptions { Allowed = null! });
        Assert.Throws<ArgumentNullException>(() => new EventDestinationOptions { HostNames = null! });
        Assert.All(
            ["", "a b", "*.example.com", "10.20.0.7", "127.1", "::1", "a:80", null!],
            name => Assert.Contains(
                $"\"{name}\"", Assert.Throws<ArgumentException>(() => new EventDestinationOptions { HostNames = [name] }).Message, StringComparison.Ordinal));
        Assert.All([0, -1, 65536], port => Assert.Throws<ArgumentOutOfRangeException>(() => new EventDestinationOptions { LowestPort = port }));
        Assert.All([0, -1, 65536], port => Assert.Throws<ArgumentOutOfRangeException>(() => new EventDestinationOptions { HighestPort = port }));
    }

    private static void Allows(EventDestinationOptions options, string? peer, string address, string kept)
    {
        string? problem = Resolve(options, peer, address, out EbsAddress? listener);

        Assert.Null(problem);
        Assert.Equal((kept, 8888), (listener!.Host, listener.Port));
    }

    private static string Refuses(EventDestinationOptions options, string? peer, string address, string why)
    {
        string? problem = Resolve(options, peer, address, out EbsAddress? listener);

        Assert.Null(listener);
        Assert.Contains(why, problem, StringComparison.Ordinal);
        return problem!;
    }

    private static string? Resolve(EventDestinationOptions options, string? peer, string address, out EbsAddress? listener) =>
        Resolve(options, Messages.Register with { IpAddress = address }, peer, out listener);

    /// <returns>What Register is answered; null for a success.</returns>
    private static string? Resolve(EventDestinationOptions options, RegisterCallout register, string? peer, out EbsAddress? listener)
    {
        var agents = new InMemoryAgentRegistry();
        var context = new CalloutContext { ReceivedAt = default, RemoteAddress = peer is null ? null : IPAddress.Parse(peer) };
        var dispatcher = new CalloutDispatcher(new CalloutHandlers(), agents, new() { EventDestination = options });
        CalloutReply reply = dispatcher.DispatchAsync(register, context).AsTask().GetAwaiter().GetResult();
        listener = agents.FindAsync(register.Agent).AsTask().GetAwaiter().GetResult();
        return reply.ErrorMessage;
    }

    private static EventDestinationOptions OnMachine(params string[] addresses) => OnMachine(() => addresses.Select(IPAddress.Parse));

    /// <summary>A machine that has other addresses than the one of the test. What a machine has is no option of users.</summary>
    private static EventDestinationOptions OnMachine(Func<IEnumerable<IPAddress>> addresses) => new() { MachineAddresses = addresses };
}
