using System;
using System.Diagnostics;
using System.IO;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>Sends events to EBS by HTTP POST.</summary>
/// <remarks>
/// <para>Safe to use from several threads. Create one instance and keep it.</para>
/// <para>
/// EBS's listener is a small, undocumented Java server, so that a request is as plain as possible: a content length and no chunks, no <c>Expect</c>, and a
/// separate connection that closes after it. The separate connection also makes the outcome exact: no platform sends an event again because a kept connection
/// has died.
/// </para>
/// </remarks>
public sealed class HttpEventClient : IEventClient, IDisposable
{
    private const int ChunkLength = 4096;

    private readonly HttpClient _httpClient;
    private readonly bool _ownsHttpClient;
    private readonly HttpEventClientOptions _options;
    private readonly ObserverHub? _observers;
    private readonly TimeProvider _time;
    private volatile bool _disposed;

    /// <summary>Initializes a client with its own <see cref="HttpClient"/>, without proxy, redirects and cookies.</summary>
    /// <param name="options">How to reach EBS. <see langword="null"/> uses the defaults.</param>
    /// <param name="observers">Receive each request with an event. <see langword="null"/> disables observation.</param>
    /// <param name="timeProvider">The clock of the time limit and of durations. <see langword="null"/> uses <see cref="TimeProvider.System"/>.</param>
    public HttpEventClient(HttpEventClientOptions? options = null, ObserverHub? observers = null, TimeProvider? timeProvider = null)
        : this(new HttpClient(CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan }, options, observers, timeProvider) => _ownsHttpClient = true;

    /// <summary>Initializes a client with a given <see cref="HttpClient"/>, which it does not dispose.</summary>
    /// <param name="httpClient">
    /// The HTTP client. Its innermost handler decides on proxy, redirects and the reuse of connections: use a handler of <see cref="CreateHandler"/>. Whatever
    /// its handlers do, the event leaves this machine at most once. Its own timeout applies in addition to that of the options.
    /// </param>
    /// <param name="options">How to reach EBS. <see langword="null"/> uses the defaults.</param>
    /// <param name="observers">Receive each request with an event. <see langword="null"/> disables observation.</param>
    /// <param name="timeProvider">The clock of the time limit and of durations. <see langword="null"/> uses <see cref="TimeProvider.System"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="httpClient"/> is null.</exception>
    public HttpEventClient(HttpClient httpClient, HttpEventClientOptions? options = null, ObserverHub? observers = null, TimeProvider? timeProvider = null)
    {
        _httpClient = httpClient ?? throw new ArgumentNullException(nameof(httpClient));
        _options = options ?? new();
        _observers = observers is { IsObserved: true } ? observers : null;
        _time = timeProvider ?? TimeProvider.System;
    }

    /// <summary>
    /// Returns a handler that opens a direct connection for each request: no proxy, no redirects, no cookies, no tracing headers. For an
    /// <see cref="HttpClient"/> from a factory.
    /// </summary>
    public static HttpMessageHandler CreateHandler() =>
#if NET
        new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,

            // A "close" in the request is not enough: the platform keeps the connection when the server, such as the JDK's, does not send it, too.
            // The server may have closed the connection before the next event, which is then lost.
            PooledConnectionLifetime = TimeSpan.Zero,
        };
#else
        new UnpooledHandler();
