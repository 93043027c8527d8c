using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Samples;

/// <summary>Maintains a connection to baresip, and reconnects after baresip has restarted.</summary>
internal sealed class BaresipClient(BaresipPlace place, Action<string> say) : IAsyncDisposable
{
    private const int LongestLine = 200;
    private const string NoReply = "no reply";

    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConnectDeadline = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile BaresipConnection? _connection;
    private volatile string _problem = NoReply;
    private Task _running = Task.CompletedTask;

    /// <summary>Gets the user of baresip's account, which is the extension on most sites. <see langword="null"/> when baresip has no account.</summary>
    public string? User { get; private set; }

    /// <summary>Connects. After that, the client reconnects automatically.</summary>
    /// <param name="onEvent">Receives each event, in order.</param>
    /// <param name="onGone">Runs when the connection ends, and with it the calls, before the first event of the next connection.</param>
    /// <exception cref="IOException">baresip cannot be reached.</exception>
    public async Task StartAsync(Func<BaresipEvent, Task> onEvent, Func<Task> onGone)
    {
        _running = RunAsync(onEvent, onGone);
        try
        {
            await _connected.Task.WaitAsync(StartDeadline, _end.Token);
        }
        catch (TimeoutException)
        {
            throw new IOException(
                $"baresip with the module ctrl_tcp is not reachable at {place} ({_problem}). Start baresip, or set its address with --baresip HOST:PORT.");
        }
    }

    /// <summary>Runs a command in baresip.</summary>
    /// <returns>An error message, or <see langword="null"/> when the command succeeded.</returns>
    public async Task<string?> CommandAsync(string command, string? parameters = null)
    {
        if (_connection is not { } connection)
        {
            return "The phone is not running. Start baresip again.";
        }

        try
        {
            BaresipResponse response = await connection.CommandAsync(command, parameters);
            return response.IsOk ? null : $"The phone refuses to {command}: {SingleLine(response.Data)}.";
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            return "The phone does not reply. Check that baresip is running.";
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        _end.Dispose();
    }

    private async Task RunAsync(Func<BaresipEvent, Task> onEvent, Func<Task> onGone)
    {
        while (!_end.IsCancellationRequested)
        {
            _problem = await ConverseAsync(onEvent);
            bool wasThere = _connection is not null;
            _connection = null;
            if (wasThere && !_end.IsCancellationRequested)
            {
                say($"The connection to baresip at {place} is lost ({_problem}). The softphone reconnects when baresip is back.");
            }

            await onGone();
            await Task.Delay(RetryInterval, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>The reason why the connection ended.</returns>
    private async Task<string> ConverseAsync(Func<BaresipEvent, Task> onEvent)
    {
        try
        {
            using var client = new TcpClient { NoDelay = true };
            using (var deadline = CancellationTokenSource.CreateLinkedTokenSource(_end.Token))
            {
                deadline.CancelAfter(ConnectDeadline);
                await client.ConnectAsync(place.Host, place.Port, deadline.Token);
            }

            using var connection = new BaresipConnection(client.GetStream(), onEvent, say);
            Task reading = connection.RunAsync(_end.Token);
            try
            {
                User = CurrentUser((await connection.CommandAsync("reginfo")).Data);
            }
            catch (IOException)
            {
                client.Close();
                await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return reading.Exception?.InnerException is InvalidDataException garbage ? ReasonOf(garbage) : NoReply;
            }

            _connection = connection;
            if (!_connected.TrySetResult())
            {
                say($"baresip at {place} is back.");
            }

            await reading;
            return "baresip closed the connection";
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            return NoReply;
        }
        catch (Exception exception) when (exception is IOException or SocketException or InvalidDataException)
        {
            return ReasonOf(exception);
        }
    }

    /// <summary>Finds the current account in the list of accounts, which is plain text. A mark precedes it: <c>&gt; sip:70002@example.com</c></summary>
    private static string? CurrentUser(string accounts)
    {
        IEnumerable<string> marked = accounts.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith('>'));
        return marked.FirstOrDefault() is { } line ? SipAddress.UserOf(line[1..].Trim().TrimStart('<')) : null;
    }

    private static string ReasonOf(Exception exception) => exception.Message.TrimEnd('.');

    /// <summary>Returns a text of baresip as one line of limited length.</summary>
    private static string SingleLine(string text)
    {
        string blanked = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        string line = string.Join(' ', blanked.Split(' ', StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
        return line.Length <= LongestLine ? line : line[..LongestLine];
    }
}
