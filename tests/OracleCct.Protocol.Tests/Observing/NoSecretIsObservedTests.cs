using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using FsCheck.Fluent;
using OracleCct.Protocol.Tests.Support;
using OracleCct.Protocol.Tests.Wire;
using Xunit;

namespace OracleCct.Protocol.Tests.Observing;

/// <summary>A password in a callout, whole or broken, never reaches what observers, transcripts, traces and metrics show.</summary>
[Collection(Law.Collection)]
public class NoSecretIsObservedTests
{
    private const string Agent = "telesetNumber=70002&agentID=7001";

    /// <summary>Letters that stand nowhere else, between whatever characters: shorter texts would be found by chance.</summary>
    private static readonly FsCheck.Gen<string> Passwords =
        from before in HostileText.ForQuery
        from after in HostileText.ForQuery
        select $"qX7{Cut(before)}Zk9Vw{Cut(after)}";

    [Fact]
    public void No_password_is_observed() => Law.Holds(Arb.From(Passwords), password => password, password =>
    {
        string escaped = Uri.EscapeDataString(password);
        string plus = escaped.Replace("%20", "+");
        string[] queries =
        [
            $"?FunctionName=Login&{Agent}&agentPassword={escaped}&agentQueue=7700",
            $"?FunctionName=Logout&{Agent}&agentPassword={plus}&agentQueue=7700",
            $"/?agentPassword={escaped}&FunctionName=login&{Agent}&agentQueue=7700",
            $"?FunctionName=Login&{Agent}&AGENTPASSWORD={escaped}&agentQueue=7700",
            $"?FunctionName=Login&{Agent}&agent%50assword={escaped}&agentQueue=7700",
            $"?FunctionName=Login&{Agent}&agentPassword={escaped}",
            $"?FunctionName=Login&{Agent}&agentPassword={escaped}&agentPassword={escaped}&agentQueue=7700",
            $"?FunctionName=Reset&agentPassword={escaped}",
            $"?agentPassword={escaped}",
            $"?FunctionName=Ready&{Agent}&agentPassword={escaped}",
            $"?FunctionName=Login;agentPassword={escaped}",
            $"?FunctionName=Login%26agentPassword%3D{escaped}",
            $"?FunctionName=Ready&telesetNumber=70002&agentID=7001;agentPassword={escaped}",
            $"?FunctionName=Ready&telesetNumber=70002;agentPassword={escaped}&agentID=7001",
            $"?FunctionName=Ready&telesetNumber=70002&agentID=7001%26agentPassword%3D{escaped}",
            $"?FunctionName=Ready&telesetNumber=70002%26agentPassword%3D{escaped}&agentID=7001",
            $"?FunctionName=Ready&telesetNumber=70002&agentID=7001,agentPassword={escaped}",
            $"?FunctionName=Ready&telesetNumber=70002,{escaped}&agentID=7001",
            $"?FunctionName=Ready&telesetNumber=70002&agentID=7001%0D%0A{escaped}",
            $"?FunctionName=Ready&telesetNumber=70002%0D%0AProblem:%20agentPassword={escaped}&agentID=7001",
            $"?FunctionName=Reset&telesetNumber=70002&agentID=7001;agentPassword={escaped}",
        ];

        AssertUnseen(password, ObserveAsync(queries, password).Within("the callouts").GetAwaiter().GetResult());
    }, tests: 60);

    [Fact]
    public async Task What_is_looked_at_is_everything_there_is()
    {
        List<string> shown = await ObserveAsync([$"?FunctionName=Login&{Agent}&agentPassword=x&agentQueue=7700", "?"], "x");

        Assert.Contains("Login of agent 7001 at 70002: Failed", shown);
        Assert.Contains(
            shown, text =>
                text.StartsWith(
                    "Login of agent 7001 at 70002: Failed. The softphone could not carry out Login.\nSystem.InvalidOperationException: ",
                    StringComparison.Ordinal));
        Assert.Contains(shown, text => text.StartsWith("{\"time\":", StringComparison.Ordinal)
            && text.Contains("\"exception\":\"System.InvalidOperationException\""));
#if NET
        Assert.Contains(shown, text => text.StartsWith("Server callout Login", StringComparison.Ordinal));
        Assert.Contains(shown, text => text.StartsWith("oraclecct.callouts{", StringComparison.Ordinal));
        Assert.Contains(shown, text => text.StartsWith("exception{exception.message=", StringComparison.Ordinal));
#endif
    }

