using System;
using System.IO;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>Sends events to EBS by HTTP POST.</summary>
/// <remarks>
/// <para>Safe to use from several threads; make one and keep it.</para>
/// <para>EBS's listener is a small Java server of which nothing is documented, so a request is as plain as can be: a content length and no chunks, no <c>Expect</c>, a connection of its own
/// that closes behind it. The latter also makes the outcome exact: no platform sends an event again because a connection that was kept had died meanwhile.</para>
/// </remarks>
public sealed class HttpEventClient : IEventClient, IDisposable
{
    private readonly HttpClient _httpClient;
    private readonly bool _ownsHttpClient;
    private readonly HttpEventClientOptions _options;

    /// <summary>Makes a client over an <see cref="HttpClient"/> of its own, without proxy, redirects and cookies.</summary>
    /// <param name="options">How to reach EBS; null stands for the defaults.</param>
    public HttpEventClient(HttpEventClientOptions? options = null)
        : this(new HttpClient(CreateHandler()) { Timeout = System.Threading.Timeout.InfiniteTimeSpan }, options) => _ownsHttpClient = true;

    /// <summary>Makes a client over a given <see cref="HttpClient"/>, which it does not dispose.</summary>
    /// <param name="httpClient">
    /// The client. Proxy, redirects and the reuse of connections are a matter of its innermost handler: give it one of <see cref="CreateHandler"/>. No handler above may send a request twice. A time limit of its own counts besides that
    /// of the options.
    /// </param>
    /// <param name="options">How to reach EBS; null stands for the defaults.</param>
    /// <exception cref="ArgumentNullException"><paramref name="httpClient"/> is null.</exception>
    public HttpEventClient(HttpClient httpClient, HttpEventClientOptions? options = null)
    {
        _httpClient = httpClient ?? throw new ArgumentNullException(nameof(httpClient));
        _options = options ?? new();
    }

    /// <summary>
    /// A handler that connects directly and anew for each request: no proxy, no redirects, no cookies, no tracing headers. For an <see cref="HttpClient"/> from a factory.
    /// </summary>
    public static HttpMessageHandler CreateHandler() =>
#if NET
        new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,

            // That the request says "close" is not enough: the connection is kept when the server, such as the JDK's, does not say so too.
            // By the next event that server may have closed it, and the event is lost.
            PooledConnectionLifetime = TimeSpan.Zero,
        };
#else
        new UnpooledHandler();
#endif

    /// <inheritdoc/>
    public async Task<EventDelivery> SendAsync(ListenerAddress listener, CctEvent cctEvent, CancellationToken cancellationToken = default)
    {
        _ = listener ?? throw new ArgumentNullException(nameof(listener));
        _ = cctEvent ?? throw new ArgumentNullException(nameof(cctEvent));
        var target = new Uri($"{_options.Scheme}://{listener}{_options.Path}");
        using var content = new EventContent(CctXmlFormatter.Default.WriteToArray(cctEvent));
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = content };
        request.Headers.ExpectContinue = false;
        request.Headers.ConnectionClose = true;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(_options.Timeout);
        try
        {
            using HttpResponseMessage response =
                await _httpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token).ConfigureAwait(false);

            // What answered after a redirect is not the listener, and may have been asked without the event.
            bool delivered = response.IsSuccessStatusCode && response.RequestMessage?.RequestUri == target;
            return new()
            {
                Status = delivered ? EventDeliveryStatus.Delivered : EventDeliveryStatus.Refused,
                HttpStatus = response.StatusCode,
                ResponseBody = await ReadBodyAsync(response, deadline.Token).ConfigureAwait(false),
            };
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new() { Status = content.Taken ? EventDeliveryStatus.Unknown : EventDeliveryStatus.NotSent, Exception = exception };
        }
    }

    /// <summary>Disposes the <see cref="HttpClient"/> if it is this client's own.</summary>
    public void Dispose()
    {
        if (_ownsHttpClient)
        {
            _httpClient.Dispose();
        }
    }

    /// <summary>The status has come, so the outcome is known: a body that breaks off is kept as far as it came.</summary>
    private async Task<string> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        byte[] body = new byte[_options.MaxResponseLength];
        int count = 0;
        try
        {
            // .NET Framework's streams do not heed the token once they read: closing the answer ends them.
            using CancellationTokenRegistration closing = cancellationToken.Register(response.Dispose);
#if NET
            using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            int read;
            while (count < body.Length && (read = await stream.ReadAsync(body.AsMemory(count), cancellationToken).ConfigureAwait(false)) > 0)
#else
            using Stream stream = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
            int read;
            while (count < body.Length && (read = await stream.ReadAsync(body, count, body.Length - count, cancellationToken).ConfigureAwait(false)) > 0)
#endif
            {
                count += read;
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException)
        {
        }

        return Encoding.UTF8.GetString(body, 0, count);
    }
}
