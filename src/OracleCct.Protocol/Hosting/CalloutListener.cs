using System;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>
/// Receives callouts over HTTP without a web framework, with the platform's <see cref="HttpListener"/>. For desktops, and for .NET Framework.
/// </summary>
/// <remarks>
/// <para>Safe to use from several threads. A listener starts once and stops once; create another one to listen again.</para>
/// <para>Callouts run at the same time. Stopping lets callouts that have begun finish.</para>
/// </remarks>
public sealed class CalloutListener : IAsyncDisposable, IDisposable
{
    private const int AttemptsAtFreePort = 20;
    private const string ProfileOption = "EBS's profile option \"CCT: Basic Telephony: Third Party URL\"";

    private static readonly TimeSpan PauseAfterFailedAccept = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LastAnswersTimeout = TimeSpan.FromSeconds(1);

    private readonly CalloutEndpoint _endpoint;
    private readonly CalloutListenerOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _hurry = new();
    private readonly CancellationTokenSource _handlersCancelled = new();

    private readonly object _gate = new();
    private readonly HashSet<Exchange> _exchanges = [];

    private TaskCompletionSource<bool>? _idle;
    private HttpListener? _listener;
    private Task? _accepting;
    private Task? _stopped;
    private Uri? _url;
    private bool _stopping;
    private volatile bool _closed;

    /// <summary>Initializes a listener. Call <see cref="Start"/> to listen.</summary>
    /// <param name="endpoint">Answers the requests.</param>
    /// <param name="options">The options; null uses the defaults.</param>
    /// <param name="timeProvider">The clock of its time limits; null uses <see cref="TimeProvider.System"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="endpoint"/> is null.</exception>
    public CalloutListener(CalloutEndpoint endpoint, CalloutListenerOptions? options = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        _endpoint = endpoint;
        _options = options ?? new();
        _time = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Gets the address to enter in EBS's profile option "CCT: Basic Telephony: Third Party URL", such as <c>http://localhost:3107/</c>.</summary>
    /// <exception cref="InvalidOperationException">The listener has not been started.</exception>
    public Uri Url => _url ?? throw new InvalidOperationException("The listener has no address yet. Call Start first.");

    /// <summary>Gets when EBS last sent CheckStatus to the <see cref="CalloutEndpoint"/>, for health checks. Null before the first one.</summary>
    /// <remarks>It is not known how often EBS sends CheckStatus, so compare with your site's past.</remarks>
    public DateTimeOffset? LastCheckStatusAt => _endpoint.LastCheckStatusAt;

    /// <summary>Gets how many callouts are being answered, for tests.</summary>
    internal int ExchangeCount
    {
        get
        {
            lock (_gate)
            {
                return _exchanges.Count;
            }
        }
    }

    /// <summary>Starts to listen. When it returns, callouts are answered.</summary>
    /// <exception cref="IOException">The port is taken, or listening is not allowed. The message says what to do.</exception>
    /// <exception cref="InvalidOperationException">The listener has been started before.</exception>
    /// <exception cref="ObjectDisposedException">The listener has been stopped.</exception>
    public void Start()
    {
        lock (_gate)
        {
            if (_stopping)
            {
                throw new ObjectDisposedException(nameof(CalloutListener));
            }

            if (_listener is not null)
            {
                throw new InvalidOperationException("The listener has been started before. Create another one to listen again.");
            }

            (_listener, int port) = _options.Port == 0 ? OpenAnyPort() : (Open(_options.Port), _options.Port);
            _url = new Uri(Prefix(_options.Host is "+" or "*" ? "localhost" : _options.Host, port));

            // Otherwise every callout would become a part of the activity in which the softphone started.
            using IDisposable? apart = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
            _accepting = Task.Run(() => AcceptAsync(_listener));
        }
    }

    /// <summary>
    /// Stops listening as soon as the callouts that have begun are answered. Callouts that arrive meanwhile get an Error reply. A second call waits for the
    /// same end.
    /// </summary>
    /// <remarks>
    /// A callout that has not ended within <see cref="CalloutListenerOptions.ShutdownTimeout"/> is cancelled, and answered with an Error a second later. A
    /// handler must not wait for this method: it would wait for itself. The platform's listener cannot stop accepting connections first, so it breaks a
    /// connection that a client opens at the moment of closing.
    /// </remarks>
    /// <param name="cancellationToken">Ends the wait for callouts: their handlers are cancelled at once.</param>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        using CancellationTokenRegistration hurry = cancellationToken.Register(_hurry.Cancel);
        Task stopped;
        lock (_gate)
        {
            _stopping = true;
            stopped = _stopped ??= Task.Run(StopOnceAsync, CancellationToken.None);
        }

        await stopped.ConfigureAwait(false);
    }

