using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.Agents;

public class AgentsTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1:8888")]
    [InlineData("::1", "[::1]:8888")]
    [InlineData("[::1]", "[::1]:8888")]
    [InlineData("desk-12.example.com", "desk-12.example.com:8888")]
    public void A_listener_address_takes_addresses_and_names(string host, string text) => Assert.Equal(text, new EbsAddress(host, 8888).ToString());

    [Theory]
    [InlineData("", 8888)]
    [InlineData("a b", 8888)]
    [InlineData("host:80", 8888)]
    [InlineData("host/", 8888)]
    [InlineData("user@host", 8888)]
    [InlineData("127.0.0.1", 0)]
    [InlineData("127.0.0.1", 65536)]
    public void A_listener_address_takes_nothing_else(string host, int port) => Assert.ThrowsAny<ArgumentException>(() => new EbsAddress(host, port));

    [Fact]
    public void Hosts_are_equal_without_regard_to_case_and_ports_must_match()
    {
        Assert.Equal(new EbsAddress("Desk", 1), new EbsAddress("DESK", 1));
        Assert.Equal(new EbsAddress("Desk", 1).GetHashCode(), new EbsAddress("DESK", 1).GetHashCode());
        Assert.Equal(new EbsAddress("[::1]", 1), new EbsAddress("::1", 1));
        Assert.NotEqual(new EbsAddress("desk", 1), new EbsAddress("desk", 2));
        Assert.NotEqual(new EbsAddress("desk", 1), new EbsAddress("task", 1));
    }

    [Fact]
    public void An_agent_is_the_pair_of_extension_and_id()
    {
        Assert.Equal(new AgentIdentity("70002", "7001"), Messages.Login.Agent);
        Assert.NotEqual(new AgentIdentity("70002", "7001"), new AgentIdentity("70003", "7001"));
        Assert.NotEqual(new AgentIdentity("70002", "7001"), new AgentIdentity("70002", "7002"));
        Assert.NotEqual(new AgentIdentity("1", "2"), new AgentIdentity("2", "1"));
        Assert.Equal(default, new AgentIdentity("", ""));
        Assert.Equal("agent 7001 at 70002", new AgentIdentity("70002", "7001").ToString());
    }

    [Fact]
    public async Task The_registry_keeps_the_last_address_of_each_agent()
    {
        var registry = new InMemoryAgentRegistry();
        var other = new AgentIdentity("70003", "7002");
        await registry.RegisterAsync(Messages.Agent, new("127.0.0.1", 8888));
        await registry.RegisterAsync(other, new("127.0.0.1", 8889));
        await registry.RegisterAsync(Messages.Agent, new("127.0.0.1", 9999));

        IReadOnlyDictionary<AgentIdentity, EbsAddress> all = await registry.ListAsync();

        Assert.Equal(2, all.Count);
        Assert.Equal(new EbsAddress("127.0.0.1", 9999), all[Messages.Agent]);
        Assert.Equal(new EbsAddress("127.0.0.1", 8889), await registry.FindAsync(other));
        Assert.True(await registry.UnregisterAsync(other));
        Assert.False(await registry.UnregisterAsync(other));
        Assert.Equal(2, all.Count);
    }

    [Fact]
    public async Task The_registry_refuses_no_address_at_all() =>
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await new InMemoryAgentRegistry().RegisterAsync(Messages.Agent, null!));
}
