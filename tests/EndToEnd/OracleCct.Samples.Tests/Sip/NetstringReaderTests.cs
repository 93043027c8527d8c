using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace OracleCct.Samples.Tests.Sip;

public class NetstringReaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100_000)]
    public async Task Messages_arrive_whole_however_the_network_cuts_them(int piece)
    {
        string[] messages = ["", "{}", "5:hello,", new string('x', 10_000), "ë"];
        using var stream = new MemoryStream([.. messages.SelectMany(message => NetstringReader.Write(Encoding.UTF8.GetBytes(message)))]);
        var reader = new NetstringReader(new PieceStream(stream, piece));

        List<string> read = [];
        while (await reader.ReadAsync(CancellationToken.None) is { } message)
        {
            read.Add(Encoding.UTF8.GetString(message));
        }

        Assert.Equal(messages, read);
    }

    [Theory]
    [InlineData(":,", "A message does not begin with its length.")]
    [InlineData("x", "A message does not begin with its length.")]
    [InlineData("-1:x,", "A message does not begin with its length.")]
    [InlineData("0000000005:hello,", "A message does not begin with its length.")]
    [InlineData("1048577:", "A message of 1048577 bytes is too long.")]
    [InlineData("999999999:", "A message of 999999999 bytes is too long.")]
    [InlineData("5:hell", "A message is incomplete.")]
    [InlineData("5:hello", "A message is incomplete.")]
    [InlineData("5", "A message is incomplete.")]
    [InlineData("5:hello world,", "A message is longer than its length field.")]
    public async Task Invalid_bytes_are_reported(string text, string message)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));

        InvalidDataException exception = await Assert.ThrowsAsync<InvalidDataException>(() => new NetstringReader(stream).ReadAsync(CancellationToken.None));

        Assert.Equal(message, exception.Message);
    }

    /// <summary>Returns at most the given number of bytes for each read.</summary>
    private sealed class PieceStream(Stream inner, int piece) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, Math.Min(piece, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