#endif

    /// <inheritdoc/>
    public async Task<EventDelivery> SendAsync(EbsAddress ebsAddress, CctEvent cctEvent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ebsAddress);
        ArgumentNullException.ThrowIfNull(cctEvent);
        if (_disposed)
        {
            throw new ObjectDisposedException(nameof(HttpEventClient));
        }

        using var trace = EventTrace.Start(cctEvent);
        long started = _time.GetTimestamp();
        DateTimeOffset at = _time.GetUtcNow();
        EventDelivery delivery = await PostAsync(ebsAddress, cctEvent, cancellationToken).ConfigureAwait(false);
        bool isWithdrawn = delivery.Status == EventDeliveryStatus.NotSent && cancellationToken.IsCancellationRequested;
        bool isWarning = delivery.Status != EventDeliveryStatus.Delivered && !isWithdrawn && CctDiagnostics.IsOn(TraceEventType.Warning);
        if (_observers is not null || EventTrace.IsObserved || isWarning)
        {
            var observation = new EventAttemptObservation
            {
                At = at,
                Duration = _time.GetElapsedTime(started),
                Event = cctEvent,
                EbsAddress = ebsAddress,
                Delivery = delivery,
            };
            trace.End(new(
                cctEvent,
                observation.Duration,
                delivery.Status.ToString(),
                delivery.Reason?.ToString(),
                (int?)delivery.HttpStatus,
                IsFailure: delivery.Status != EventDeliveryStatus.Delivered,
                delivery.Exception));
            if (isWarning)
            {
                CctDiagnostics.Write(TraceEventType.Warning, DiagnosticId.AttemptFailed, observation, detail: null, delivery.ExceptionText());
            }

            _observers?.Publish(observation);
        }

        if (isWithdrawn)
        {
            throw new OperationCanceledException(cancellationToken);
        }

        return delivery;
    }

    /// <summary>Disposes this client, and its own <see cref="HttpClient"/>.</summary>
    public void Dispose()
    {
        _disposed = true;
        if (_ownsHttpClient)
        {
            _httpClient.Dispose();
        }
    }

    private async Task<EventDelivery> PostAsync(EbsAddress ebsAddress, CctEvent cctEvent, CancellationToken cancellationToken)
    {
        var target = new Uri($"{_options.Scheme}://{ebsAddress}{_options.Path}");
        using var content = new EventContent(CctXmlFormatter.Default.WriteToArray(cctEvent));
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = content };
        request.Headers.ExpectContinue = false;
        request.Headers.ConnectionClose = true;
#if NET
        using var deadline = new CancellationTokenSource(_options.Timeout, _time);
#else
        using CancellationTokenSource deadline = _time.CreateCancellationTokenSource(_options.Timeout);
#endif
        using CancellationTokenRegistration withdrawing = cancellationToken.Register(() =>
        {
            if (content.TryWithdraw())
            {
                deadline.Cancel();
            }
        });
        try
        {
            using HttpResponseMessage response =
                await _httpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token).ConfigureAwait(false);

            return new()
            {
                Status = StatusOf(response, target),
                HttpStatus = response.StatusCode,
                ResponseBody = await ReadBodyAsync(response, deadline.Token).ConfigureAwait(false),
            };
        }
        catch (Exception exception) when (IsOfTheNetwork(exception))
        {
            return content.Taken
                ? new() { Status = EventDeliveryStatus.Unknown, Exception = exception }
                : new() { Status = EventDeliveryStatus.NotSent, Reason = NotSentReason.Unreachable, Exception = exception };
        }
    }

    private static EventDeliveryStatus StatusOf(HttpResponseMessage response, Uri target)
    {
        // After a redirect, the answer is not the listener's, and its request may have been without the event. Mono may treat a
        // provisional answer as the answer.
        bool isListener = response.RequestMessage?.RequestUri == target;
        return (int)response.StatusCode < 200 ? EventDeliveryStatus.Unknown
            : response.IsSuccessStatusCode && isListener ? EventDeliveryStatus.Delivered
            : EventDeliveryStatus.Refused;
    }

    /// <summary>Reads the body as far as it arrives: the outcome is known from the status.</summary>
    private async Task<string> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength == 0)
        {
            return "";
        }

        using var body = new MemoryStream();
        byte[] chunk = new byte[ChunkLength];
        try
        {
            // A stream of .NET Framework ignores the token while it reads: disposing the response ends the reading.
            using CancellationTokenRegistration closing = cancellationToken.Register(response.Dispose);
#if NET
            using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
#else
            using Stream stream = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
#endif
            while (body.Length < _options.MaxResponseLength)
            {
                int wanted = (int)Math.Min(chunk.Length, _options.MaxResponseLength - body.Length);
#if NET
                int count = await stream.ReadAsync(chunk.AsMemory(0, wanted), cancellationToken).ConfigureAwait(false);
#else
                int count = await stream.ReadAsync(chunk, 0, wanted, cancellationToken).ConfigureAwait(false);
#endif
                if (count == 0)
                {
                    break;
                }

                body.Write(chunk, 0, count);
            }
        }
        catch (Exception exception) when (IsOfTheNetwork(exception))
        {
        }

        return Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length);
    }

    private static bool IsOfTheNetwork(Exception exception) =>
        exception is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException;
}
