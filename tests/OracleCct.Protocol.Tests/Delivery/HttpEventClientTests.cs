using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.Delivery;

public class HttpEventClientTests
{
    private static readonly CallReleasedEvent Released = new() { SourceId = "42" };

    [Fact]
    public async Task The_request_is_as_plain_as_can_be()
    {
        using ScriptedServer server = ScriptedServer.Answering(ScriptedServer.Response(200, ""));
        using var client = new HttpEventClient();

        EventDelivery delivery = await client.SendAsync(server.Address, Messages.ScreenPop, Deadline.Token());

        Assert.Equal(EventDeliveryStatus.Delivered, delivery.Status);
        string[] request = Assert.Single(server.Requests).Split(["\r\n"], StringSplitOptions.None);
        string body = CctXmlFormatter.Default.WriteToString(Messages.ScreenPop);
        Assert.Equal("POST / HTTP/1.1", request[0]);
        Assert.Equal(
            ["connection: close", $"content-length: {body.Length}", "content-type: text/xml", $"host: {server.Address}"],
            request.Skip(1).TakeWhile(line => line.Length > 0).Select(Header).OrderBy(line => line, StringComparer.Ordinal));
        Assert.Equal(body, request[request.Length - 1]);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(202)]
    [InlineData(299)]
    public async Task Any_status_of_success_is_delivered_and_its_body_kept(int status)
    {
        EventDelivery delivery = await SendTo(ScriptedServer.Response(status, "thanks"));

        Assert.Equal((EventDeliveryStatus.Delivered, (HttpStatusCode?)status, "thanks"), (delivery.Status, delivery.HttpStatus, delivery.ResponseBody));
        Assert.Null(delivery.Exception);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Any_other_status_is_refused_and_its_body_kept(int status)
    {
        EventDelivery delivery = await SendTo(ScriptedServer.Response(status, "no such agent"));

        Assert.Equal((EventDeliveryStatus.Refused, (HttpStatusCode?)status, "no such agent"), (delivery.Status, delivery.HttpStatus, delivery.ResponseBody));
        Assert.Equal(FormattableString.Invariant($"Refused (HTTP {status})"), delivery.ToString());
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        using ScriptedServer other = ScriptedServer.Answering(ScriptedServer.Response(200, ""));
        EventDelivery delivery = await SendTo(ScriptedServer.Response(307, "", $"Location: http://{other.Address}/\r\n"));

        Assert.Equal(EventDeliveryStatus.Refused, delivery.Status);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task A_redirect_that_a_given_client_follows_is_not_taken_for_delivery()
    {
        using ScriptedServer other = ScriptedServer.Answering(ScriptedServer.Response(200, ""));
        using ScriptedServer server = ScriptedServer.Answering(ScriptedServer.Response(302, "", $"Location: http://{other.Address}/\r\n"));
        using var handler = new HttpClientHandler { AllowAutoRedirect = true, UseProxy = false };
        using var http = new HttpClient(handler);
        using var client = new HttpEventClient(http);

        EventDelivery delivery = await client.SendAsync(server.Address, Released, Deadline.Token());

        Assert.Equal(EventDeliveryStatus.Refused, delivery.Status);
    }

    [Fact]
    public async Task Whatever_a_given_client_does_an_event_is_sent_once()
    {
        using var server = new ScriptedServer(async connection =>
        {
            _ = await connection.ReadRequestAsync();
            await connection.WriteAsync(ScriptedServer.Response(307, "", "Location: /again\r\n"));
        });
        using var handler = new HttpClientHandler { AllowAutoRedirect = true, UseProxy = false };
        using var http = new HttpClient(handler);
        using var client = new HttpEventClient(http);

        EventDelivery delivery = await client.SendAsync(server.Address, Released, Deadline.Token());

        Assert.NotEqual(EventDeliveryStatus.Delivered, delivery.Status);
        _ = Assert.Single(server.Requests, request => request.Contains("CallReleased"));
    }

    [Fact]
    public async Task A_provisional_answer_alone_is_no_answer()
    {
        EventDelivery delivery = await SendTo("HTTP/1.1 100 Continue\r\n\r\n");

        Assert.Equal(EventDeliveryStatus.Unknown, delivery.Status);
    }

    [Fact]
    public async Task A_disposed_client_sends_nothing_and_says_so()
    {
        var client = new HttpEventClient();
        client.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.SendAsync(new("127.0.0.1", 8888), Released));
    }

#if NET
    [Fact]
    public void Its_own_handler_connects_directly_and_adds_nothing()
    {
        using SocketsHttpHandler handler = Assert.IsType<SocketsHttpHandler>(HttpEventClient.CreateHandler());

        Assert.False(handler.UseProxy);
        Assert.False(handler.AllowAutoRedirect);
        Assert.False(handler.UseCookies);
        Assert.Null(handler.ActivityHeadersPropagator);
    }
#endif

    [Fact]
    public async Task Where_nobody_listens_the_event_is_not_sent()
    {
        EbsAddress nobody;
        using (ScriptedServer server = ScriptedServer.Answering(""))
        {
            nobody = server.Address;
        }

        EventDelivery delivery = await Send(nobody);

        Assert.Equal(EventDeliveryStatus.NotSent, delivery.Status);
        Assert.Null(delivery.HttpStatus);
        Assert.Null(delivery.ResponseBody);
        Assert.NotNull(delivery.Exception);
        Assert.Equal("NotSent (Unreachable)", delivery.ToString());
    }

    [Fact]
    public async Task To_a_name_that_nobody_has_the_event_is_not_sent() =>
        Assert.Equal(EventDeliveryStatus.NotSent, (await Send(new("no-such-host.invalid", 8888))).Status);

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, "")]
    [InlineData(false, "HTTP/1.1 2")]
    [InlineData(true, "HTTP/1.1 200 OK\r\nContent-Le")]
    [InlineData(false, "SSH-2.0-OpenSSH_9.2\r\n\r\n")]
    public async Task Without_a_whole_answer_the_outcome_is_unknown_and_the_event_is_sent_once(bool reset, string answer)
    {
        using var server = new ScriptedServer(async connection =>
        {
            _ = await connection.ReadRequestAsync();
            await connection.WriteAsync(answer);
            if (reset)
            {
                connection.Reset();
            }
        });

        EventDelivery delivery = await Send(server.Address);

        Assert.Equal(EventDeliveryStatus.Unknown, delivery.Status);
        Assert.NotNull(delivery.Exception);
        _ = Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_listener_that_never_answers_is_given_up_at_the_time_limit()
    {
        using var server = new ScriptedServer(async connection =>
        {
            _ = await connection.ReadRequestAsync();
            await connection.HangAsync();
        });

        EventDelivery delivery = await Send(server.Address, new() { Timeout = TimeSpan.FromSeconds(2) });

        Assert.Equal(EventDeliveryStatus.Unknown, delivery.Status);
    }

    [Fact]
    public async Task The_time_limit_and_the_duration_are_those_of_the_given_clock()
    {
        using var server = new ScriptedServer(async connection =>
        {
            _ = await connection.ReadRequestAsync();
            await connection.HangAsync();
        });
        var time = new ManualTime();
        DateTimeOffset began = time.GetUtcNow();
        var observer = new RecordingObserver();
        await using var hub = new ObserverHub(observer);
        using var client = new HttpEventClient(null, hub, time);

        Task<EventDelivery> sending = client.SendAsync(server.Address, Released, Deadline.Token());
        await time.TimersAsync(1);
        time.Advance(TimeSpan.FromSeconds(10));
        _ = await sending.Within("the delivery");
        await hub.FlushAsync();

        EventAttemptObservation observation = Assert.IsType<EventAttemptObservation>(Assert.Single(observer.Observations));
        Assert.Equal((began, TimeSpan.FromSeconds(10)), (observation.At, observation.Duration));
    }

    [Fact]
    public async Task An_answer_whose_body_breaks_off_is_an_answer()
    {
        EventDelivery delivery = await SendTo("HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\nhalf");

        Assert.Equal((EventDeliveryStatus.Delivered, "half"), (delivery.Status, delivery.ResponseBody));
    }

    [Fact]
    public async Task An_answer_whose_body_never_ends_is_an_answer_at_the_time_limit()
    {
        using var server = new ScriptedServer(async connection =>
        {
            _ = await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 500 Oops\r\nContent-Length: 100\r\n\r\nhalf");
            await connection.HangAsync();
        });

        EventDelivery delivery = await Send(server.Address, new() { Timeout = TimeSpan.FromSeconds(2) });

        Assert.Equal((EventDeliveryStatus.Refused, "half"), (delivery.Status, delivery.ResponseBody));
    }

    [Fact]
    public async Task Of_a_long_answer_the_beginning_is_kept()
    {
        using ScriptedServer server = ScriptedServer.Answering(ScriptedServer.Response(200, new string('x', 100_000)));

        EventDelivery delivery = await Send(server.Address, new() { MaxResponseLength = 100 });

        Assert.Equal((EventDeliveryStatus.Delivered, new string('x', 100)), (delivery.Status, delivery.ResponseBody));
    }

    [Fact]
    public async Task Scheme_and_path_are_options()
    {
        using ScriptedServer server = ScriptedServer.Answering(ScriptedServer.Response(200, ""));

        _ = await Send(server.Address, new() { Path = "/OA_HTML/cct?x=1" });

        Assert.StartsWith("POST /OA_HTML/cct?x=1 HTTP/1.1\r\n", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_https_a_plain_listener_gets_no_event()
    {
        using ScriptedServer server = ScriptedServer.Answering("nonsense");

        EventDelivery delivery = await Send(server.Address, new() { Scheme = "https", Timeout = TimeSpan.FromSeconds(3) });

        Assert.Equal(EventDeliveryStatus.NotSent, delivery.Status);
        Assert.DoesNotContain(server.Requests, request => request.Contains("CCTSDK"));
    }

    [Fact]
    public async Task Cancelling_before_anything_is_sent_is_an_exception()
    {
        using var handler = new ConnectingForEver();
        using var http = new HttpClient(handler);
        using var client = new HttpEventClient(http);
        using var cancellation = new CancellationTokenSource();

        Task<EventDelivery> sending = client.SendAsync(new("127.0.0.1", 8888), Released, cancellation.Token);
        cancellation.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.Within("the cancellation"));
    }

    [Fact]
    public async Task Cancelling_counts_for_nothing_once_the_event_is_on_its_way()
    {
        using var cancellation = new CancellationTokenSource();
        using var server = new ScriptedServer(async connection =>
        {
            _ = await connection.ReadRequestAsync();
            cancellation.Cancel();
            await connection.WriteAsync(ScriptedServer.Response(200, ""));
        });
        using var client = new HttpEventClient();

        EventDelivery delivery = await client.SendAsync(server.Address, Released, cancellation.Token).Within("the answer");

        Assert.True(cancellation.IsCancellationRequested);
        Assert.Equal(EventDeliveryStatus.Delivered, delivery.Status);
    }

    [Fact]
    public async Task An_event_that_XML_cannot_hold_is_an_exception_and_nothing_is_sent()
    {
        using ScriptedServer server = ScriptedServer.Answering(ScriptedServer.Response(200, ""));
        using var client = new HttpEventClient();

        ProtocolFormatException error = await Assert.ThrowsAsync<ProtocolFormatException>(
            () => client.SendAsync(server.Address, Messages.ScreenPop with { Ani = "1\u00002" }));

        Assert.Equal("occtANI", error.Error.Field);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_given_client_stays_usable_when_the_event_client_is_disposed()
    {
        using ScriptedServer server = ScriptedServer.Answering(ScriptedServer.Response(200, ""));
        using var http = new HttpClient(HttpEventClient.CreateHandler());
        new HttpEventClient(http).Dispose();

        EventDelivery delivery = await new HttpEventClient(http).SendAsync(server.Address, Released, Deadline.Token());

        Assert.Equal(EventDeliveryStatus.Delivered, delivery.Status);
    }

    [Fact]
    public async Task A_time_limit_of_a_given_client_is_a_value_too()
    {
        using var server = new ScriptedServer(async connection =>
        {
            _ = await connection.ReadRequestAsync();
            await connection.HangAsync();
        });
        using var http = new HttpClient(HttpEventClient.CreateHandler()) { Timeout = TimeSpan.FromSeconds(2) };

        EventDelivery delivery = await new HttpEventClient(http).SendAsync(server.Address, Released, Deadline.Token());

        Assert.Equal(EventDeliveryStatus.Unknown, delivery.Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("thanks")]
    public async Task A_connection_ends_behind_its_event_although_the_listener_would_keep_it(string body)
    {
        var ended = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var server = new ScriptedServer(async connection =>
        {
            _ = await connection.ReadRequestAsync();
            await connection.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}");
            ended.SetResult(await connection.ReadRequestAsync());
        });
        using var client = new HttpEventClient();

        EventDelivery delivery = await client.SendAsync(server.Address, Released, Deadline.Token());

        Assert.Equal((EventDeliveryStatus.Delivered, body), (delivery.Status, delivery.ResponseBody));
        Assert.Equal("", await ended.Task.Within("the end of the connection"));
    }

    [Fact]
    public async Task Many_events_at_once_each_arrive_once()
    {
        using ScriptedServer server = ScriptedServer.Answering(ScriptedServer.Response(200, ""));
        using var client = new HttpEventClient();

        EventDelivery[] deliveries = await Task.WhenAll(Enumerable.Range(0, 50)
            .Select(i => client.SendAsync(server.Address, Released with { SourceId = FormattableString.Invariant($"{i}") }, Deadline.Token())));

        Assert.All(deliveries, delivery => Assert.Equal(EventDeliveryStatus.Delivered, delivery.Status));
        Assert.Equal(50, server.Requests.Distinct().Count());
        Assert.Equal(50, server.Requests.Count);
    }

    [Fact]
    public async Task Mistakes_of_the_programmer_are_exceptions()
    {
        using var client = new HttpEventClient();
        await Assert.ThrowsAsync<ArgumentNullException>(() => client.SendAsync(null!, Released));
        await Assert.ThrowsAsync<ArgumentNullException>(() => client.SendAsync(new("127.0.0.1", 8888), null!));
        Assert.Throws<ArgumentNullException>(() => new HttpEventClient((HttpClient)null!));
        Assert.Throws<ArgumentException>(() => new HttpEventClientOptions { Scheme = "ftp" });
        Assert.Throws<ArgumentException>(() => new HttpEventClientOptions { Path = "events" });
        Assert.Throws<ArgumentException>(() => new HttpEventClientOptions { Path = null! });
        Assert.Throws<ArgumentOutOfRangeException>(() => new HttpEventClientOptions { Timeout = Timeout.InfiniteTimeSpan });
        Assert.Throws<ArgumentOutOfRangeException>(() => new HttpEventClientOptions { Timeout = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new HttpEventClientOptions { MaxResponseLength = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new HttpEventClientOptions { MaxResponseLength = int.MaxValue });
    }

    private static string Header(string line)
    {
        int colon = line.IndexOf(':');
        return line.Substring(0, colon).ToLowerInvariant() + line.Substring(colon);
    }

    private static async Task<EventDelivery> SendTo(string answer)
    {
        using ScriptedServer server = ScriptedServer.Answering(answer);
        return await Send(server.Address);
    }

    private static async Task<EventDelivery> Send(EbsAddress listener, HttpEventClientOptions? options = null)
    {
        using var client = new HttpEventClient(options);
        return await client.SendAsync(listener, Released, Deadline.Token()).Within("the delivery");
    }

    private sealed class ConnectingForEver : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return new();
        }
    }
}
