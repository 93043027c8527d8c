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
/// Takes callouts over HTTP without a web framework, by the platform's <see cref="HttpListener"/>. For desktops, and for .NET Framework.
/// </summary>
/// <remarks>
/// <para>Safe to use from several threads. It is started once and stopped once; make another to listen again.</para>
/// <para>Callouts are carried out at the same time; stopping lets those that have begun finish.</para>
/// </remarks>
public sealed class CalloutListener : IAsyncDisposable, IDisposable
{
    private const int AttemptsAtFreePort = 20;

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

    /// <summary>Makes a listener, which does not listen before <see cref="Start"/>.</summary>
    /// <param name="endpoint">What answers.</param>
    /// <param name="options">Where to listen; null stands for the defaults.</param>
    /// <param name="timeProvider">The clock of its time limits; null uses <see cref="TimeProvider.System"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="endpoint"/> is null.</exception>
    public CalloutListener(CalloutEndpoint endpoint, CalloutListenerOptions? options = null, TimeProvider? timeProvider = null)
    {
        _endpoint = endpoint ?? throw new ArgumentNullException(nameof(endpoint));
        _options = options ?? new();
        _time = timeProvider ?? TimeProvider.System;
    }

    /// <summary>The address to enter in EBS's profile option "CCT: Basic Telephony: Third Party URL", such as <c>http://localhost:3107/</c>.</summary>
    /// <exception cref="InvalidOperationException">The listener has not been started.</exception>
    public Uri Url => _url ?? throw new InvalidOperationException("The listener has no address before it is started.");

    /// <summary>When EBS last sent CheckStatus to <see cref="CalloutEndpoint"/>, for health checks. Null before the first.</summary>
    /// <remarks>How often EBS sends it is not known, so only a comparison with the past tells something.</remarks>
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

    /// <summary>Begins to listen. Callouts are answered from when it returns.</summary>
    /// <exception cref="IOException">The port is taken, or listening is not allowed: the message says what to do.</exception>
    /// <exception cref="InvalidOperationException">The listener was started before.</exception>
    /// <exception cref="ObjectDisposedException">The listener was stopped before.</exception>
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
                throw new InvalidOperationException("The listener was started before.");
            }

            (_listener, int port) = _options.Port == 0 ? OpenAnyPort() : (Open(_options.Port), _options.Port);
            _url = new Uri(Prefix(_options.Host is "+" or "*" ? "localhost" : _options.Host, port));

            // Or every callout would be a part of whatever was being traced when the softphone started.
            using IDisposable? apart = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
            _accepting = Task.Run(() => AcceptAsync(_listener));
        }
    }

    /// <summary>
    /// Stops listening when the callouts that have begun are answered; those that come meanwhile get an Error reply. Returns when all of it is done. Calling it again waits for the same end.
    /// </summary>
    /// <remarks>
    /// A callout that has not ended by <see cref="CalloutListenerOptions.ShutdownTimeout"/> is cancelled, and a second later answered with an Error. A handler must not wait for this: it would wait for itself.
    /// The platform's listener has no way to stop taking connections first, so one that is made at the very moment of closing is cut.
    /// </remarks>
    /// <param name="cancellationToken">Cancelled: wait no longer for callouts, but cancel their handlers and stop.</param>
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

    /// <summary>The same as <see cref="StopAsync"/>.</summary>
    public ValueTask DisposeAsync() => new(StopAsync());

    /// <summary>The same as <see cref="StopAsync"/>, waiting for its end. Prefer <see cref="DisposeAsync"/>.</summary>
    public void Dispose() => StopAsync().GetAwaiter().GetResult();

    private async Task StopOnceAsync()
    {
        try
        {
            if (!await WaitUntilIdleAsync(_options.ShutdownTimeout, _hurry.Token).ConfigureAwait(false))
            {
                _handlersCancelled.Cancel();

                // A handler that heeds its token still gets to give its answer.
                _ = await WaitUntilIdleAsync(LastAnswersTimeout, CancellationToken.None).ConfigureAwait(false);
            }

            // Closing would answer the others with an empty 200, which says that they were carried out.
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

    /// <summary>Waits until no callout is being answered, but not for ever.</summary>
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
        // Not HttpListener.IsListening: on Mono it stays true when the listener is closed.
        while (!_closed)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync().ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                // Either the end, which the loop's condition sees, or one client's connection, which must not cost the others theirs.
                if (!_closed)
                {
                    await Task.Delay(PauseAfterFailedAccept, _time).ConfigureAwait(false);
                }

                continue;
            }

            // The callout takes its place in line here, so that the order of arrival counts. Only the answer, which a client may be slow to take, is a matter for others.
            var exchange = new Exchange(context);
            ValueTask<CalloutResponse> answer = Track(exchange) ? new(_endpoint.ShuttingDown()) : HandleAsync(context.Request);
#if NET
            _ = ServeAsync(exchange, answer);
#else
            _ = Task.Run(() => ServeAsync(exchange, answer));
#endif
        }
    }

    /// <returns>Whether the listener is stopping.</returns>
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
#pragma warning disable CA1031 // A callout that gets no answer is the worst: Java's HTTP client then sends it again.
        catch (Exception)
