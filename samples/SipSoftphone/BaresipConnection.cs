using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Samples;

/// <summary>Represents a connection to baresip's module ctrl_tcp, which carries commands, their responses, and events.</summary>
/// <param name="stream">The connection. It is closed by <see cref="Dispose"/>, and when a response does not arrive in time.</param>
/// <param name="onEvent">Receives each event, in order. The next event waits for it.</param>
/// <param name="say">Writes a line for the user.</param>
internal sealed class BaresipConnection(Stream stream, Func<BaresipEvent, Task> onEvent, Action<string> say) : IDisposable
{
    private static readonly TimeSpan ResponseDeadline = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<BaresipResponse>> _waiting = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private int _count;
    private volatile bool _hasEnded;

    /// <summary>Reads until the connection ends.</summary>
    /// <exception cref="IOException">The connection was lost.</exception>
    /// <exception cref="InvalidDataException">The other side does not send netstrings, as baresip does.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var reader = new NetstringReader(stream);
            while (await reader.ReadAsync(cancellationToken) is { } message)
            {
                switch (BaresipMessage.Read(message))
                {
                    case BaresipEvent happened:
                        await onEvent(happened);
                        break;
                    case BaresipResponse response:
                        if (response.Token is { } token && _waiting.TryRemove(token, out TaskCompletionSource<BaresipResponse>? waiting))
                        {
                            _ = waiting.TrySetResult(response);
                        }

                        break;
                    default:
                        say("baresip sent a message that is neither an event nor a response. The softphone ignores it.");
                        break;
                }
            }
        }
        finally
        {
            _hasEnded = true;
            foreach (TaskCompletionSource<BaresipResponse> waiting in _waiting.Values)
            {
                _ = waiting.TrySetException(Gone());
            }
        }
    }

    /// <summary>Runs a command in baresip.</summary>
    /// <exception cref="IOException">The connection was lost, or no response arrived in time.</exception>
    public async Task<BaresipResponse> CommandAsync(string command, string? parameters = null)
    {
        string token = Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture);
        var waiting = new TaskCompletionSource<BaresipResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[token] = waiting;
        try
        {
            using var deadline = new CancellationTokenSource(ResponseDeadline);
            await SendAsync(Write(command, parameters, token), deadline.Token);
            return _hasEnded ? throw Gone() : await waiting.Task.WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            await stream.DisposeAsync();
            throw new IOException("No response arrived in time.");
        }
        catch (ObjectDisposedException)
        {
            throw Gone();
        }
        finally
        {
            _ = _waiting.TryRemove(token, out _);
        }
    }

    public void Dispose()
    {
        stream.Dispose();
        _writing.Dispose();
    }

    private static IOException Gone() => new("The connection has ended.");

    private static byte[] Write(string command, string? parameters, string token)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteString("command", command);
            if (parameters is not null)
            {
                writer.WriteString("params", parameters);
            }

            writer.WriteString("token", token);
            writer.WriteEndObject();
        }

        return NetstringReader.Write(json.ToArray());
    }

    private async Task SendAsync(byte[] message, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await stream.WriteAsync(message, cancellationToken);
        }
        finally
        {
            _ = _writing.Release();
        }
    }
}
