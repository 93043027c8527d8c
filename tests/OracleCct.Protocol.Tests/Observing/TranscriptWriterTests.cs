using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using System.Threading.Tasks;
using FsCheck.Fluent;
using OracleCct.Protocol.Tests.Support;
using OracleCct.Protocol.Tests.Wire;
using Xunit;

namespace OracleCct.Protocol.Tests.Observing;

[Collection(Law.Collection)]
public sealed class TranscriptWriterTests : IDisposable
{
    private static readonly DateTimeOffset At = new DateTimeOffset(2026, 11, 22, 9, 30, 0, TimeSpan.FromHours(1)).AddTicks(1234560);

    private static readonly CalloutObservation Callout = new()
    {
        At = At,
        Duration = TimeSpan.FromTicks(123456),
        Outcome = CalloutOutcome.Error,
        Refusal = CalloutRefusal.Host,
        RemoteAddress = IPAddress.Loopback,
        FunctionName = "MakeCall",
        Agent = Messages.Agent,
        Query = "?FunctionName=MakeCall&telesetNumber=70002",
        Joined = true,
        StatusCode = 200,
        Message = "The line is \"down\".",
        Exception = new InvalidOperationException("s3cret"),
    };

    private static readonly EventAttemptObservation Event = new()
    {
        At = At,
        Duration = TimeSpan.FromSeconds(2),
        Event = new CallReleasedEvent { SourceId = "42" },
        EbsAddress = new("127.0.0.1", 8888),
        Delivery = new()
        {
            Status = EventDeliveryStatus.NotSent,
            Reason = NotSentReason.Unreachable,
            HttpStatus = HttpStatusCode.Conflict,
            ResponseBody = "no\n",
            Exception = new IOException("s3cret"),
        },
    };

