using System;
using System.Buffers;
using System.Collections.Generic;

namespace OracleCct.Protocol.Tests.Wire;

/// <summary>Provides a new span of exactly the requested size each time, so that a byte written outside is lost or throws.</summary>
internal sealed class ChunkWriter : IBufferWriter<byte>
{
    private readonly List<byte> _bytes = [];
    private byte[] _chunk = [];

    public byte[] ToArray() => _bytes.ToArray();

    /// <summary>Gets the number of calls.</summary>
    public int Uses { get; private set; }

    public void Advance(int count)
    {
        Uses++;
        Assert(count >= 0 && count <= _chunk.Length);
        for (int i = 0; i < count; i++)
        {
            _bytes.Add(_chunk[i]);
        }

        _chunk = [];
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Uses++;
        return _chunk = new byte[Math.Max(sizeHint, 1)];
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    private static void Assert(bool fits)
    {
        if (!fits)
        {
            throw new InvalidOperationException("More bytes were handed in than were handed out.");
        }
    }
}
