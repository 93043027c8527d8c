using System;
using System.Globalization;
using System.Text;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Protocol.Testing;
using OracleCct.Samples.Tests.Running;
using Xunit;

namespace OracleCct.Samples.Tests.Sip;

/// <summary>Tests the softphone when baresip is absent, stops, or sends invalid messages.</summary>
public class SipSoftphoneTests
{
    private const string Options = "Use --port N, --baresip HOST:PORT or --extension NUMBER.";

    private const string Incoming =
        """{"event":true,"type":"CALL_INCOMING","class":"call","direction":"incoming","peeruri":"sip:4155550100@x","id":"a","param":"%s%n"}""";

    [Theory]
    [InlineData("\"--prot\" is not an option. " + Options, "--prot", "3107")]
    [InlineData("--port requires a port number from 0 to 65535.", "--port")]
    [InlineData("--port requires a port number from 0 to 65535.", "--port", "65536")]
    [InlineData("--baresip requires a host and a port, for example 127.0.0.1:4444.", "--baresip", "127.0.0.1")]
    [InlineData("--extension requires the phone's extension in EBS, for example 70002.", "--extension")]
    public async Task An_invalid_option_is_reported_in_one_line(string message, params string[] options)
    {
        await using ChildProcess softphone = SamplePrograms.Start("SipSoftphone", Framework.Net, options);

        Assert.Equal(2, await softphone.ExitAsync());
        Assert.Equal(message, softphone.Errors);
        Assert.Equal("", softphone.Output);
    }