#pragma warning restore CA1031
        {
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
#pragma warning disable CA1031 // What the platform makes of a broken request differs, and it gets an answer all the same.
        catch (Exception)
#pragma warning restore CA1031
        {
            return new(_endpoint.Failed());
        }

        return _endpoint.HandleAsync(callout, _handlersCancelled.Token);
    }

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

    /// <summary>Answers, unless that was done before.</summary>
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

        // The platform waits without end, and blocks a thread of the pool, for a client that takes nothing.
        using ITimer limit = _time.CreateTimer(static exchange => Abort((Exchange)exchange!), exchange, SendTimeout, Timeout.InfiniteTimeSpan);
        try
        {
            response.StatusCode = answer.StatusCode;
            foreach (KeyValuePair<string, string> header in answer.Headers)
            {
                response.AddHeader(header.Key, header.Value);
            }

            // What is left of a body that nobody reads must not be taken for the next request.
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
#pragma warning disable CA1031 // The client has gone: nobody is left to be told, and the other callouts go on.
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

    /// <summary>The platform hands over the bytes of a client that escapes nothing as characters: as escapes, the formatter can tell their encoding.</summary>
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
                // Somebody took it since.
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
    /// Windows knows localhost as the one name that needs no permission, for both families of addresses. Elsewhere a name is one address,
    /// and requests that name the address itself want a prefix of their own.
    /// </summary>
    private IEnumerable<string> Hosts()
    {
        yield return _options.Host;
        if (_options.Host == "localhost" && !RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            yield return "127.0.0.1";
        }
    }

    /// <summary>Mono listens on every address when it does not know the one it is given.</summary>
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
        return SocketErrorOf(exception) switch
        {
            SocketError.AddressAlreadyInUse => FormattableString.Invariant(
                $"Port {port} is taken by another program (perhaps this softphone runs twice): end that program, or set another Port here and in EBS's profile option \"CCT: Basic Telephony: Third Party URL\"."),
            SocketError.AccessDenied when RuntimeInformation.IsOSPlatform(OSPlatform.Windows) =>
                $"Windows does not allow this user to listen on {prefix}: let an administrator run \"netsh http add urlacl url={prefix} user={Environment.UserName}\" once, or set Host to localhost, which needs no permission.",
            SocketError.AccessDenied => FormattableString.Invariant(
                $"This user may not listen on port {port}: set a Port of 1024 or above here and in EBS's profile option \"CCT: Basic Telephony: Third Party URL\"."),
            _ => $"It is not possible to listen on {prefix}: set Host to \"localhost\", to \"+\", or to a name or address of this machine.",
        };
    }

    /// <summary>The platforms report the same thing as a socket's error, as Windows' own error or as Unix' own.</summary>
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

    /// <summary>A callout and its answer, which is given once: by the handler, or by the end of the listener.</summary>
    private sealed class Exchange(HttpListenerContext context)
    {
        public HttpListenerContext Context { get; } = context;

        /// <summary>Gets or sets whether sending the answer has begun. Guarded by the listener's gate.</summary>
        public bool IsAnswered { get; set; }
    }
}
