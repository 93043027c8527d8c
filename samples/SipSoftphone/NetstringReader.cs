using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Samples;

/// <summary>Reads netstrings from a stream. A netstring is a message's length in digits, a colon, its bytes, and a comma: <c>5:hello,</c></summary>
internal sealed class NetstringReader(Stream stream)
{
    /// <summary>
    /// The maximum length of a message, in bytes. No caller can make baresip send more: a SIP message has at most 64 KB, and JSON makes it at most six times
    /// longer.
    /// </summary>
    public const int MaxLength = 1 << 20;

    private const int MaxDigits = 9;

    private readonly byte[] _buffer = new byte[4096];
    private int _start;
    private int _end;

    /// <returns>The next message, or <see langword="null"/> at the end of the stream.</returns>
    /// <exception cref="InvalidDataException">The bytes are not a netstring, or the message is too long. Reading cannot continue after that.</exception>
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
                throw new InvalidDataException(next < 0 ? "A message is incomplete." : "A message does not begin with its length.");
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
            throw new InvalidDataException("A message is incomplete.");
        }

        return await NextAsync(cancellationToken) switch
        {
            ',' => message,
            < 0 => throw new InvalidDataException("A message is incomplete."),
            _ => throw new InvalidDataException("A message is longer than its length field."),
        };
    }

    /// <summary>Returns the message as a netstring.</summary>
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
