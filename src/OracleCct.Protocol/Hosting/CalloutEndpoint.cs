using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>
/// Answers callouts for any web server: takes the parts of an HTTP request, carries out the callout, and returns the parts of the response.
/// </summary>
/// <remarks>Safe to use from several threads.</remarks>
public sealed class CalloutEndpoint
{
    private const string XmlContentType = "text/xml";
    private const int MaxBodyLength = 8192;

    private static readonly byte[] EmptyDocument = "<CCTSDK></CCTSDK>"u8.ToArray();

    private static readonly KeyValuePair<string, string> NoStore = new("Cache-Control", "no-store");

    private readonly CalloutEndpointOptions _options;
    private readonly CalloutGuard _guard;
    private readonly CalloutQueryFormatter _queries;
    private readonly CalloutQueue _queue;
    private readonly ObserverHub? _observers;
    private readonly TimeProvider _time;
    private readonly CalloutResponse _success;
    private long _refusedCount;
    private long _lastCheckStatus;
    private long _lastCheckStatusTimestamp;

    /// <summary>Initializes an endpoint.</summary>
    /// <param name="dispatcher">Carries out the callouts.</param>
    /// <param name="options">The options; null uses the defaults.</param>
    /// <param name="observers">Receives each request with its response; null disables it.</param>
    /// <param name="timeProvider">
    /// The clock of <see cref="CalloutContext.ReceivedAt"/>, deadlines and durations; null uses <see cref="TimeProvider.System"/>.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="dispatcher"/> is null.</exception>
    public CalloutEndpoint(
        ICalloutDispatcher dispatcher, CalloutEndpointOptions? options = null, ObserverHub? observers = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(dispatcher);
        _options = options ?? new();
        _guard = new(_options.Guard);
        _queries = new(_options.Query);
        _observers = observers is { IsObserved: true } ? observers : null;
        _time = timeProvider ?? TimeProvider.System;
        _queue = new(dispatcher, _options, _observers, _time);
        _success = _options.SuccessReplyBody switch
        {
            SuccessReplyBody.Empty => new(200, null, default, NoStore),
            SuccessReplyBody.EmptyDocument => new(200, XmlContentType, EmptyDocument, NoStore),
            _ => throw new ArgumentOutOfRangeException(nameof(options), _options.SuccessReplyBody, "The body of a successful reply is not defined."),
        };
    }

    /// <summary>Gets how many requests the guard has refused.</summary>
    public long RefusedCount => Interlocked.Read(ref _refusedCount);

    /// <summary>Gets when EBS last sent CheckStatus, for health checks. Null before the first one.</summary>
    /// <remarks>It is not known how often EBS sends CheckStatus, so compare with your site's past.</remarks>
    public DateTimeOffset? LastCheckStatusAt =>
        Interlocked.Read(ref _lastCheckStatus) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Gets how long ago EBS last sent CheckStatus. <see langword="null"/> before the first.</summary>
    /// <remarks>The endpoint measures this time, so setting the system's clock does not change it.</remarks>
    public TimeSpan? TimeSinceCheckStatus =>
        Interlocked.Read(ref _lastCheckStatus) == 0 ? null : _time.GetElapsedTime(Interlocked.Read(ref _lastCheckStatusTimestamp));

    /// <summary>Gets the queue that carries the callouts out.</summary>
    internal CalloutQueue Queue => _queue;

    /// <summary>Answers a request. There is always a response by the deadline: a failure becomes an Error reply.</summary>
    /// <remarks>
    /// The callouts of an agent run in the order of the calls to this method. It returns without waiting: handlers run on the thread pool, which the deadline
    /// needs, too. Several handlers that block their threads at the same time delay all responses until the pool has grown. Each handler runs in the execution
    /// context of its caller.
    /// </remarks>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">
    /// Cancelled when the host stops. A waiting callout is then not carried out, and the token of a running handler is cancelled.
    /// </param>
    /// <returns>The response.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    public ValueTask<CalloutResponse> HandleAsync(CalloutRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            return CheckAndCarryOutAsync(new Arrival(request, _time), cancellationToken);
        }
