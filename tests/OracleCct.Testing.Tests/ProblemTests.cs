using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using OracleCct.Protocol;
using OracleCct.Protocol.Testing;
using OracleCct.Protocol.Tests.Support;
using OracleCct.Testing.Tests.Support;
using Xunit;

namespace OracleCct.Testing.Tests;

/// <summary>Each check has a row that fires and a near miss that does not.</summary>
public class ProblemTests
{
    private const string Established = """<CCTSDK><event name="CallEstablished"><data name="occtSourceID" value="1"/></event></CCTSDK>""";

    private static readonly string[] OfConnections = ["UWQ012"];
    private static readonly string[] OfReplies = ["UWQ201", "UWQ202", "UWQ203", "UWQ204", "UWQ205", "UWQ206"];
    private static readonly string[] OfTheTest = ["UWQ301", "UWQ302"];

    /// <summary>The code, a request that fires, and one that nearly does.</summary>
    public static TheoryData<string, string, string> Wire => new()
    {
        { "UWQ001", Request(method: "PUT"), Request() },
        { "UWQ002", Request(target: "/events"), Request(target: "/") },
        { "UWQ003", Request(type: "application/xml"), Request(type: "Text/XML; charset=us-ascii") },
        {
            "UWQ004",
            $"POST / HTTP/1.1\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n{Established.Length:x}\r\n{Established}\r\n0\r\n\r\n",
            Request(headers: "TE: chunked\r\n")
        },
        { "UWQ005", Request(headers: "Expect: 100-continue\r\n"), Request(headers: "X-Expect: 100-continue\r\n") },
        { "UWQ006", Request(body: Utf8("\uFEFF" + Established)), Request(body: "\r\n" + Established) },
        { "UWQ007", Request(body: "<?xml version=\"1.0\"?>" + Established), Request(body: "<!-- xml -->" + Established) },
        { "UWQ008", Request(body: Utf8(Established.Replace("\"1\"", "\"é\""))), Request(body: Established.Replace("\"1\"", "\"&#233;\"")) },
        {
            "UWQ009",
            Request(body: Established.Replace("</event>", """</event><event name="CallReleased"><data name="occtSourceID" value="1"/></event>""")),
            Request()
        },
        { "UWQ010", Request(body: Utf8(Established.Replace("\"1\"", "\u201D1\u201D"))), Request(body: Established.Replace("\"1\"", "'1'")) },
        { "UWQ011", Request(headers: "Content-Length: 2000000\r\n"), Request() },
        { "UWQ110", Request(body: Established.Replace("CallE", "callE")), Request(body: """<CCTSDK><event name="TelephonyEnabled"></event></CCTSDK>""") },
        { "UWQ111", Request(body: WithPair("agentPassword", "1234")), Request(body: WithPair("InvoiceNum", "1234")) },
    };

    /// <summary>
    /// The code, and what happens: p, e and r are a call's events, R Ready, M MakeCall, F one that fails, U Unregister, in upper case B at another agent's
    /// listener.
    /// </summary>
    public static TheoryData<string, string, string> Order => new()
    {
        { "UWQ101", "p1 R p1", "p1 R p2" },
        { "UWQ102", "p1 B:e1", "p1 B:p2" },
        { "UWQ103", "e1", "p1 e1" },
        { "UWQ104", "r1", "p1 r1" },
        { "UWQ105", "p1 e1 e1", "p1 e1 r1" },
        { "UWQ106", "p1 r1 e1", "p1 e1 r1" },
        { "UWQ107", "p1 e1 r1 r1", "p1 e1 r1" },
        { "UWQ108", "p1 r1 p2", "p1 r1 R p2 r2 M p3" },
        { "UWQ109", "U p1", "p1 r1 U" },
        { "CCT126", "s1", "p1" },
    };

