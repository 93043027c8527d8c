using System;
using Xunit;

namespace OracleCct.Protocol.Tests.Callouts;

public class CalloutTests
{
    private static readonly LoginCallout Login = new()
    {
        TelesetNumber = "70002",
        AgentId = "7001",
        AgentPassword = new("Zx7"),
        AgentQueue = "7700",
        ExtraFields = [new("Qk9", "Qk9")],
    };

    private static readonly LogoutCallout Logout = new()
    {
        TelesetNumber = "70002",
        AgentId = "7001",
        AgentPassword = new("Zx7"),
        AgentQueue = "7700",
        ExtraFields = [new("Qk9", "Qk9")],
    };

    [Fact]
    public void Callouts_with_equal_fields_are_equal()
    {
        LoginCallout same = Login with { AgentPassword = new("Zx7"), ExtraFields = WireFields.Empty.Add("Qk9", "Qk9") };
        Assert.Equal(Login, same);
        Assert.Equal(Login.GetHashCode(), same.GetHashCode());
        Assert.True(Login == same);
    }

    [Fact]
    public void A_callout_differs_by_any_of_its_fields()
    {
        Assert.NotEqual(Login, Login with { TelesetNumber = "" });
        Assert.NotEqual(Login, Login with { AgentId = "" });
        Assert.NotEqual(Login, Login with { AgentPassword = new("zx7") });
        Assert.NotEqual(Login, Login with { AgentQueue = "" });
        Assert.NotEqual(Login, Login with { ExtraFields = [] });
    }

    [Fact]
    public void Callouts_of_two_functions_are_never_equal() => Assert.NotEqual<Callout>(Login, Logout);

    [Fact]
    public void A_copy_changes_what_it_names_and_nothing_else()
    {
        LoginCallout copy = Login with { AgentId = "1" };
        Assert.Equal(("70002", "1", "7001"), (copy.TelesetNumber, copy.AgentId, Login.AgentId));
        Assert.Same(Login.ExtraFields, copy.ExtraFields);
    }

    [Fact]
    public void The_text_of_a_login_shows_neither_password_nor_extra_field() => Assert.Equal(
        "LoginCallout { FunctionName = Login, ExtraFields = 1 field, TelesetNumber = 70002, AgentId = 7001, Agent = agent 7001 at 70002, "
        + "AgentPassword = ***, AgentQueue = 7700 }",
        Login.ToString());

    [Fact]
    public void The_text_of_a_logout_shows_neither_password_nor_extra_field() => Assert.Equal(
        "LogoutCallout { FunctionName = Logout, ExtraFields = 1 field, TelesetNumber = 70002, AgentId = 7001, Agent = agent 7001 at 70002, "
        + "AgentPassword = ***, AgentQueue = 7700 }",
        Logout.ToString());

    [Fact]
    public void The_text_of_an_unknown_callout_shows_no_field() =>
        Assert.DoesNotContain(
            "Zx7", new UnknownCallout("HoldCall") { ExtraFields = [new("agentPassword", "Zx7"), new("Zx7", "")] }.ToString(), StringComparison.Ordinal);

    [Fact]
    public void Extra_fields_are_empty_by_default_and_never_null()
    {
        Assert.Same(WireFields.Empty, new CheckStatusCallout().ExtraFields);
        Assert.Throws<ArgumentNullException>(() => new CheckStatusCallout { ExtraFields = null! });
    }

    [Theory]
    [InlineData("Register")]
    [InlineData("unregister")]
    [InlineData("UnRegister")]
    [InlineData("LOGIN")]
    [InlineData("Logout")]
    [InlineData("Ready")]
    [InlineData("NotReady")]
    [InlineData("CheckStatus")]
    [InlineData("MakeCall")]
    [InlineData("dialcanonical")]
    public void An_unknown_callout_refuses_the_name_of_a_known_one(string known) =>
        Assert.Throws<ArgumentException>("functionName", () => new UnknownCallout(known));

    [Fact]
    public void An_unknown_callout_refuses_null() => Assert.Throws<ArgumentNullException>("functionName", () => new UnknownCallout(null!));

    [Fact]
    public void Unknown_callouts_differ_by_the_case_of_their_name() => Assert.NotEqual(new UnknownCallout("a"), new UnknownCallout("A"));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(65536)]
    public void A_register_callout_refuses_what_is_no_port(int port) => Assert.Throws<ArgumentOutOfRangeException>(
        () => new RegisterCallout { TelesetNumber = "1", AgentId = "2", IpAddress = "3", Port = port });

    [Fact]
    public void The_agent_is_the_pair_of_extension_and_id()
    {
        Assert.Equal(new AgentIdentity("70002", "7001"), Login.Agent);
        Assert.NotEqual(new AgentIdentity("7001", "70002"), Login.Agent);
        Assert.True(Login.Agent == Logout.Agent);
        Assert.True(Login.Agent != new AgentIdentity("70002", "7001 "));
        Assert.Equal(Login.Agent.GetHashCode(), Logout.Agent.GetHashCode());
        Assert.Equal("agent 7001 at 70002", Login.Agent.ToString());
    }

    [Fact]
    public void An_identity_made_of_nothing_is_empty_and_not_null()
    {
        Assert.Equal(("", ""), (default(AgentIdentity).TelesetNumber, default(AgentIdentity).AgentId));
        Assert.Equal(new AgentIdentity("", ""), default);
        Assert.False(default(AgentIdentity).Equals("agent"));
    }

    [Fact]
    public void An_identity_refuses_null()
    {
        Assert.Throws<ArgumentNullException>("telesetNumber", () => new AgentIdentity(null!, ""));
        Assert.Throws<ArgumentNullException>("agentId", () => new AgentIdentity("", null!));
    }

    [Theory]
    [InlineData("FunctionName=Login;telesetNumber=70002;agentPassword=s3cret")]
    [InlineData("FunctionName=Login%26agentPassword%3Ds3cret")]
    public void A_password_that_ends_up_in_the_functions_name_is_not_shown(string text)
    {
        Callout callout = CalloutQueryFormatter.Default.Read(text);

        Assert.Equal("UnknownCallout { FunctionName = Login…, ExtraFields = 0 fields }", callout.ToString());
    }
}
