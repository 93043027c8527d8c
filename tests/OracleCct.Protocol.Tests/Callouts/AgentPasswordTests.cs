using System;
using System.Diagnostics;
using System.Reflection;
using Xunit;

namespace OracleCct.Protocol.Tests.Callouts;

public class AgentPasswordTests
{
    [Theory]
    [InlineData("Zx7")]
    [InlineData("")]
    public void Its_text_is_three_stars(string password)
    {
        Assert.Equal("***", new AgentPassword(password).ToString());
        Assert.Equal("***", $"{new AgentPassword(password)}");
    }

    [Fact]
    public void It_is_revealed_on_demand() => Assert.Equal("Zx7", new AgentPassword("Zx7").Reveal());

    [Fact]
    public void Equal_texts_are_equal_passwords()
    {
        var password = new AgentPassword("Zx7");
        Assert.True(password == new AgentPassword("Zx7"));
        Assert.False(password != new AgentPassword("Zx7"));
        Assert.True(password.Equals((object)new AgentPassword("Zx7")));
        Assert.Equal(password.GetHashCode(), new AgentPassword("Zx7").GetHashCode());
    }

    [Fact]
    public void Case_matters()
    {
        Assert.True(new AgentPassword("Zx7") != new AgentPassword("zX7"));
        Assert.False(new AgentPassword("Zx7").Equals("Zx7"));
    }

    [Fact]
    public void Null_equals_null_only()
    {
        AgentPassword? none = null;
        Assert.True(none == null);
        Assert.True(none != new AgentPassword(""));
        Assert.True(new AgentPassword("") != none);
    }

    [Fact]
    public void It_refuses_null() => Assert.Throws<ArgumentNullException>("text", () => new AgentPassword(null!));

    [Fact]
    public void A_debugger_shows_three_stars_and_no_field()
    {
        Assert.Equal("***", typeof(AgentPassword).GetCustomAttribute<DebuggerDisplayAttribute>()?.Value);
        Assert.All(
            typeof(AgentPassword).GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public),
            field => Assert.Equal(DebuggerBrowsableState.Never, field.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State));
    }

    /// <summary>Serializers, loggers and binders read properties.</summary>
    [Fact]
    public void It_has_no_property() => Assert.Empty(typeof(AgentPassword).GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic));

    [Fact]
    public void It_converts_to_nothing_by_itself() =>
        Assert.DoesNotContain(typeof(AgentPassword).GetMethods(), method => method.Name is "op_Implicit" or "op_Explicit");

#if NET
    [Fact]
    public void Json_does_not_hold_it()
    {
        var login = new LoginCallout { TelesetNumber = "1", AgentId = "2", AgentPassword = new("Zx7"), AgentQueue = "3" };
        Assert.Equal("{}", System.Text.Json.JsonSerializer.Serialize(login.AgentPassword));
        Assert.DoesNotContain("Zx7", System.Text.Json.JsonSerializer.Serialize(login), StringComparison.Ordinal);
        Assert.DoesNotContain("Zx7", System.Text.Json.JsonSerializer.Serialize<object>(login), StringComparison.Ordinal);
    }
#endif
}
