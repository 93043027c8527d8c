using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Samples;

/// <summary>Messages on a stream, each as its length in digits, a colon, its bytes, and a comma: <c>5:hello,</c></summary>
internal sealed class NetstringReader(Stream stream)
{
    /// <summary>No caller can make baresip send more: a SIP message has at most 64 KB, of which JSON makes at most six times as much.</summary>
    public const int MaxLength = 1 << 20;

    private const int MaxDigits = 9;

    private readonly byte[] _buffer = new byte[4096];
    private int _start;
    private int _end;

    /// <returns>The next message; null at the end of the stream.</returns>
    /// <exception cref="InvalidDataException">What comes is no netstring, or too long a one. What follows it cannot be told.</exception>
    public async Task<byte[]?> ReadAsync(CancellationToken cancellationToken)
    {
        int length = 0;
        for (int digits = 0; ; digits++)
        {
            int next = await NextAsync(cancellationToken);
            if (next < 0 && digits == 0)
            {
                return null;
            }

            if (next == ':' && digits > 0)
            {
                break;
            }

            if (next is < '0' or > '9' || digits == MaxDigits)
            {
                throw new InvalidDataException(next < 0 ? "A message is cut off." : "A message does not begin with its length.");
            }

            length = (length * 10) + (next - '0');
        }

        if (length > MaxLength)
        {
            throw new InvalidDataException(FormattableString.Invariant($"A message of {length} bytes is too long."));
        }

        byte[] message = new byte[length];
        int buffered = Math.Min(length, _end - _start);
        _buffer.AsSpan(_start, buffered).CopyTo(message);
        _start += buffered;
        try
        {
            await stream.ReadExactlyAsync(message.AsMemory(buffered), cancellationToken);
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException("A message is cut off.");
        }

        return await NextAsync(cancellationToken) switch
        {
            ',' => message,
            < 0 => throw new InvalidDataException("A message is cut off."),
            _ => throw new InvalidDataException("A message is longer than it says."),
        };
    }

    /// <summary>The message as a netstring.</summary>
    public static byte[] Write(ReadOnlySpan<byte> message)
    {
        byte[] length = Encoding.ASCII.GetBytes(message.Length.ToString(CultureInfo.InvariantCulture) + ":");
        return [.. length, .. message, (byte)','];
    }

    private async ValueTask<int> NextAsync(CancellationToken cancellationToken)
    {
        if (_start == _end)
        {
            _start = 0;
            _end = await stream.ReadAsync(_buffer, cancellationToken);
            if (_end == 0)
            {
                return -1;
            }
        }

        return _buffer[_start++];
    }
}
