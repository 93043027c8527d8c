using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol.Testing;

/// <summary>
/// Provides HTTP on a plain socket: it reads exactly what crossed the wire, valid HTTP or not, and sends only what the caller has written. The platform's
/// clients would correct and repeat.
/// </summary>
/// <remarks>
/// Methods throw an <see cref="IOException"/> when the peer violates HTTP or the limits. Cancelling closes the connection, because .NET Framework's sockets
/// ignore tokens.
/// </remarks>
internal sealed class HttpConnection(TcpClient client) : IDisposable
{
    private const int MaxHeadLength = 65_536;
    private const int MaxBodyLength = 1_048_576;

    /// <summary>Decodes each byte as one character, so that no part of a head is lost.</summary>
    private static readonly Encoding Latin1 = Encoding.GetEncoding("iso-8859-1");

    private readonly byte[] _buffer = new byte[4096];
    private NetworkStream? _stream;
    private int _start;
    private int _end;

    /// <summary>Gets or sets whether data has arrived since this property was set to false.</summary>
    public bool HasReceived { get; set; }

    private NetworkStream Stream => _stream ??= client.GetStream();

    /// <summary>Runs work that ends when the token is cancelled.</summary>
    public async Task<T> EndingWithAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration closing = cancellationToken.Register(Dispose);
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOfTheNetwork(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw exception as IOException ?? new IOException(exception.Message, exception);
        }
    }

    public Task WriteAsync(string text) => WriteAsync(Encoding.UTF8.GetBytes(text));

    /// <returns>Null when the connection ended before the first byte.</returns>
    public async Task<HttpHead?> ReadHeadAsync()
    {
        int length = 0;
        string? startLine = await ReadLineAsync().ConfigureAwait(false);
        if (startLine is null)
        {
            return null;
        }

        var headers = new List<KeyValuePair<string, string>>();
        while (await ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            if (line.Length == 0)
            {
                return new(startLine, headers);
            }

            length += line.Length;
            if (length > MaxHeadLength)
            {
                throw new IOException("The headers are too long.");
            }

            string[] header = line.Split([':'], 2);
            headers.Add(new(header[0].Trim(), header.Length < 2 ? "" : header[1].Trim()));
        }

        throw new IOException("The connection ended inside the headers.");
    }

    /// <summary>Reads the body: by its length, in chunks, or until the end of the connection if the caller allows it.</summary>
    public async Task<byte[]> ReadBodyAsync(HttpHead head, bool untilEnd)
    {
        using var body = new MemoryStream();
        if (head.IsChunked)
        {
            while (await ReadChunkLengthAsync().ConfigureAwait(false) is > 0 and var length)
            {
                await CopyAsync(body, length).ConfigureAwait(false);
                _ = await ReadLineAsync().ConfigureAwait(false);
            }

            while (await ReadLineAsync().ConfigureAwait(false) is { Length: > 0 })
            {
            }
        }
        else if (head.ContentLength is { } length)
        {
            await CopyAsync(body, length).ConfigureAwait(false);
        }
        else if (untilEnd)
        {
            while (await HasMoreAsync().ConfigureAwait(false))
            {
                await CopyAsync(body, _end - _start).ConfigureAwait(false);
            }
        }

        return body.ToArray();
    }

    /// <returns>False when the peer has ended the connection.</returns>
    public async Task<bool> HasMoreAsync()
    {
        if (_start == _end)
        {
            _start = 0;
#if NET
            _end = await Stream.ReadAsync(_buffer, CancellationToken.None).ConfigureAwait(false);
#else
            _end = await Stream.ReadAsync(_buffer, 0, _buffer.Length, CancellationToken.None).ConfigureAwait(false);
#endif
            HasReceived |= _end > 0;
        }

        return _end > 0;
    }

    /// <summary>Ends sending, and lets the peer read what was sent.</summary>
    public void EndSending() => client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Waits until the peer ends the connection.</summary>
    public async Task<bool> WaitForEndAsync()
    {
        while (await HasMoreAsync().ConfigureAwait(false))
        {
            _start = _end;
        }

        return true;
    }

    /// <summary>Ends the connection with a reset instead of an orderly shutdown.</summary>
    public void Reset()
    {
        client.LingerState = new(true, 0);
        client.Client.Close(); // TcpClient.Close would shut down in order first
    }

    public void Dispose() => client.Dispose();

    /// <summary>
    /// Indicates whether the platforms throw the exception when either side has closed the connection. .NET Framework's sockets also throw
    /// NullReferenceException.
    /// </summary>
    internal static bool IsOfTheNetwork(Exception exception) =>
        exception is IOException or SocketException or ObjectDisposedException or InvalidOperationException or NullReferenceException;

    private async Task WriteAsync(byte[] bytes)
    {
#if NET
        await Stream.WriteAsync(bytes, CancellationToken.None).ConfigureAwait(false);
#else
        await Stream.WriteAsync(bytes, 0, bytes.Length, CancellationToken.None).ConfigureAwait(false);
#endif
    }

    private async Task<long> ReadChunkLengthAsync()
    {
        string line = await ReadLineAsync().ConfigureAwait(false) ?? throw new IOException("The connection ended inside the body.");
        string digits = line.Split(';')[0].Trim();
        return long.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long length) && length >= 0
            ? length
            : throw new IOException("A chunk of the body has no length.");
    }

    private async Task CopyAsync(MemoryStream body, long count)
    {
        if (count > MaxBodyLength - body.Length)
        {
            throw new IOException("The body is too long.");
        }

        while (count > 0)
        {
            if (!await HasMoreAsync().ConfigureAwait(false))
            {
                throw new IOException("The connection ended inside the body.");
            }

            int part = (int)Math.Min(count, _end - _start);
            body.Write(_buffer, _start, part);
            _start += part;
            count -= part;
        }
    }

    /// <summary>Reads a line without its end; null at the end of the connection.</summary>
    private async Task<string?> ReadLineAsync()
    {
        using var line = new MemoryStream();
        while (await HasMoreAsync().ConfigureAwait(false))
        {
            int end = Array.IndexOf(_buffer, (byte)'\n', _start, _end - _start);
            int part = (end < 0 ? _end : end) - _start;
            line.Write(_buffer, _start, part);
            _start += end < 0 ? part : part + 1;
            if (line.Length > MaxHeadLength)
            {
                throw new IOException("A line is too long.");
            }

            if (end >= 0)
            {
                return Latin1.GetString(line.GetBuffer(), 0, (int)line.Length).TrimEnd('\r');
            }
        }

        return line.Length == 0 ? null : throw new IOException("The connection ended inside a line.");
    }
}
