using System;
using System.Collections.Generic;
using System.Net;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using OracleCct.Protocol.Tests.Support;
using Xunit;

namespace OracleCct.Protocol.Tests.Hosting;

public class CalloutEndpointTests
{
    private const string CheckStatus = "?FunctionName=CheckStatus";

    private static readonly KeyValuePair<string, string> NoStore = new("Cache-Control", "no-store");

    [Fact]
    public async Task A_success_is_200_with_no_body()
    {
        CalloutResponse response = await Endpoint().HandleAsync(Requests.Get(CheckStatus));

        Assert.Equal(200, response.StatusCode);
        Assert.Null(response.ContentType);
        Assert.True(response.Body.IsEmpty);
        Assert.Equal([NoStore], response.Headers);
    }

    [Fact]
    public async Task A_success_is_an_empty_document_where_the_options_say_so()
    {
        CalloutResponse response = await Endpoint(options: new() { SuccessReplyBody = SuccessReplyBody.EmptyDocument }).HandleAsync(Requests.Get(CheckStatus));

        Assert.Equal((200, "text/xml", "<CCTSDK></CCTSDK>"), (response.StatusCode, response.ContentType, Text(response)));
        Assert.Equal([NoStore], response.Headers);
    }

    [Fact]
    public async Task A_failure_is_200_with_the_published_error()
    {
        CalloutResponse response = await Endpoint(_ => CalloutReply.Error("Line < 2 is \"down\"")).HandleAsync(Requests.Get(CheckStatus));

        Assert.Equal(200, response.StatusCode);
        Assert.Equal("text/xml", response.ContentType);
        Assert.Equal(
            "<CCTSDK><event name=\"Error\"><data name=\"occtErrorMsg\" value=\"Line &lt; 2 is &quot;down&quot;\"/></event></CCTSDK>", Text(response));
    }

    [Fact]
    public async Task A_failure_has_the_key_of_Direct_Integration_where_the_options_say_so()
    {
        CalloutResponse response = await Endpoint(_ => CalloutReply.Error("no"), new() { ErrorReplyKey = ErrorReplyKey.KeyErrorDetails })
            .HandleAsync(Requests.Get(CheckStatus));

        Assert.Equal("<CCTSDK><event name=\"Error\"><data name=\"KeyErrorDetails\" value=\"no\"/></event></CCTSDK>", Text(response));
    }

