using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>
/// Writes entries in order on a thread-pool thread, so that a slow listener delays no message. Drops and counts what comes while too many wait, and writes an
/// entry with their number in their place.
/// </summary>
/// <remarks>Safe to use from several threads.</remarks>
/// <param name="write">Writes an entry. What it throws is ignored.</param>
internal sealed class DiagnosticQueue(Action<DiagnosticEntry> write)
{
    public const int Capacity = 1_000;

    private readonly object _gate = new();
    private readonly Queue<(DiagnosticEntry? Entry, TaskCompletionSource<bool>? Flush)> _waiting = new();
    private long _gap;
    private DateTimeOffset _gapAt;
    private bool _draining;

    public void Add(DiagnosticEntry entry)
    {
        lock (_gate)
        {
            if (_waiting.Count >= Capacity)
            {
                _gapAt = _gap++ == 0 ? entry.Data.At : _gapAt;
                return;
            }

            FillGap();
            _waiting.Enqueue((entry, null));
            if (_draining)
            {
                return;
            }

            _draining = true;
        }

        // The thread of the pool must not inherit the context of the callout that writes the first entry.
        _ = ThreadPool.UnsafeQueueUserWorkItem(static queue => ((DiagnosticQueue)queue!).Drain(), this);
    }

    /// <summary>Blocks until the entries up to now are written, or until a timeout.</summary>
    /// <returns>False after the timeout.</returns>
    public bool Flush(TimeSpan timeout)
    {
        var flush = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (!_draining)
            {
                return true;
            }

            FillGap();
            _waiting.Enqueue((null, flush));
        }

        return flush.Task.Wait(timeout);
    }

    private void FillGap()
    {
        if (_gap == 0)
        {
            return;
        }

        string message = FormattableString.Invariant($"The listeners of the trace source were too slow: {_gap} entries are missing here.");
        var problem = new ProblemObservation { At = _gapAt, Message = message };
        _waiting.Enqueue((new(TraceEventType.Warning, DiagnosticId.EntriesDropped, DiagnosticObservation.Of(problem, problem.ToString())), null));
        _gap = 0;
    }

    private void Drain()
    {
        while (TryTake(out DiagnosticEntry? entry, out TaskCompletionSource<bool>? flush))
        {
            try
            {
                if (entry is not null)
                {
                    write(entry);
                }
            }
#pragma warning disable CA1031 // A listener that fails must not cost the other entries.
            catch (Exception)
#pragma warning restore CA1031
            {
            }

            _ = flush?.TrySetResult(true);
        }
    }

    private bool TryTake(out DiagnosticEntry? entry, out TaskCompletionSource<bool>? flush)
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                FillGap();
            }

            _draining = _waiting.Count > 0;
            (entry, flush) = _draining ? _waiting.Dequeue() : default;
            return _draining;
        }
    }
}

/// <summary>Represents an entry of the trace source that waits to be written.</summary>
/// <param name="Level">The level.</param>
/// <param name="Id">The kind of the failure.</param>
/// <param name="Data">The message or the problem with its text.</param>
internal sealed record DiagnosticEntry(TraceEventType Level, DiagnosticId Id, DiagnosticObservation Data);