    /// <summary>Calls <see cref="StopAsync"/>.</summary>
    public ValueTask DisposeAsync() => new(StopAsync());

    /// <summary>Calls <see cref="StopAsync"/> and blocks until it ends. Prefer <see cref="DisposeAsync"/>.</summary>
    public void Dispose() => StopAsync().GetAwaiter().GetResult();

    private async Task StopOnceAsync()
    {
        try
        {
            if (!await WaitUntilIdleAsync(_options.ShutdownTimeout, _hurry.Token).ConfigureAwait(false))
            {
                _handlersCancelled.Cancel();

                // A handler that observes its token can still give its reply.
                _ = await WaitUntilIdleAsync(LastAnswersTimeout, CancellationToken.None).ConfigureAwait(false);
            }

            // Closing would answer the other callouts with an empty 200, which means that they were carried out.
            await Task.WhenAll(Unanswered().Select(exchange => SendAsync(exchange, _endpoint.Failed()))).ConfigureAwait(false);
            _ = await WaitUntilIdleAsync(LastAnswersTimeout, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _closed = true;
            _listener?.Close();
        }

        if (_accepting is not null)
        {
            await _accepting.ConfigureAwait(false);
        }
    }

    /// <summary>Waits until no callout is being answered, or until a timeout.</summary>
    /// <returns>False after the timeout.</returns>
    private async Task<bool> WaitUntilIdleAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        Task idle;
        lock (_gate)
        {
            if (_exchanges.Count == 0)
            {
                return true;
            }

            idle = (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bool inTime = await Task.WhenAny(idle, Task.Delay(timeout, _time, waiting.Token)).ConfigureAwait(false) == idle;
        waiting.Cancel();
        return inTime;
    }

    private Exchange[] Unanswered()
    {
        lock (_gate)
        {
            return [.. _exchanges];
        }
    }

    private async Task AcceptAsync(HttpListener listener)
    {
        // Not HttpListener.IsListening: on Mono it stays true after the listener is closed.
        bool isFailing = false;
        while (!_closed)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync().ConfigureAwait(false);
                isFailing = false;
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                // Either the listener is closed, or the connection of one client failed, which must not affect the others.
                if (!_closed)
                {
                    if (!isFailing)
                    {
                        Report("Accepting a connection failed. The listener tries again.", exception, CalloutSecrets.None);
                        isFailing = true;
                    }

                    await Task.Delay(PauseAfterFailedAccept, _time).ConfigureAwait(false);
                }

                continue;
            }

            // The order of arrival counts, so the callout gets its place in the order here. Only the response, which a slow client delays, is sent elsewhere.
            var exchange = new Exchange(context);
            ValueTask<CalloutResponse> answer = Track(exchange) ? new(_endpoint.ShuttingDown()) : HandleAsync(context.Request);
#if NET
            _ = ServeAsync(exchange, answer);
#else
            _ = Task.Run(() => ServeAsync(exchange, answer));
#endif
        }
    }

    /// <summary>Adds a callout to those that are being answered.</summary>
    /// <returns>True if the listener is stopping.</returns>
    private bool Track(Exchange exchange)
    {
        lock (_gate)
        {
            _ = _exchanges.Add(exchange);
            return _stopping;
        }
    }

    private async Task ServeAsync(Exchange exchange, ValueTask<CalloutResponse> answer)
    {
        CalloutResponse response;
        try
        {
#if NET
            response = await answer.AsTask().ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
#else
            response = await answer.ConfigureAwait(false);
#endif
        }
#pragma warning disable CA1031 // Java's HTTP client sends a callout again if it gets no response.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Report("A request could not be answered.", exception, CalloutSecrets.Unknown);
            response = _endpoint.Failed();
        }