    [Fact]
    public async Task An_absent_phone_is_reported_in_one_line()
    {
        string nowhere = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{FreePorts.Tcp()}");
        await using ChildProcess softphone = SamplePrograms.Start("SipSoftphone", Framework.Net, "--port", "0", "--baresip", nowhere);

        Assert.Equal(2, await softphone.ExitAsync());
        Assert.StartsWith($"baresip with the module ctrl_tcp is not reachable at {nowhere} (", softphone.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', softphone.Errors);
        Assert.Equal("", softphone.Output);
    }

    [Fact]
    public async Task A_phone_without_an_account_is_reported_in_one_line()
    {
        using var phone = new ScriptedBaresip();
        await using ChildProcess softphone = SamplePrograms.Start("SipSoftphone", Framework.Net, "--port", "0", "--baresip", phone.Control);
        await phone.AcceptAsync("\n--- User Agents (0) ---\n\n");

        Assert.Equal(2, await softphone.ExitAsync());
        Assert.Equal($"baresip at {phone.Control} has no account. Add one, as in the folder baresip of the sample.", softphone.Errors);
        Assert.Equal("", softphone.Output);
    }

    [Fact]
    public async Task A_port_in_use_is_reported_in_one_line()
    {
        using var phone = new ScriptedBaresip();
        using var other = new ScriptedBaresip();
        Task<SipSite> starting = SipSite.StartAsync(phone.Control);
        await phone.AcceptAsync();
        await using SipSite site = await starting;
        string port = (await site.AskAsync("status", "listening ")).Split(':')[2].TrimEnd('/');

        await using ChildProcess second = SamplePrograms.Start("SipSoftphone", Framework.Net, "--port", port, "--baresip", other.Control);
        await other.AcceptAsync();

        Assert.Equal(2, await second.ExitAsync());
        Assert.StartsWith($"Port {port} is taken by another program", second.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', second.Errors);
    }

    [Fact]
    public async Task An_invalid_message_is_ignored_and_the_next_message_is_read()
    {
        using var phone = new ScriptedBaresip();
        await using SipSite site = await ReadyAsync(phone);

        foreach (string nonsense in (string[])["", "[]", "{", "{}", "{\"type\":7}", new string('[', 1000)])
        {
            await phone.SendAsync(nonsense);
            _ = await site.Softphone.LineAsync("a message that is neither an event nor a response");
        }

        await phone.SendAsync("""{"event":true,"type":"CALL_UPSIDE_DOWN","id":"a"}""");
        await phone.SendAsync("""{"event":true,"type":"CALL_CLOSED","id":"never seen","direction":"incoming"}""");
        await phone.SendAsync("""{"event":true,"type":"CALL_INCOMING","peeruri":"sip:4155550177@x"}""");
        await phone.SendAsync("""{"response":true,"ok":true,"data":"","token":"of nothing"}""");
        byte[] notUtf8 = [.. """{"type":"CALL_INCOMING","id":"a","peerdisplayname":"""u8, (byte)'"', 0xEB, 0xFF, .. "\",\"peeruri\":\"sip:4155550100@x\"}"u8];
        await phone.SendRawAsync(NetstringReader.Write(notUtf8));

        ScreenPopEvent pop = await site.Agent.ExpectAsync<ScreenPopEvent>(pop => pop.Ani == "4155550100");
        await phone.SendAsync("""{"event":true,"type":"CALL_CLOSED","id":"a","param":"\u001b[31m"}""");
        _ = await site.Agent.ExpectAsync<CallReleasedEvent>(released => released.SourceId == pop.SourceId);
        _ = await site.Softphone.LineAsync("has ended: ?[31m");
        site.Ebs.Verify();
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("99999999:{}")]
    [InlineData("3:{}}}}")]
    [InlineData("2:{}5")]
    public async Task It_reconnects_after_bytes_that_are_not_a_netstring(string nonsense)
    {
        using var phone = new ScriptedBaresip();
        await using SipSite site = await ReadyAsync(phone);
        await phone.SendAsync(Incoming);
        string id = (await site.Agent.ExpectAsync<ScreenPopEvent>()).SourceId;

        await phone.SendRawAsync(Encoding.UTF8.GetBytes(nonsense));

        _ = await site.Softphone.LineAsync("is lost (A message ");
        _ = await site.Agent.ExpectAsync<CallReleasedEvent>(released => released.SourceId == id);
        await phone.AcceptAsync();
        _ = await site.Softphone.LineAsync("is back.");
        site.Ebs.Verify();
    }

    [Fact]
    public async Task A_dial_that_the_phone_refuses_is_an_Error_and_no_call()
    {
        using var phone = new ScriptedBaresip();
        await using SipSite site = await ReadyAsync(phone);

        Task<UwqReply> dialling = site.Agent.MakeCallAsync("+1 415/555.0199");
        (string command, string token) = await phone.CommandAsync();
        Assert.Equal("dial +14155550199", command);
        await phone.RespondAsync(token, "\nno such\r\nroute\n", ok: false);

        Assert.Equal("The phone refuses to dial: no such route.", (await dialling).ErrorMessage);
        _ = await site.AskAsync("status", "no call");
        site.Ebs.Verify();
    }

    [Fact]
    public async Task A_dial_without_a_response_is_an_Error_and_the_softphone_reconnects()
    {
        using var phone = new ScriptedBaresip();
        await using SipSite site = await ReadyAsync(phone);

        Assert.Equal("The phone does not reply. Check that baresip is running.", (await site.Agent.MakeCallAsync("4155550198")).ErrorMessage);

        await phone.AcceptAsync();
        _ = await site.Softphone.LineAsync("is back.");
        site.Ebs.Verify();
    }

    [Fact]
    public async Task An_event_that_arrives_before_the_response_to_dial_is_not_lost()
    {
        using var phone = new ScriptedBaresip();
        await using SipSite site = await ReadyAsync(phone);

        Task<UwqReply> dialling = site.Agent.MakeCallAsync("4155550197");
        (_, string token) = await phone.CommandAsync();
        await phone.SendAsync("""{"event":true,"type":"CALL_CLOSED","direction":"outgoing","peeruri":"sip:4155550000@x","id":"an older one"}""");
        await phone.SendAsync("""{"event":true,"type":"CALL_ESTABLISHED","direction":"outgoing","peeruri":"sip:4155550197@x","id":"b"}""");
        await phone.SendAsync("""{"event":true,"type":"CALL_CLOSED","direction":"outgoing","peeruri":"sip:4155550197@x","id":"b"}""");
        await phone.RespondAsync(token, "");

        Assert.True((await dialling).IsSuccess);
        string id = (await site.Agent.ExpectAsync<ScreenPopEvent>()).SourceId;
        _ = await site.Agent.ExpectAsync<CallEstablishedEvent>(established => established.SourceId == id);
        _ = await site.Agent.ExpectAsync<CallReleasedEvent>(released => released.SourceId == id);

        dialling = site.Agent.MakeCallAsync("4155550196");
        (_, token) = await phone.CommandAsync();
        await phone.SendAsync("""{"event":true,"type":"CALL_CLOSED","direction":"outgoing","peeruri":"sip:4155550196@x","id":"c","param":"486 Busy Here"}""");
        await phone.RespondAsync(token, "");

        Assert.True((await dialling).IsSuccess);
        id = (await site.Agent.ExpectAsync<ScreenPopEvent>(pop => pop.Ani == "4155550196")).SourceId;
        _ = await site.Agent.ExpectAsync<CallReleasedEvent>(released => released.SourceId == id);
        _ = await site.AskAsync("status", "no call");
        site.Ebs.Verify();
    }

    [Fact]
    public async Task An_invalid_number_and_a_number_for_another_phone_are_not_dialled()
    {
        using var phone = new ScriptedBaresip();
        await using SipSite site = await ReadyAsync(phone);

        foreach (string number in (string[])["", "Zoë", "%s%s", "4155550100@example.com", "1\n2", "1+2", "#31#1", "*", new string('1', 41)])
        {
            UwqReply reply = await site.Agent.MakeCallAsync(number);
            Assert.EndsWith(" is not a number that this phone can dial. Use digits, * and a leading +.", reply.ErrorMessage, StringComparison.Ordinal);
        }

        UwqReply elsewhere = await site.Ebs.SendAsync(new MakeCallCallout { TelesetNumber = "70003", AgentId = "7001", DialString = "4155550100" });
        Assert.Equal("This phone has extension 70002, not 70003.", elsewhere.ErrorMessage);
        _ = await site.AskAsync("dial Zoë", "is not a number that this phone can dial.");
        _ = await site.AskAsync("hangup", "There is no call.");
        _ = await site.AskAsync("sing", "\"sing\" is not a command. Use answer, hangup, dial, status, quit or help.");
    }

    [Fact]
    public async Task The_extension_can_differ_from_the_account()
    {
        using var phone = new ScriptedBaresip();
        Task<SipSite> starting = SipSite.StartAsync(phone.Control, "--extension", "4711");
        await phone.AcceptAsync();
        await using SipSite site = await starting;

        await phone.SendAsync(Incoming);

        _ = await site.Softphone.LineAsync("No agent is registered at extension 4711");
    }

    private static async Task<SipSite> ReadyAsync(ScriptedBaresip phone)
    {
        Task<SipSite> starting = SipSite.ReadyAsync(phone.Control);
        await phone.AcceptAsync();
        return await starting;
    }
}