    [Fact]
    public async Task A_message_that_XML_cannot_hold_is_answered_all_the_same()
    {
        CalloutResponse response = await Endpoint(_ => CalloutReply.Error("a\u0000b\uD800c\uFFFEd\U0001F600")).HandleAsync(Requests.Get(CheckStatus));

        Assert.Equal("a?b?c?d\U0001F600", ErrorIn(response));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    [InlineData("get")]
    [InlineData("")]
    public async Task Another_method_than_GET_is_405_and_reaches_nobody(string method)
    {
        CalloutResponse response = await Endpoint(_ => throw new InvalidOperationException("reached"))
            .HandleAsync(Requests.Get(CheckStatus) with { Method = method });

        Assert.Equal(405, response.StatusCode);
        Assert.Equal([NoStore, new KeyValuePair<string, string>("Allow", "GET")], response.Headers);
        Assert.Equal(method == "HEAD" ? null : "A callout is an HTTP GET.", response.Body.IsEmpty ? null : ErrorIn(response));
    }

    [Theory]
    [InlineData(0, 200)]
    [InlineData(8192, 200)]
    [InlineData(8193, 413)]
    [InlineData(-1, 413)]
    public async Task A_body_that_is_too_long_or_of_unknown_length_is_413_where_bodies_are_not_refused(long length, int status)
    {
        CalloutResponse response = await Endpoint(options: new() { Guard = new() { RefuseBody = false } })
            .HandleAsync(Requests.Get(CheckStatus) with { ContentLength = length });

        Assert.Equal(status, response.StatusCode);
    }

    [Theory]
    [InlineData(0, 200)]
    [InlineData(1, 414)]
    public async Task A_query_that_is_too_long_is_414(int tooMany, int status)
    {
        string query = (CheckStatus + "&x=").PadRight(8192 + tooMany, 'x');

        CalloutResponse response = await Endpoint().HandleAsync(Requests.Get(query));

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task The_limit_of_the_query_is_an_option()
    {
        CalloutResponse response = await Endpoint(options: new() { Query = new() { MaxLength = 10 } }).HandleAsync(Requests.Get(CheckStatus));

        Assert.Equal(414, response.StatusCode);
    }

    [Fact]
    public async Task An_unreadable_query_is_200_with_an_error_that_names_field_and_place_and_no_value()
    {
        CalloutResponse response = await Endpoint().HandleAsync(
            Requests.Get("?FunctionName=Login&telesetNumber=70002&agentPassword=s3cret&agentQueue=7700"));

        Assert.Equal(200, response.StatusCode);
        Assert.Equal("agentID is missing from Login (at character 76).", ErrorIn(response));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("/favicon.ico")]
    public async Task A_request_without_a_function_is_an_error_that_says_so(string query)
    {
        CalloutResponse response = await Endpoint().HandleAsync(Requests.Get(query));

        Assert.StartsWith("FunctionName is missing", ErrorIn(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dispatcher_that_throws_is_answered_for()
    {
        CalloutResponse response = await Endpoint(_ => throw new InvalidOperationException("s3cret")).HandleAsync(Requests.Get(CheckStatus));

        Assert.Equal(200, response.StatusCode);
        Assert.Equal("The softphone could not carry out the callout.", ErrorIn(response));
    }

    [Fact]
    public async Task The_handler_learns_when_and_from_where()
    {
        var now = new DateTimeOffset(2026, 11, 22, 9, 30, 0, TimeSpan.Zero);
        CalloutContext? seen = null;
        CalloutEndpoint endpoint = Endpoint(
            context =>
            {
                seen = context;
                return CalloutReply.Success;
            },
            time: new FixedTime(now));

        _ = await endpoint.HandleAsync(Requests.Get(CheckStatus) with { RemoteAddress = IPAddress.Parse("127.0.0.5") });

        Assert.Equal(new CalloutContext { ReceivedAt = now, RemoteAddress = IPAddress.Parse("127.0.0.5") }, seen);
    }

    [Fact]
    public void A_request_does_not_show_its_query()
    {
        var request = Requests.Get("?agentPassword=s3cret");

        Assert.Equal("GET from 127.0.0.1", request.ToString());
    }

    [Fact]
    public async Task Mistakes_of_the_programmer_are_exceptions()
    {
        Assert.Throws<ArgumentNullException>(() => new CalloutEndpoint(null!));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await Endpoint().HandleAsync(null!));
        Assert.Throws<ArgumentNullException>(() => new CalloutEndpointOptions { Guard = null! });
        Assert.Throws<ArgumentNullException>(() => new CalloutEndpointOptions { Query = null! });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CalloutEndpointOptions { SuccessReplyBody = (SuccessReplyBody)2 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CalloutEndpointOptions { ErrorReplyKey = (ErrorReplyKey)(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CalloutListenerOptions { Port = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CalloutListenerOptions { Port = 65536 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CalloutListenerOptions { ShutdownTimeout = TimeSpan.FromTicks(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CalloutListenerOptions { ShutdownTimeout = TimeSpan.MaxValue });
        Assert.All(["", "::1", "[::1]", "a/b", "a:1"], host => Assert.Throws<ArgumentException>(() => new CalloutListenerOptions { Host = host }));
        Assert.Throws<ArgumentNullException>(() => new CalloutListenerOptions { PathPrefix = null! });
        Assert.All(
            ["/a%20b/", "/a//b/", "/a?b/", "/a b/", "/a#b/", "/a+b/", "/a\\b/", "/a/../b/", "..", "/./", "/a\n/", "/<a>/"], path =>
                Assert.Throws<ArgumentException>(() => new CalloutListenerOptions { PathPrefix = path }));
    }

    [Theory]
    [InlineData("", "/")]
    [InlineData("/", "/")]
    [InlineData("cct", "/cct/")]
    [InlineData("/a/b", "/a/b/")]
    public void Slashes_of_the_path_prefix_are_added(string given, string prefix) =>
        Assert.Equal(prefix, new CalloutListenerOptions { PathPrefix = given }.PathPrefix);

    private static CalloutEndpoint Endpoint(
        Func<CalloutContext, CalloutReply>? reply = null, CalloutEndpointOptions? options = null, TimeProvider? time = null) =>
        new(new StubDispatcher(reply ?? (_ => CalloutReply.Success)), options, timeProvider: time);

    private static string Text(CalloutResponse response) => Encoding.ASCII.GetString(response.Body.ToArray());

    private static string? ErrorIn(CalloutResponse response) =>
        Assert.IsType<ErrorEvent>(Assert.Single(CctXmlFormatter.Default.Read(response.Body.Span))).Message;

    private sealed class StubDispatcher(Func<CalloutContext, CalloutReply> reply) : ICalloutDispatcher
    {
        public ValueTask<CalloutReply> DispatchAsync(Callout callout, CalloutContext context, CancellationToken cancellationToken = default) =>
            new(reply(context));
    }
}
