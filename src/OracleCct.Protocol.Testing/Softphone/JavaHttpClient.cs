using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol.Testing;

/// <summary>Sends callouts as Java's <c>HttpURLConnection</c> does: with its headers, and with up to five connections that are kept for five seconds.</summary>
internal sealed class JavaHttpClient(Uri softphone) : ISoftphoneLink
{
    private const int MaxKept = 5;
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);

    private readonly string _host = softphone.IdnHost.Trim('[', ']');
    private readonly object _gate = new();
    private readonly List<(HttpConnection Connection, long Since)> _kept = [];
    private bool _disposed;

    public async Task<CalloutAttempt> SendAsync(string query, bool anew, CancellationToken cancellationToken)
    {
        HttpConnection? connection = anew ? null : TakeKept();
        try
        {
            connection ??= await ConnectAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (HttpConnection.IsOfTheNetwork(exception))
        {
            return new(AttemptEnd.NotConnected, Trouble: $"No connection to {softphone.Authority}: {exception.Message}");
        }

        bool kept = false;
        try
        {
            (CalloutAttempt attempt, kept) = await connection.EndingWithAsync(() => ExchangeAsync(connection, query), cancellationToken).ConfigureAwait(false);
            kept = kept && TryKeep(connection);
            return attempt;
        }
        finally
        {
            if (!kept)
            {
                connection.Dispose();
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            foreach ((HttpConnection connection, _) in _kept)
            {
                connection.Dispose();
            }

            _kept.Clear();
        }
    }

    private async Task<(CalloutAttempt Attempt, bool CanBeKept)> ExchangeAsync(HttpConnection connection, string query)
    {
        HttpHead? head;
        connection.HasReceived = false;
        try
        {
            await connection.WriteAsync(Request(query)).ConfigureAwait(false);
            head = await ReadAnswerHeadAsync(connection).ConfigureAwait(false);
        }
        catch (Exception exception) when (HttpConnection.IsOfTheNetwork(exception) && !connection.HasReceived)
        {
            return (new(AttemptEnd.Dead, Trouble: "The connection ended without an answer."), false);
        }
        catch (IOException exception)
        {
            return (new(AttemptEnd.Broken, Trouble: $"The answer cannot be read: {exception.Message}"), false);
        }

        if (head is null)
        {
            return (new(AttemptEnd.Dead, Trouble: "The connection ended without an answer."), false);
        }

        if (head.StatusCode is not { } status)
        {
            return (new(AttemptEnd.Broken, Trouble: "The answer is not HTTP."), false);
        }

        try
        {
            bool hasNoBody = status is 204 or 304;
            byte[] body = hasNoBody ? [] : await connection.ReadBodyAsync(head, untilEnd: true).ConfigureAwait(false);
            bool hasEnd = hasNoBody || head.IsChunked || head.ContentLength is not null;
            bool canBeKept = hasEnd && head.StartLine.StartsWith("HTTP/1.1", StringComparison.Ordinal) && !head.Has("Connection", "close");
            return (new(AttemptEnd.Answered, status, Encoding.UTF8.GetString(body), Redirect: Redirect(status, head["Location"])), canBeKept);
        }
        catch (Exception exception) when (HttpConnection.IsOfTheNetwork(exception))
        {
            return (new(AttemptEnd.Broken, status, Trouble: $"The answer broke off: {exception.Message}"), false);
        }
    }

    /// <summary>Returns where Java follows a redirect: to any host, but not to another protocol.</summary>
    private Uri? Redirect(int status, string? location) =>
        status is >= 300 and <= 307 and not (304 or 306) && location is not null && Uri.TryCreate(softphone, location, out Uri? target)
            && target.Scheme == softphone.Scheme ? target : null;

    private static async Task<HttpHead?> ReadAnswerHeadAsync(HttpConnection connection)
    {
        HttpHead? head;
        do
        {
            head = await connection.ReadHeadAsync().ConfigureAwait(false);
        }
        while (head?.StatusCode is >= 100 and < 200);
        return head;
    }

    private string Request(string query)
    {
        var request = new StringBuilder($"GET {softphone.AbsolutePath}?{query} HTTP/1.1\r\n");
        string host = softphone.HostNameType == UriHostNameType.IPv6 ? $"[{_host}]" : _host;
        string port = softphone.IsDefaultPort ? "" : ":" + softphone.Port.ToString(CultureInfo.InvariantCulture);
        foreach (KeyValuePair<string, string> header in JavaHeaders.For(host + port))
        {
            _ = request.Append(header.Key).Append(": ").Append(header.Value).Append("\r\n");
        }

        return request.Append("\r\n").ToString();
    }

    private HttpConnection? TakeKept()
    {
        lock (_gate)
        {
            while (_kept.Count > 0)
            {
                (HttpConnection connection, long since) = _kept[_kept.Count - 1];
                _kept.RemoveAt(_kept.Count - 1);
                if (TimeProvider.System.GetElapsedTime(since) < KeptFor)
                {
                    return connection;
                }

                connection.Dispose();
            }

            return null;
        }
    }

    private bool TryKeep(HttpConnection connection)
    {
        lock (_gate)
        {
            if (_disposed || _kept.Count == MaxKept)
            {
                return false;
            }

            _kept.Add((connection, TimeProvider.System.GetTimestamp()));
            return true;
        }
    }

    private async Task<HttpConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        // Java prefers the IPv4 addresses of a name.
        IPAddress[] addresses = IPAddress.TryParse(_host, out IPAddress? literal) ? [literal]
            : _host == "localhost" ? [IPAddress.Loopback, IPAddress.IPv6Loopback]
            : [.. (await Waiting.UntilAsync(Task.Run(() => Dns.GetHostAddresses(_host), cancellationToken), cancellationToken).ConfigureAwait(false)).OrderBy(
                address => address.AddressFamily == AddressFamily.InterNetwork ? 0 : 1)];
        Exception? failure = null;
        foreach (IPAddress address in addresses)
        {
            var client = new TcpClient(address.AddressFamily) { NoDelay = true };
            try
            {
                using CancellationTokenRegistration closing = cancellationToken.Register(client.Dispose);
                await client.ConnectAsync(address, softphone.Port).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                return new(client);
            }
            catch (Exception exception) when (HttpConnection.IsOfTheNetwork(exception))
            {
                client.Dispose();
                cancellationToken.ThrowIfCancellationRequested();
                failure ??= exception;
            }
        }

        throw failure ?? new IOException($"{_host} has no address.");
    }
}
