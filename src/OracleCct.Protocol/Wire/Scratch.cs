using System;
using System.Buffers;

namespace OracleCct.Protocol;

/// <summary>Provides room to write a message: the caller's, which is usually enough, or a rented array.</summary>
internal ref struct Scratch<T>(Span<T> room)
{
    private Span<T> _room = room;
    private T[]? _rented;
    private int _length;

    public readonly ReadOnlySpan<T> Written => _room.Slice(0, _length);

    /// <summary>Returns the room after the written items, of at least that length.</summary>
    public Span<T> Reserve(int length)
    {
        if (_room.Length - _length < length)
        {
            Grow(length);
        }

        return _room.Slice(_length);
    }

    /// <summary>Marks the next items of the room as written.</summary>
    public void Advance(int length) => _length += length;

    public void Append(scoped ReadOnlySpan<T> items)
    {
        items.CopyTo(Reserve(items.Length));
        _length += items.Length;
    }

    public void Dispose()
    {
        if (_rented is not null)
        {
            // It may contain a password.
            ArrayPool<T>.Shared.Return(_rented, clearArray: true);
            _rented = null;
        }
    }

    private void Grow(int length)
    {
        T[] larger = ArrayPool<T>.Shared.Rent(Math.Max(_length + length, _room.Length * 2));
        Written.CopyTo(larger);
        Dispose();
        _room = _rented = larger;
    }
}
