using System;
using System.Collections.Generic;
using System.Net;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>
/// The HTTP side of callouts for any web server: takes the parts of a request, has the callout carried out, and gives the parts of the answer.
/// </summary>
/// <remarks>Safe to use from several threads.</remarks>
public sealed class CalloutEndpoint
{
    private const string XmlContentType = "text/xml";
    private const int MaxBodyLength = 8192;

    private static readonly byte[] EmptyDocument = "<CCTSDK></CCTSDK>"u8.ToArray();

    private readonly ICalloutDispatcher _dispatcher;
    private readonly CalloutEndpointOptions _options;
    private readonly CalloutQueryFormatter _queries;
    private readonly CalloutResponse _success;

    /// <summary>Makes an endpoint.</summary>
    /// <param name="dispatcher">What carries the callouts out.</param>
    /// <param name="options">How to read and answer; null stands for the defaults.</param>
    /// <exception cref="ArgumentNullException"><paramref name="dispatcher"/> is null.</exception>
    public CalloutEndpoint(ICalloutDispatcher dispatcher, CalloutEndpointOptions? options = null)
    {
        _dispatcher = dispatcher ?? throw new ArgumentNullException(nameof(dispatcher));
        _options = options ?? new();
        _queries = new(_options.Query);
        _success = _options.SuccessBody == SuccessBody.Empty ? new(200, null, default) : new(200, XmlContentType, EmptyDocument);
    }

    /// <summary>Answers a request. There is always an answer: whatever goes wrong becomes an Error reply.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Handed on to the handler.</param>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    public ValueTask<CalloutResponse> HandleAsync(CalloutRequest request, CancellationToken cancellationToken = default)
    {
        _ = request ?? throw new ArgumentNullException(nameof(request));
        if (!string.Equals(request.Method, "GET", StringComparison.Ordinal))
        {
            var allow = new KeyValuePair<string, string>("Allow", "GET");

            // Who asks for the head of an answer does not read a body.
            return new(request.Method == "HEAD" ? new(405, null, default, allow) : Error(405, "A callout is an HTTP GET.", allow));
        }

        if (request.ContentLength is < 0 or > MaxBodyLength)
        {
            return new(Error(413, "The body is too long: a callout has none."));
        }

        if (!_queries.TryRead(request.Query, out Callout? callout, out ProtocolError? error))
        {
            return new(Error(error.Kind == ProtocolErrorKind.TooLong ? 414 : 200, error.Message));
        }

        return DispatchAsync(callout, request.RemoteAddress, cancellationToken);
    }

    /// <summary>The answer to a callout that comes while the softphone stops.</summary>
    internal CalloutResponse ShuttingDown() => Error(200, "The softphone is shutting down.");

    /// <summary>The answer when an error has no better place.</summary>
    internal CalloutResponse Failed() => Error(200, "The softphone could not carry out the callout.");

    private async ValueTask<CalloutResponse> DispatchAsync(Callout callout, IPAddress? remoteAddress, CancellationToken cancellationToken)
    {
        try
        {
            var context = new CalloutContext { ReceivedAt = _options.TimeProvider.GetUtcNow(), RemoteAddress = remoteAddress };
            CalloutReply reply = await _dispatcher.DispatchAsync(callout, context, cancellationToken).ConfigureAwait(false);
            return reply.ErrorMessage is { } message ? Error(200, message) : _success;
        }
#pragma warning disable CA1031 // The dispatcher may be anybody's; an unanswered callout is sent again by Java's HTTP client.
        catch (Exception)
#pragma warning restore CA1031
        {
            return Failed();
        }
    }

    private CalloutResponse Error(int statusCode, string message, params KeyValuePair<string, string>[] headers)
    {
        string text = XmlText.Sanitize(message);
        ErrorEvent error = _options.ErrorKey == ErrorKey.OcctErrorMsg ? new() { Message = text } : new() { Details = text };
        return new(statusCode, XmlContentType, CctXmlFormatter.Default.WriteToArray(error), headers);
    }
}
