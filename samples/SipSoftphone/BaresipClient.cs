using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Samples;

/// <summary>Keeps a connection to baresip, and makes a new one when baresip has restarted.</summary>
internal sealed class BaresipClient(BaresipPlace place, Action<string> say) : IAsyncDisposable
{
    private const int LongestLine = 200;
    private const string NoAnswer = "it does not answer";

    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConnectDeadline = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile BaresipConnection? _connection;
    private volatile string _problem = NoAnswer;
    private Task _running = Task.CompletedTask;

    /// <summary>The user of baresip's account, which on most sites is the extension. Null where baresip has none.</summary>
    public string? User { get; private set; }

    /// <summary>Connects. From then on it reconnects by itself.</summary>
    /// <param name="onEvent">Told of each event, in order.</param>
    /// <param name="onGone">Told that baresip has gone, and its calls with it, before the first event of the next connection.</param>
    /// <exception cref="IOException">There is no baresip.</exception>
    public async Task StartAsync(Func<BaresipEvent, Task> onEvent, Func<Task> onGone)
    {
        _running = RunAsync(onEvent, onGone);
        try
        {
            await _connected.Task.WaitAsync(StartDeadline, _end.Token);
        }
        catch (TimeoutException)
        {
            throw new IOException($"There is no baresip with the module ctrl_tcp at {place} ({_problem}): start it first, or say where it is with --baresip HOST:PORT.");
        }
    }

    /// <summary>Has baresip carry out a command.</summary>
    /// <returns>What is wrong, in one sentence; null when nothing is.</returns>
    public async Task<string?> CommandAsync(string command, string? parameters = null)
    {
        if (_connection is not { } connection)
        {
            return "The phone is not running: baresip has gone, and has not come back yet.";
        }

        try
        {
            BaresipResponse response = await connection.CommandAsync(command, parameters);
            return response.IsOk ? null : $"The phone refuses to {command}: {Line(response.Data)}.";
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            return "The phone does not answer: baresip has gone or hangs.";
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
                say($"baresip at {place} has gone ({_problem}): waiting until it comes back.");
            }

            await onGone();
            await Task.Delay(RetryInterval, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>Why it is over.</returns>
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
                return reading.Exception?.InnerException is InvalidDataException garbage ? Sentence(garbage) : NoAnswer;
            }

            _connection = connection;
            if (!_connected.TrySetResult())
            {
                say($"baresip at {place} is back.");
            }

            await reading;
            return "it has closed the connection";
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            return NoAnswer;
        }
        catch (Exception exception) when (exception is IOException or SocketException or InvalidDataException)
        {
            return Sentence(exception);
        }
    }

    /// <summary>The list of accounts is made for people; the one in use has a mark: <c>&gt; sip:70002@example.com</c></summary>
    private static string? CurrentUser(string accounts)
    {
        IEnumerable<string> marked = accounts.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith('>'));
        return marked.FirstOrDefault() is { } line ? SipAddress.UserOf(line[1..].Trim().TrimStart('<')) : null;
    }

    private static string Sentence(Exception exception) => exception.Message.TrimEnd('.');

    /// <summary>What baresip prints, on one line of decent length.</summary>
    private static string Line(string text)
    {
        string line = string.Join(' ', string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Split(' ', StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
        return line.Length <= LongestLine ? line : line[..LongestLine];
    }
}