    private static readonly ProblemObservation Problem = new() { At = At, Message = "The file was damaged.", Exception = new IOException("s3cret") };

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"cct-transcript-{Guid.NewGuid():N}");

    private string File => Path.Combine(_folder, "day.jsonl");

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public void A_line_of_each_kind_is_as_documented() => Assert.Equal(
        """
        {"time":"2026-11-22T08:30:00.123456Z","kind":"callout","from":"127.0.0.1","function":"MakeCall","telesetNumber":"70002","agentID":"7001","query":"?FunctionName=MakeCall&telesetNumber=70002","outcome":"Error","refusal":"Host","joined":true,"status":200,"message":"The line is \"down\".","exception":"System.InvalidOperationException","ms":12.346}
        {"time":"2026-11-22T08:30:00.123456Z","kind":"event","to":"127.0.0.1:8888","event":"CallReleased","xml":"<CCTSDK><event name=\"CallReleased\"><data name=\"occtSourceID\" value=\"42\"/></event></CCTSDK>","outcome":"NotSent","reason":"Unreachable","status":409,"answer":"no\u000a","exception":"System.IO.IOException","ms":2000}
        {"time":"2026-11-22T08:30:00.123456Z","kind":"problem","message":"The file was damaged.","exception":"System.IO.IOException","ms":0}

        """.Replace("\r", ""),
        Write(Callout, Event, Problem));

    [Fact]
    public void What_is_not_known_is_left_out()
    {
        var observation = new CalloutObservation { At = At, Outcome = CalloutOutcome.Unreadable, Query = "", StatusCode = 414 };

        Assert.Equal(["time", "kind", "query", "outcome", "status", "ms"], Json.Read(Write(observation)).Select(field => field.Key));
    }

    [Fact]
    public void Every_field_is_documented()
    {
        string doc = System.IO.File.ReadAllText(Repository.PathOf("docs/telemetry.md"));

        foreach (string line in Write(Callout, Event, Problem).Split('\n').Where(line => line.Length > 0))
        {
            Assert.All(Json.Read(line), field => Assert.Contains($"| `{field.Key}`", doc, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Any_text_makes_one_line_that_every_reader_reads() => Law.Holds(HostileText.AnyText, text => text, text =>
    {
        string line = Write(Callout with { Query = text, Message = text, Agent = new(text, text), FunctionName = text });

        Assert.Equal(line.Length - 1, line.IndexOf('\n'));
        Assert.All(line, c => Assert.InRange(c, '\n', '~'));
        Dictionary<string, object> fields = Json.Read(line).ToDictionary(field => field.Key, field => field.Value);
        string expected = WithoutHalves(text);
        Assert.Equal(
            [expected, expected, expected],
            [fields["query"], fields["message"], fields["function"]]);

        // An agent's parts are hidden when a password or a line break may be in them.
        Assert.All(["telesetNumber", "agentID"], name => Assert.True(fields[name] is "***" || fields[name].Equals(expected), line));
    });

    [Fact]
    public void The_machines_language_changes_nothing() => Assert.All(
        ["tr-TR", "ar-SA", "fa-IR", "de-DE"],
        culture => Assert.Equal(Write(Callout, Event, Problem), Law.InCulture(culture, () => Write(Callout, Event, Problem))));

    [Fact]
    public void A_file_can_be_read_line_by_line_while_it_is_written_and_is_continued_later()
    {
        using (var first = new TranscriptWriter(File))
        {
            first.Observe(Problem);
            Assert.Single(ReadShared());
            first.Observe(Event);
            Assert.Equal(2, ReadShared().Length);
        }

        using (var second = new TranscriptWriter(File))
        {
            second.Observe(Callout);
        }

        Assert.Equal(["problem", "event", "callout"], ReadShared().Select(line => Json.Read(line)[1].Value));
        Assert.Equal((byte)'{', System.IO.File.ReadAllBytes(File)[0]);
    }

    [Fact]
    public void A_line_that_broke_off_spoils_no_other()
    {
        Directory.CreateDirectory(_folder);
        System.IO.File.WriteAllText(File, "{\"time\":\"2026");
        using (var transcript = new TranscriptWriter(File))
        {
            transcript.Observe(Problem);
        }

        string[] lines = ReadShared();
        Assert.Equal(2, lines.Length);
        Assert.Equal("problem", Json.Read(lines[1])[1].Value);
    }

    [Fact]
    public void A_given_writer_is_flushed_after_each_line_and_ended_unless_it_is_to_stay_open()
    {
        var stream = new MemoryStream();
        using (var transcript = new TranscriptWriter(new StreamWriter(stream), leaveOpen: true))
        {
            transcript.Observe(Problem);
            Assert.NotEqual(0, stream.Length);
        }

        Assert.True(stream.CanWrite);
        new TranscriptWriter(new StreamWriter(stream)).Dispose();
        Assert.False(stream.CanWrite);
    }

    [Fact]
    public void A_line_after_the_end_is_refused()
    {
        var text = new StringWriter();
        var transcript = new TranscriptWriter(text, leaveOpen: true);
        transcript.Dispose();
        transcript.Dispose();

        Assert.Throws<ObjectDisposedException>(() => transcript.Observe(Problem));
        Assert.Equal("", text.ToString());
    }

    [Fact]
    public async Task A_softphone_with_a_transcript_has_every_message_in_it()
    {
        var text = new StringWriter();
        using (ScriptedServer ebs = ScriptedServer.Answering(ScriptedServer.Response(200, "")))
        using (var transcript = new TranscriptWriter(text))
        await using (var hub = new ObserverHub(transcript))
        using (var client = new HttpEventClient(observers: hub))
        {
            var endpoint = new CalloutEndpoint(new CalloutDispatcher(new(), new InMemoryAgentRegistry()), null, hub);
            _ = await endpoint.HandleAsync(Requests.Get("?FunctionName=CheckStatus"));
            _ = await endpoint.HandleAsync(Requests.Get("?FunctionName=Ready&telesetNumber=70002&agentID=7001"));
            _ = await endpoint.HandleAsync(Requests.Get("?"));
            _ = await endpoint.HandleAsync(Requests.Get("?") with { Method = "POST" });
            _ = await client.SendAsync(ebs.Address, Messages.ScreenPop, Deadline.Token());
        }

        string[] lines = text.ToString().Split(['\n'], StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            ["CheckStatus Success", "Ready Error", " Unreadable", " Refused", " Delivered"],
            lines.Select(line => Json.Read(line).ToDictionary(field => field.Key, field => field.Value))
                .Select(line => $"{(line.TryGetValue("function", out object? function) ? function : "")} {line["outcome"]}"));
        string xml = (string)Json.Read(lines[4]).Single(field => field.Key == "xml").Value;
        Assert.Equal(Messages.ScreenPop, Assert.Single(CctXmlFormatter.Default.Read(xml)));
    }

    [Fact]
    public void Mistakes_of_the_programmer_are_exceptions()
    {
        Assert.Throws<ArgumentNullException>(() => new TranscriptWriter((string)null!));
        Assert.Throws<ArgumentNullException>(() => new TranscriptWriter((TextWriter)null!));
        Assert.Throws<ArgumentNullException>(() => new TranscriptWriter(new StringWriter()).Observe(null!));
    }

    private static string Write(params CctObservation[] observations)
    {
        var text = new StringWriter();
        using (var transcript = new TranscriptWriter(text))
        {
            foreach (CctObservation observation in observations)
            {
                transcript.Observe(observation);
            }
        }

        return text.ToString();
    }

    private string[] ReadShared()
    {
        using var file = new FileStream(File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return new StreamReader(file).ReadToEnd().Split(['\n'], StringSplitOptions.RemoveEmptyEntries);
    }

    private static string WithoutHalves(string text)
    {
        var whole = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            bool isPair = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
            _ = isPair ? whole.Append(text, i++, 2) : whole.Append(char.IsSurrogate(text[i]) ? '\uFFFD' : text[i]);
        }

        return whole.ToString();
    }
}