        await SendAsync(exchange, response).ConfigureAwait(false);
    }

    private ValueTask<CalloutResponse> HandleAsync(HttpListenerRequest request)
    {
        CalloutRequest callout;
        try
        {
            callout = new()
            {
                Method = request.HttpMethod,
                Query = EscapeBytes(request.RawUrl ?? ""),
                Headers = HeadersOf(request),
                RemoteAddress = request.RemoteEndPoint?.Address,
                LocalPort = request.LocalEndPoint?.Port ?? 0,
                ContentLength = request.HasEntityBody ? request.ContentLength64 : 0,
            };
        }
#pragma warning disable CA1031 // Platforms differ in what they throw for a broken request. It gets a response, too.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Report("The platform's request could not be read.", exception, CalloutSecrets.Unknown);
            return new(_endpoint.Failed());
        }

        return _endpoint.HandleAsync(callout, _handlersCancelled.Token);
    }

    private void Report(string message, Exception exception, CalloutSecrets secrets) =>
        CctDiagnostics.Write(new ProblemObservation { At = _time.GetUtcNow(), Message = message, Exception = exception }, secrets);

    private static IEnumerable<KeyValuePair<string, string>> HeadersOf(HttpListenerRequest request)
    {
        NameValueCollection headers = request.Headers;
        for (int i = 0; i < headers.Count; i++)
        {
            foreach (string value in headers.GetValues(i) ?? [])
            {
                yield return new(headers.GetKey(i) ?? "", value);
            }
        }
    }

    /// <summary>Sends the response, unless one was sent before.</summary>
    private async Task SendAsync(Exchange exchange, CalloutResponse answer)
    {
        HttpListenerResponse response = exchange.Context.Response;
        lock (_gate)
        {
            if (exchange.IsAnswered)
            {
                return;
            }

            exchange.IsAnswered = true;
        }

        // Without a limit, a client that does not read would block a thread of the pool.
        using ITimer limit = _time.CreateTimer(static exchange => Abort((Exchange)exchange!), exchange, SendTimeout, Timeout.InfiniteTimeSpan);
        try
        {
            response.StatusCode = answer.StatusCode;
            foreach (KeyValuePair<string, string> header in answer.Headers)
            {
                response.AddHeader(header.Key, header.Value);
            }

            // The rest of a body, which is not read, must not be treated as the next request.
            response.KeepAlive = !exchange.Context.Request.HasEntityBody;
            response.ContentLength64 = answer.Body.Length;
            if (answer.ContentType is not null)
            {
                response.ContentType = answer.ContentType;
#if NET
                await response.OutputStream.WriteAsync(answer.Body).ConfigureAwait(false);
#else
                await response.OutputStream.WriteAsync(answer.Body.ToArray(), 0, answer.Body.Length).ConfigureAwait(false);
#endif
            }

            response.Close();
        }
#pragma warning disable CA1031 // The client has disconnected. The other callouts continue.
        catch (Exception)
#pragma warning restore CA1031
        {
            Abort(exchange);
        }
        finally
        {
            Untrack(exchange);
        }
    }

    private void Untrack(Exchange exchange)
    {
        lock (_gate)
        {
            _ = _exchanges.Remove(exchange);
            if (_exchanges.Count == 0)
            {
                _ = _idle?.TrySetResult(true);
                _idle = null;
            }
        }
    }

    private static void Abort(Exchange exchange)
    {
        try
        {
            exchange.Context.Response.Abort();
        }
        catch (ObjectDisposedException)
        {
        }
    }

    /// <summary>
    /// Escapes the bytes that the platform returns as characters if a client does not escape them, so that the formatter can detect their encoding.
    /// </summary>
    private static string EscapeBytes(string rawUrl)
    {
        StringBuilder? escaped = null;
        for (int i = 0; i < rawUrl.Length; i++)
        {
            if (rawUrl[i] is >= '\x80' and <= '\xFF')
            {
                escaped ??= new StringBuilder(rawUrl, 0, i, rawUrl.Length * 3);
                _ = escaped.Append('%').Append(((int)rawUrl[i]).ToString("X2", CultureInfo.InvariantCulture));
            }
            else
            {
                _ = escaped?.Append(rawUrl[i]);
            }
        }

        return escaped?.ToString() ?? rawUrl;
    }

    private (HttpListener Listener, int Port) OpenAnyPort()
    {
        for (int attempt = 1; ; attempt++)
        {
            int port = FreePort();
            try
            {
                return (Open(port), port);
            }
            catch (IOException) when (attempt < AttemptsAtFreePort)
            {
                // Another program has taken the port meanwhile.
            }
        }
    }

    private static int FreePort()
    {
        var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        try
        {
            return ((IPEndPoint)probe.LocalEndpoint).Port;
        }
        finally
        {
            probe.Stop();
        }
    }

    private HttpListener Open(int port)
    {
        var listener = new HttpListener();
        try
        {
            foreach (string host in Hosts())
            {
                ThrowIfUnknown(host);
                listener.Prefixes.Add(Prefix(host, port));
            }

            listener.Start();
            return listener;
        }
        catch (Exception exception) when (exception is HttpListenerException or SocketException or ArgumentException)
        {
            // Not Dispose: on Mono it throws when the start has failed.
            listener.Close();
            throw new IOException(Advice(exception, port), exception);
        }
    }

    /// <summary>
    /// Returns the hosts to listen on. On Windows, only localhost needs no permission, and it includes both families of addresses. On other systems a name is
    /// one address, and requests that name the address itself need a separate prefix.
    /// </summary>
    private IEnumerable<string> Hosts()
    {
        yield return _options.Host;
        if (_options.Host == "localhost" && !RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            yield return "127.0.0.1";
        }
    }

    /// <summary>Throws if a host does not resolve: Mono would listen on every address.</summary>
    private static void ThrowIfUnknown(string host)
    {
        if (host is not ("+" or "*") && !RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            _ = Dns.GetHostAddresses(host);
        }
    }

    private string Prefix(string host, int port) => FormattableString.Invariant($"http://{host}:{port}{_options.PathPrefix}");

    private string Advice(Exception exception, int port)
    {
        string prefix = Prefix(_options.Host, port);
        string number = port.ToString(CultureInfo.InvariantCulture);
        return SocketErrorOf(exception) switch
        {
            SocketError.AddressAlreadyInUse =>
                $"Port {number} is taken by another program (perhaps this softphone runs twice). "
                + $"End that program, or set another Port here and in {ProfileOption}.",
            SocketError.AccessDenied when RuntimeInformation.IsOSPlatform(OSPlatform.Windows) =>
                $"Windows does not allow this user to listen on {prefix}. Let an administrator run "
                + $"\"netsh http add urlacl url={prefix} user={Environment.UserName}\" once, or set Host to localhost, which needs no permission.",
            SocketError.AccessDenied => $"This user may not listen on port {number}. Set a Port of 1024 or above here and in {ProfileOption}.",
            _ => $"It is not possible to listen on {prefix}. Set Host to \"localhost\", to \"+\", or to a name or address of this machine.",
        };
    }

    /// <summary>Returns the reason of a failure, which platforms report as an error of the socket, of Windows or of Unix.</summary>
    private static SocketError SocketErrorOf(Exception exception) => exception switch
    {
        SocketException socket => socket.SocketErrorCode,

        // ERROR_ACCESS_DENIED, EACCES
        HttpListenerException { ErrorCode: 5 or 13 } => SocketError.AccessDenied,

        // ERROR_SHARING_VIOLATION, ERROR_ALREADY_EXISTS, EADDRINUSE of macOS and of Linux, another HttpListener of this process
        HttpListenerException { ErrorCode: 32 or 183 or 48 or 98 or 400 } => SocketError.AddressAlreadyInUse,
        HttpListenerException listener => (SocketError)listener.ErrorCode,
        _ => SocketError.SocketError,
    };

    /// <summary>Represents a callout and its response, which is sent once: by its handler, or by the end of the listener.</summary>
    private sealed class Exchange(HttpListenerContext context)
    {
        public HttpListenerContext Context { get; } = context;

        /// <summary>Gets or sets whether sending the answer has begun. Guarded by the listener's gate.</summary>
        public bool IsAnswered { get; set; }
    }
}