    /// <summary>The code, and the answers of a server.</summary>
    public static TheoryData<string, string?, string?> Replies => new()
    {
        { "UWQ201", ScriptedServer.Response(403, ""), ScriptedServer.Response(204, "") },
        { "UWQ202", "", ScriptedServer.Response(200, "") },
        { "UWQ203", null, ScriptedServer.Response(200, "") },
        { "UWQ204", ScriptedServer.Response(200, "OK"), ScriptedServer.Response(200, "<CCTSDK></CCTSDK>") },
        { "UWQ205", ErrorReply("open sesame is wrong."), ErrorReply("The password is wrong.") },
        { "UWQ206", ScriptedServer.Response(302, "", "Location: /phone\r\n"), ScriptedServer.Response(204, "") },
    };

    [Theory, MemberData(nameof(Wire))]
    public async Task The_form_of_an_event_is_checked(string code, string fires, string nearMiss)
    {
        foreach ((string request, bool expected) in new[] { (fires, true), (nearMiss, false) })
        {
            await using UwqSimulator uwq = UwqSimulator.Start(new("http://127.0.0.1:9"));
            UwqAgent agent = uwq.AddAgent("70002", "7001");

            string answer = await RawHttp.SendAsync(new($"http://{agent.EbsAddress}"), request);

            Assert.Contains("200 OK", answer);
            Assert.Equal(expected, Lines.Codes(uwq).Contains(code));
            UwqProblem[] problems = [.. uwq.Problems.Where(problem => problem.Code == code)];
            Assert.All(problems, problem => Assert.Equal(agent.Identity, problem.Agent));
            Assert.All(problems, problem => Assert.Contains(problem, Assert.Single(uwq.Messages).Problems));
        }
    }

    [Theory, MemberData(nameof(Order))]
    public async Task The_order_of_events_is_checked(string code, string fires, string nearMiss)
    {
        await using Lines right = await PlayAsync(nearMiss);
        Assert.DoesNotContain(code, Lines.Codes(right.Uwq));

        await using Lines wrong = await PlayAsync(fires);
        UwqProblem problem = Assert.Single(wrong.Uwq.Problems, problem => problem.Code == code);
        Assert.Contains(problem, wrong.Uwq.Messages[wrong.Uwq.Messages.Count - 1].Problems);
    }

    [Theory]
    [InlineData("M M p1 p2", false)] // both were dialled before the first popped
    [InlineData("M M p1 p2 p3 p4", true)]
    [InlineData("M M p1 r1 p2 r2 R p3", false)]
    [InlineData("R M p1 r1 p2", false)] // p1 may have been the call of Ready, which came in before the number popped
    [InlineData("R M p1 r1 p2 r2 p3", true)]
    [InlineData("R p1 M r1 p2", false)]
    [InlineData("R M p1 r1 R M p2 r2 R p3 p4", true)] // what was dialled before Ready had popped
    [InlineData("p1 F p2", true)] // nothing was dialled
    public async Task Each_number_that_is_dialled_may_pop_once(string script, bool isFound)
    {
        await using Lines lines = await PlayAsync(script);

        Assert.Equal(isFound ? ["UWQ108"] : [], Lines.Codes(lines.Uwq));
    }

    [Fact]
    public async Task An_agent_whose_Register_had_its_reply_lost_may_be_registered()
    {
        using var server = new ScriptedServer(async connection => _ = await connection.ReadRequestAsync());
        await using UwqSimulator uwq = UwqSimulator.Start(new($"http://{server.Address}"), new() { SwitchedOff = ["UWQ202"] });
        UwqAgent agent = uwq.AddAgent("70002", "7001");
        using var client = new HttpEventClient();

        Assert.Equal(UwqReplyKind.NoAnswer, (await agent.RegisterAsync()).Kind);
        Assert.Equal(EventDeliveryStatus.Delivered, (await client.SendAsync(agent.EbsAddress, Lines.Pop("1"))).Status);

        Assert.Empty(uwq.Problems);
    }