    [Theory]
    [InlineData("7001;agentPassword=hunter2")]
    [InlineData("7001&agentPassword=hunter2")]
    [InlineData("7001%26agentPassword%3Dhunter2")]
    [InlineData("7001,agentPassword=hunter2")]
    [InlineData("7001\r\nProblem: forged")]
    public async Task An_agent_is_shown_as_the_redaction_shows_its_parts(string part)
    {
        var agent = new AgentIdentity(part, part);
        var outcome = new EventOutcomeObservation
        {
            At = default,
            Agent = agent,
            Event = Messages.ScreenPop,
            Delivery = new(EventDeliveryStatus.NotSent, NotSentReason.NotRegistered),
            Attempts = 0,
        };
        using var transcript = new StringWriter();
        using var writer = new TranscriptWriter(transcript);
        writer.Observe(outcome);
        List<string> shown = await ObserveAsync(
            [$"?FunctionName=Ready&telesetNumber={Uri.EscapeDataString(part)}&agentID={Uri.EscapeDataString(part)}"], "qX7 Zk9Vw");

        Assert.Equal((part, "agent *** at ***"), (agent.AgentId, agent.ToString()));
        Assert.StartsWith("ScreenPop of agent *** at ***: NotSent", outcome.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"telesetNumber\":\"***\",\"agentID\":\"***\"", transcript.ToString(), StringComparison.Ordinal);
        Assert.Contains("Ready of agent *** at ***: Failed", shown);
        Assert.Contains(shown, text => text.Contains("\"telesetNumber\":\"***\",\"agentID\":\"***\""));
        Assert.All(shown, text => Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal));
        Assert.All(shown, text => Assert.DoesNotContain("forged", text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_password_that_is_shown_is_found_out()
    {
        Assert.ThrowsAny<Exception>(() => AssertUnseen("qX7 Zk9Vw", ["{\"query\":\"?agentPassword=qX7 Zk9Vw\"}"]));
        Assert.ThrowsAny<Exception>(() => AssertUnseen("qX7 Zk9Vw", ["?agentPassword=qX7%20Zk9Vw"]));
        Assert.ThrowsAny<Exception>(() => AssertUnseen("qX7 Zk9Vw", ["?agentPassword=QX7+ZK9VW"]));
    }

    /// <returns>Every text that anybody gets to see, each of a callout whose handler throws with the password in its text.</returns>
    private static async Task<List<string>> ObserveAsync(string[] queries, string password)
    {
        var shown = new List<string>();
        var recording = new RecordingObserver();
        var transcript = new StringWriter();
        using var trace = new TraceRecorder();
        CalloutHandlers handlers = new CalloutHandlers()
            .HandleAsync<LoginCallout>((login, _, _) => throw new InvalidOperationException($"Not {password}, not {login.AgentPassword.Reveal()}"))
            .HandleAsync<LogoutCallout>((_, _, _) => new(CalloutReply.Error("No.")))
            .HandleAsync<ReadyCallout>((ready, _, _) => throw new InvalidOperationException($"Not {ready.Agent}, not {password}"))
            .HandleAsync<UnknownCallout>((_, _, _) => throw new InvalidOperationException(password));
#if NET
        using var telemetry = new TelemetryRecorder();
#endif
        using (var writer = new TranscriptWriter(transcript))
        await using (var hub = new ObserverHub(recording, writer))
        {
            var endpoint = new CalloutEndpoint(new CalloutDispatcher(handlers, new InMemoryAgentRegistry()), null, hub);
            foreach (string query in queries)
            {
                _ = await endpoint.HandleAsync(Requests.Get(query));
                _ = await endpoint.HandleAsync(Requests.Get(query) with { Method = "POST" });
            }
        }

        Assert.Equal(queries.Length * 2, recording.Observations.Count);
        foreach (CalloutObservation observation in recording.Observations.Cast<CalloutObservation>())
        {
            shown.AddRange([observation.ToString(), observation.Query, observation.FunctionName ?? "", $"{observation.Agent}", observation.Message ?? ""]);
        }

        shown.AddRange(transcript.ToString().Split('\n'));
        shown.AddRange(trace.Texts);
#if NET
        shown.AddRange(telemetry.Activities.Select(TelemetryRecorder.Describe));
        shown.AddRange(telemetry.Activities.Select(TelemetryRecorder.DescribeEvents));
        shown.AddRange(telemetry.Measurements);
#endif
        return shown;
    }

    private static void AssertUnseen(string password, List<string> shown)
    {
        string escaped = Uri.EscapeDataString(password);
        string[] forms = [password, escaped, escaped.Replace("%20", "+"), "Zk9Vw"];
        Assert.All(shown, text => Assert.All(forms, form => Assert.DoesNotContain(form, text, StringComparison.OrdinalIgnoreCase)));
    }

    private static string Cut(string text) => text.Length <= 40 ? text : text.Substring(0, char.IsHighSurrogate(text[19]) ? 19 : 20);
}