#pragma warning disable CA1031 // The headers may be lazy code of the host. Java's HTTP client sends a callout again if it gets no response.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var problem = new ProblemObservation { At = _time.GetUtcNow(), Message = "The web server's request could not be read.", Exception = exception };
            CctDiagnostics.Write(problem, CalloutSecrets.Unknown);
            return new(Failed());
        }
    }

    /// <summary>Returns the response to a callout that arrives while the softphone stops.</summary>
    internal CalloutResponse ShuttingDown() => Error(200, "The softphone is shutting down.");

    /// <summary>Returns the response to a request that failed before or after its callout.</summary>
    internal CalloutResponse Failed() => Error(200, "The softphone could not carry out the callout.");

    private ValueTask<CalloutResponse> CheckAndCarryOutAsync(in Arrival arrival, CancellationToken cancellationToken)
    {
        CalloutRequest request = arrival.Request;
        GuardVerdict verdict = _guard.Check(request);
        if (verdict.StatusCode != 0)
        {
            return new(AnswerFromGuard(arrival, verdict));
        }

        if (request.ContentLength is < 0 or > MaxBodyLength)
        {
            return new(Unreadable(arrival, verdict, 413, "The body is too long: a callout has none."));
        }

        if (!_queries.TryRead(request.Query, out Callout? callout, out ProtocolError? error))
        {
            return new(Unreadable(arrival, verdict, error.Kind == ProtocolErrorKind.TooLong ? 414 : 200, error.Message));
        }

        if (callout is CheckStatusCallout)
        {
            _ = Interlocked.Exchange(ref _lastCheckStatusTimestamp, arrival.Timestamp);
            _ = Interlocked.Exchange(ref _lastCheckStatus, arrival.At.UtcTicks);
        }

        return CarryOutAsync(arrival, callout, verdict.Headers, cancellationToken);
    }

    private CalloutResponse AnswerFromGuard(in Arrival arrival, in GuardVerdict verdict)
    {
        if (verdict.Refusal is not { } refusal)
        {
            return new(verdict.StatusCode, null, default, [NoStore, .. verdict.Headers ?? []]);
        }

        _ = Interlocked.Increment(ref _refusedCount);
        Observe(arrival, CalloutOutcome.Refused, verdict.StatusCode, verdict.Message, refusal);

        // The response to HEAD has no body.
        return arrival.Request.Method == "HEAD"
            ? new(verdict.StatusCode, null, default, [NoStore, .. verdict.Headers ?? []])
            : Error(verdict.StatusCode, verdict.Message ?? "The softphone refuses the request.", verdict.Headers);
    }

    private CalloutResponse Unreadable(in Arrival arrival, in GuardVerdict verdict, int statusCode, string message)
    {
        Observe(arrival, CalloutOutcome.Unreadable, statusCode, message);
        return Error(statusCode, message, verdict.Headers);
    }

    private async ValueTask<CalloutResponse> CarryOutAsync(
        Arrival arrival, Callout callout, KeyValuePair<string, string>[]? headers, CancellationToken cancellationToken)
    {
        var context = new CalloutContext { ReceivedAt = arrival.At, RemoteAddress = arrival.Request.RemoteAddress };
        using var trace = CalloutTrace.Start(callout);
        using CalloutQueue.Turn turn = _queue.Enter(callout, context, cancellationToken);
        CalloutResult result = await turn.Result.ConfigureAwait(false);
        Observe(
            arrival,
            result.Outcome,
            200,
            result.Reply.ErrorMessage,
            callout: callout,
            joined: turn.IsJoined,
            exception: result.Reply.Failure,
            trace: trace);
        return result.Reply.ErrorMessage is { } message ? Error(200, message, headers)
            : headers is null ? _success
            : new(200, _success.ContentType, _success.Body, [NoStore, .. headers]);
    }

    private CalloutResponse Error(int statusCode, string message, KeyValuePair<string, string>[]? headers = null)
    {
        string text = XmlText.Sanitize(message);
        ErrorEvent error = _options.ErrorReplyKey switch
        {
            ErrorReplyKey.OcctErrorMsg => new() { Message = text },
            ErrorReplyKey.KeyErrorDetails => new() { Details = text },
            _ => throw new InvalidOperationException("The key of the Error reply is not defined."),
        };
        return new(statusCode, XmlContentType, CctXmlFormatter.Default.WriteToArray(error), [NoStore, .. headers ?? []]);
    }

    private void Observe(
        in Arrival arrival,
        CalloutOutcome outcome,
        int statusCode,
        string? message,
        CalloutRefusal? refusal = null,
        Callout? callout = null,
        bool joined = false,
        Exception? exception = null,
        CalloutTrace trace = default)
    {
        (TraceEventType level, DiagnosticId id) = outcome switch
        {
            CalloutOutcome.Failed => (TraceEventType.Error, DiagnosticId.CalloutFailed),
            CalloutOutcome.TimedOut or CalloutOutcome.Busy => (TraceEventType.Warning, DiagnosticId.CalloutNotFinished),
            CalloutOutcome.Refused => (TraceEventType.Warning, DiagnosticId.CalloutRefused),
            CalloutOutcome.Unreadable => (TraceEventType.Warning, DiagnosticId.CalloutUnreadable),
            _ => (TraceEventType.Verbose, default),
        };
        bool isDiagnosed = level != TraceEventType.Verbose && CctDiagnostics.IsOn(level);
        if (_observers is null && !CalloutTrace.IsObserved && !isDiagnosed)
        {
            return;
        }

        var observation = new CalloutObservation
        {
            At = arrival.At,
            Duration = _time.GetElapsedTime(arrival.Timestamp),
            Outcome = outcome,
            Refusal = refusal,
            RemoteAddress = arrival.Request.RemoteAddress,
            FunctionName = callout?.DisplayName,
            Agent = (callout as AgentCallout)?.Agent,
            Query = CalloutQueryFormatter.Redact(arrival.Request.Query),
            Joined = joined,
            StatusCode = statusCode,
            Message = message,
            Exception = exception,
        };
        ExceptionText? thrown = exception is null ? null : new(exception, CalloutSecrets.Of(callout));
        trace.End(new(
            observation.At,
            observation.Duration,
            callout?.FunctionName,
            outcome.ToString(),
            refusal?.ToString(),
            joined,
            statusCode,
            IsFailure: outcome is CalloutOutcome.Failed or CalloutOutcome.TimedOut or CalloutOutcome.Busy,
            thrown));
        if (isDiagnosed)
        {
            CctDiagnostics.Write(level, id, observation, message, thrown);
        }

        _observers?.Publish(observation);
    }

    /// <summary>Represents a request and its time of arrival.</summary>
    private readonly struct Arrival(CalloutRequest request, TimeProvider time)
    {
        public CalloutRequest Request => request;

        public DateTimeOffset At { get; } = time.GetUtcNow();

        public long Timestamp { get; } = time.GetTimestamp();
    }
}