    [Theory, MemberData(nameof(Replies))]
    public async Task A_reply_is_checked(string code, string? fires, string? nearMiss)
    {
        foreach ((string? answer, bool expected) in new[] { (fires, true), (nearMiss, false) })
        {
            using var server = new ScriptedServer(async connection =>
            {
                _ = await connection.ReadRequestAsync();
                await (answer is null ? connection.HangAsync() : connection.WriteAsync(answer));
            });
            await using UwqSimulator uwq = UwqSimulator.Start(
                new($"http://{server.Address}"), new() { CalloutTimeout = answer is null ? TimeSpan.FromMilliseconds(200) : Deadline.Limit });
            UwqAgent agent = uwq.AddAgent("70002", "7001", new() { Password = new("open sesame") });

            UwqReply reply = await agent.LoginAsync();

            Assert.Equal(expected ? [code] : [], Lines.Codes(uwq));
            Assert.DoesNotContain("sesame", reply.ToString() + reply.Body + uwq.Transcript);
        }
    }

    [Theory]
    [InlineData("a&b", "<html>FunctionName=Login&amp;agentPassword=a&amp;b</html>", true)]
    [InlineData("a&bé", "<html>FunctionName=Login&amp;agentPassword=a%26b%c3%a9</html>", true)]
    [InlineData(
        "hunter2",
        "<CCTSDK><event name=\"Error\"><data name=\"occtErrorMsg\" value=\"No.\"/><data name=\"KeyErrorDetails\" value=\"hunter&#50;\"/></event></CCTSDK>",
        true)]
    [InlineData("hunter2", "<CCTSDK><event name=\"X\"><data name=\"extra\" value=\"hunter2\"/></event></CCTSDK>", true)]
    [InlineData("p\"w\\é", "{\"agentPassword\": \"p\\\"w\\\\\\u00e9\"}", true)]
    [InlineData("sésame", "FunctionName=Login&agentPassword=s%E9same", true)]
    [InlineData("value", "<CCTSDK><event name=\"Error\"><data name=\"occtErrorMsg\" value=\"No.\"/></event></CCTSDK>", false)]
    [InlineData("7001", "<CCTSDK><event name=\"Error\"><data name=\"occtErrorMsg\" value=\"Agent 7001 is unknown.\"/></event></CCTSDK>", false)]
    [InlineData("55", "<CCTSDK><event name=\"Error\"><data name=\"occtErrorMsg\" value=\"4155550100 is busy.\"/></event></CCTSDK>", false)]
    public async Task A_password_is_found_in_whatever_spelling_and_nothing_else_is_taken_for_one(string password, string body, bool isRepeated)
    {
        using var server = new ScriptedServer(async connection =>
        {
            _ = await connection.ReadRequestAsync();
            await connection.WriteAsync(ScriptedServer.Response(200, body));
        });
        await using UwqSimulator uwq = UwqSimulator.Start(new($"http://{server.Address}"));
        UwqAgent agent = uwq.AddAgent("70002", "7001", new() { Password = new(password) });

        // Ready has no password, but the simulator knows the agent's.
        UwqReply reply = await agent.ReadyAsync();

        Assert.Equal(isRepeated, Lines.Codes(uwq).Contains("UWQ205"));
        if (isRepeated)
        {
            string shown = reply.Body + reply + uwq.Transcript;
            Assert.DoesNotContain(password, System.Net.WebUtility.HtmlDecode(shown), StringComparison.Ordinal);
            Assert.DoesNotContain(password, Uri.UnescapeDataString(shown), StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains(reply.ErrorMessage!, body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("FunctionName=Login&telesetNumber=70002&agentID=7001&AgentPwd=hunter2&agentQueue=", "bad pwd hunter2")]
    [InlineData("FunctionName=LogIn2&telesetNumber=70002&agentID=7001&password=hunter2", "bad pwd hunter2")]
    [InlineData("FunctionName=Unlock&pin=hunter%32", "hunter2?")]
    [InlineData("FunctionName=Login%26telesetNumber%3D70002%26agentID%3D7001%26agentPassword%3Dhunter2", "bad pwd hunter2")]
    [InlineData("FunctionName=Ready&telesetNumber=70002&agentID=7001;agentPassword=hunter2", "no agent 7001;agentPassword=hunter2")]
    [InlineData("FunctionName=Ready&agentQueue=7700&agentQueue=hunter2", "no queue hunter2")]
    public async Task What_of_a_callout_may_be_a_password_is_not_shown_in_its_reply(string query, string reply)
    {
        using var server = ScriptedServer.Answering(ErrorReply(reply));
        await using UwqSimulator uwq = UwqSimulator.Start(new($"http://{server.Address}"));
        _ = uwq.AddAgent("70002", "7001");

        UwqReply shown = await uwq.SendQueryAsync(query);

        Assert.Equal(["UWQ205"], Lines.Codes(uwq));
        Assert.DoesNotContain("hunter2", shown + shown.Body + uwq.Transcript + Assert.Single(uwq.Messages).Name, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FunctionName=MakeCall&telesetNumber=70002&agentID=7001&dialString=%2B1+415+555+0100", "+1 415 555 0100 is busy.")]
    [InlineData("FunctionName=login&telesetNumber=70002&agentID=7001&agentPassword=sesame&agentQueue=Müller", "login at Müller: wrong password of 7001")]
    [InlineData("FunctionName=Transfer&to=703", "703 is busy.")] // so short a text stands in many by chance
    public async Task What_of_a_callout_is_no_password_may_be_repeated(string query, string reply)
    {
        await using Lines lines = Lines.Open(reply: _ => CalloutReply.Error(reply));

        Assert.Equal(reply, (await lines.Uwq.SendQueryAsync(query)).ErrorMessage);
        Assert.Empty(lines.Uwq.Problems);
    }

    [Fact]
    public async Task The_password_of_an_agent_who_is_gone_is_still_a_secret()
    {
        await using Lines lines = Lines.Open(reply: _ => CalloutReply.Error("hunter2 and 7002"));
        UwqAgent agent = lines.Uwq.AddAgent("70003", "7002", new() { Password = new("hunter2") });
        _ = await lines.Uwq.RemoveAgentAsync(agent);

        Assert.Equal("*** and 7002", (await lines.Agent.ReadyAsync()).ErrorMessage);
        Assert.Equal(["UWQ205"], Lines.Codes(lines.Uwq));
    }

    [Theory]
    [InlineData(UwqQueryEncoding.None)]
    [InlineData(UwqQueryEncoding.JavaUrlEncoder)]
    public async Task A_password_that_the_query_cuts_in_two_is_hidden_as_a_whole(UwqQueryEncoding encoding)
    {
        using var server = ScriptedServer.Answering(ScriptedServer.Response(200, "a&amp;boo a&boo"));
        await using UwqSimulator uwq = UwqSimulator.Start(new($"http://{server.Address}"), new() { QueryEncoding = encoding });

        UwqReply reply = await uwq.SendAsync(new LoginCallout { TelesetNumber = "70002", AgentId = "7001", AgentPassword = new("a&boo"), AgentQueue = "" });

        Assert.DoesNotContain("boo", reply + reply.Body + uwq.Transcript, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hunter2", "agentPassword", "hunter2")]
    [InlineData("hunter2", "Note", "her password: hunter&#50;!")]
    [InlineData("1234", "agentPassword", "1234")]
    public async Task An_agents_password_in_an_event_is_not_shown_and_a_problem(string password, string name, string value)
    {
        await using UwqSimulator uwq = UwqSimulator.Start(new("http://127.0.0.1:9"), new() { SwitchedOff = ["UWQ109"] });
        UwqAgent agent = uwq.AddAgent("70002", "7001", new() { Password = new(password) });
        string body = $"""<!-- {password} don't --><CCTSDK><event name="ScreenPop"><data name="occtSourceID" value="1"/>"""
            + $"""<data name="occtANI" value="4155550100"/><data name="{name}" value="{value}"/></event></CCTSDK>""";
        _ = await RawHttp.SendAsync(new($"http://{agent.EbsAddress}"), Request(body: body.Replace("don't", "")));
        _ = await RawHttp.SendAsync(new($"http://{agent.EbsAddress}"), Request(body: body.Replace("/event", "")));

        string failure = Assert.Throws<UwqExpectationException>(uwq.Verify).Message;
        ScreenPopEvent pop = await agent.ExpectAsync<ScreenPopEvent>();

        Assert.Equal(2, Lines.Codes(uwq).Count(code => code == "UWQ111"));
        Assert.Equal(("1", "4155550100"), (pop.SourceId, pop.Ani));
        Assert.Contains(pop.ExtraFields, field => field.Name == name && field.Value.Contains("***"));
        Assert.DoesNotContain(
            password,
            System.Net.WebUtility.HtmlDecode(
                failure + uwq.Transcript + string.Join("", uwq.Messages.Select(message => message.Text)) + string.Join(
                    "", pop.ExtraFields.Select(field => field.Value))));
    }

    [Fact]
    public async Task Of_a_callout_its_function_and_agent_are_shown_as_far_as_they_are_some()
    {
        await using Lines lines = Lines.Open();
        UwqAgent known = lines.Uwq.AddAgent("70003", "Frau Müller");

        _ = await lines.Uwq.SendQueryAsync("FunctionName=Login%26telesetNumber%3D70002%26agentID%3D7001%26agentPassword%3Dhunter2");
        _ = await lines.Uwq.SendAsync(new UnknownCallout("Login&agentPassword=hunter2"));
        _ = await lines.Uwq.SendQueryAsync("FunctionName=Ready&telesetNumber=70002&agentID=7001%26agentPassword%3Dhunter2");
        _ = await lines.Uwq.SendAsync(new ReadyCallout { TelesetNumber = "70002%0A", AgentId = "7001&agentPassword=hunter2" });
        _ = await known.ReadyAsync();

        Assert.Equal(["Login…", "Login…", "Ready", "Ready", "Ready"], lines.Uwq.Messages.Select(message => message.Name));
        Assert.Equal([null, null, new("70002", "***"), new AgentIdentity("***", "***"), known.Identity], lines.Uwq.Messages.Select(message => message.Agent));
        Assert.DoesNotContain("hunter2", lines.Uwq.Transcript + string.Join("", lines.Uwq.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_callout_that_reaches_an_agents_listener_shows_no_password()
    {
        await using UwqSimulator uwq = UwqSimulator.Start(new("http://127.0.0.1:9"));
        UwqAgent agent = uwq.AddAgent("70002", "7001");

        _ = await RawHttp.SendAsync(
            new($"http://{agent.EbsAddress}"), Request(method: "GET", target: "/?FunctionName=Login&telesetNumber=70002&agentID=7001&agentPassword=sesame"));

        Assert.Contains("UWQ001", Lines.Codes(uwq));
        Assert.DoesNotContain("sesame", uwq.Transcript, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UwqFault.Reset)]
    [InlineData(UwqFault.Status500)]
    public async Task Who_goes_on_after_a_ScreenPop_that_a_fault_has_lost_does_nothing_wrong_but_once(UwqFault fault)
    {
        await using Lines lines = Lines.Open();
        await lines.Agent.SignInAsync();
        lines.Agent.Fault = fault;
        _ = await lines.TellAsync(Lines.Pop("1"));
        lines.Agent.Fault = UwqFault.None;

        _ = await lines.TellAsync(Lines.Established("1"));
        _ = await lines.TellAsync(Lines.Released("1"));
        Assert.Empty(lines.Uwq.Problems);

        _ = await lines.TellAsync(Lines.Established("2"));
        Assert.Equal(["UWQ103"], Lines.Codes(lines.Uwq));
    }

    [Fact]
    public async Task No_reply_can_forge_a_line_of_the_transcript()
    {
        await using Lines lines = Lines.Open(reply: _ => CalloutReply.Error("x\n09:00:00.000 EBS -> softphone, Forged\u009B1m"));

        UwqReply reply = await lines.Agent.ReadyAsync();

        Assert.DoesNotContain('\n', reply.ToString());
        Assert.DoesNotContain(lines.Uwq.Transcript.Split('\n'), line => line.StartsWith("09:00", StringComparison.Ordinal));
        Assert.DoesNotContain('\u009B', lines.Uwq.Transcript);
    }

    [Fact]
    public async Task No_event_can_forge_a_line_either()
    {
        const string Forged = "X\n09:00:00.000 FORGED\u202E\u2028";
        await using Lines lines = Lines.Open();
        _ = await lines.TellAsync(new UnknownEvent(Forged));
        _ = await lines.TellAsync(Lines.Released(Forged));

        string verify = Assert.Throws<UwqExpectationException>(lines.Uwq.Verify).Message;
        string expect = (await Assert.ThrowsAsync<UwqExpectationException>(() => lines.Agent.ExpectAsync<ScreenPopEvent>())).Message;

        string[] shown = [verify, expect, string.Join("\n", lines.Uwq.Problems), string.Join("\n", lines.Agent.Calls), lines.Uwq.Transcript];
        Assert.All(shown, text => Assert.Contains("X?09:00:00.000 FORGED??", text));
        Assert.DoesNotContain(shown.SelectMany(text => text.Split('\n')), line => line.StartsWith("09:00", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_OnMessage_throws_is_not_lost()
    {
        await using Lines lines = Lines.Open(new() { OnMessage = message => _ = message.IsCallout ? 0 : throw new InvalidOperationException("Not that one.") });

        Assert.True((await lines.Agent.RegisterAsync()).IsSuccess);
        Assert.Empty(lines.Uwq.Problems);
        _ = await lines.TellAsync(Lines.Pop("1"));

        Assert.Equal(
            "UWQ301 error (agent 7001 at 70002): OnMessage threw InvalidOperationException: Not that one.", Assert.Single(lines.Uwq.Problems).ToString());
    }

    [Fact]
    public async Task Of_everything_as_much_is_kept_as_the_options_say()
    {
        await using Lines lines = Lines.Open(new() { MaxMessages = 2, SwitchedOff = ["UWQ109"] });
        _ = await lines.TellAsync(Lines.Pop("1"));
        _ = await lines.TellAsync(Lines.Established("1"));
        Assert.Empty(lines.Uwq.Problems);

        _ = await lines.TellAsync(Lines.Released("1"));

        Assert.Equal("UWQ302", Assert.Single(lines.Uwq.Problems).Code);
        Assert.Equal(["CallEstablished", "CallReleased"], lines.Uwq.Messages.Select(message => message.Name));
        Assert.Equal("1", (await lines.Agent.ExpectAsync<CallEstablishedEvent>()).SourceId);
        Assert.Equal(2, Assert.Single(lines.Agent.Calls).Messages.Count);
    }

    [Fact]
    public void Every_check_has_a_row()
    {
        IEnumerable<string> rows = Wire.Select(row => (string)row[0]).Concat(Order.Select(row => (string)row[0])).Concat(OfConnections).Concat(OfReplies)
            .Concat(OfTheTest);

        Assert.Equal(
            UwqRules.All.Select(rule => rule.Code),
            rows.Where(code => code.StartsWith("UWQ", StringComparison.Ordinal)).OrderBy(code => code, StringComparer.Ordinal));
        Assert.Equal(OfReplies, Replies.Select(row => (string)row[0]));
    }

    [Fact]
    public async Task A_check_that_is_switched_off_is_silent()
    {
        await using Lines lines = Lines.Open(new() { SwitchedOff = ["CCT126", "UWQ109", "UWQ103"] });

        _ = await lines.TellAsync(Lines.Pop("1", "123"));
        _ = await lines.TellAsync(Lines.Established("2"));

        Assert.Empty(lines.Uwq.Problems);
        Assert.All(lines.Uwq.Messages, message => Assert.Empty(message.Problems));
    }

    [Fact]
    public async Task A_screen_pop_is_checked_for_the_chosen_forms()
    {
        await using Lines all = Lines.Open(new() { SwitchedOff = ["UWQ109"] });
        await using Lines one = Lines.Open(new() { SwitchedOff = ["UWQ109"], Forms = EbsForms.ContactCenter });

        _ = await all.TellAsync(Lines.Pop("1", "(415) 555-0100"));
        _ = await one.TellAsync(Lines.Pop("1", "(415) 555-0100"));

        Assert.Contains("CCT106", Lines.Codes(all.Uwq));
        Assert.DoesNotContain("CCT106", Lines.Codes(one.Uwq));
    }

    [Fact]
    public async Task What_only_some_forms_fail_on_is_a_warning_where_no_forms_are_named()
    {
        await using Lines any = Lines.Open(new() { SwitchedOff = ["UWQ109"] });
        await using Lines named = Lines.Open(new() { SwitchedOff = ["UWQ109"], Forms = EbsForms.All });

        foreach (Lines lines in new[] { any, named })
        {
            _ = await lines.TellAsync(Lines.Pop("7b1d1f6e-0c39-4a5c-9a53-0d3b1c0c1f0e") with { Language = "\"" });
        }

        Assert.Equal(["CCT101 Error", "CCT111 Warning"], any.Uwq.Problems.Select(problem => $"{problem.Code} {problem.Severity}"));
        Assert.Equal(["CCT101 Error", "CCT111 Error"], named.Uwq.Problems.Select(problem => $"{problem.Code} {problem.Severity}"));
    }

    private static async Task<Lines> PlayAsync(string script)
    {
        Lines lines = Lines.Open(reply: callout => callout is MakeCallCallout { DialString: "busy" } ? CalloutReply.Error("Busy.") : CalloutReply.Success);
        UwqAgent other = lines.Uwq.AddAgent("70003", "7002");
        _ = await lines.Agent.RegisterAsync();
        _ = await other.RegisterAsync();
        foreach (string step in script.Split(' '))
        {
            UwqAgent agent = step[0] == 'B' ? other : lines.Agent;
            string act = step.Substring(step.IndexOf(':') + 1);
            string id = act.Substring(1);
            _ = act[0] switch
            {
                'R' => (await agent.ReadyAsync()).IsSuccess,
                'M' => (await agent.MakeCallAsync("4155550111")).IsSuccess,
                'F' => !(await agent.MakeCallAsync("busy")).IsSuccess,
                'U' => (await agent.UnregisterAsync()).IsSuccess,
                'p' => (await lines.TellAsync(Lines.Pop(id), agent)).Status == EventDeliveryStatus.Delivered,
                's' => (await lines.TellAsync(Lines.Pop(id, "123"), agent)).Status == EventDeliveryStatus.Delivered,
                'e' => (await lines.TellAsync(Lines.Established(id), agent)).Status == EventDeliveryStatus.Delivered,
                'r' => (await lines.TellAsync(Lines.Released(id), agent)).Status == EventDeliveryStatus.Delivered,
                _ => throw new InvalidOperationException(act),
            };
        }

        return lines;
    }

    private static string Request(string method = "POST", string target = "/", string type = "text/xml", string headers = "", string body = Established) =>
        $"{method} {target} HTTP/1.1\r\n{headers}Content-Type: {type}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}";

    private static string WithPair(string name, string value) => Established.Replace("</event>", $"""<data name="{name}" value="{value}"/></event>""");

    /// <summary>One character for each byte.</summary>
    private static string Utf8(string text) => RawHttp.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static string ErrorReply(string message) =>
        ScriptedServer.Response(200, CctXmlFormatter.Default.WriteToString(new ErrorEvent { Message = message }));
}
