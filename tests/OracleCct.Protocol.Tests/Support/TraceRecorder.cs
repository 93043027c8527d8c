using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Xunit;

namespace OracleCct.Protocol.Tests.Support;

/// <summary>The entries of the library's trace source. The tests beside it write to the same one, so look for your own agent.</summary>
internal sealed class TraceRecorder : TraceListener
{
    private readonly ConcurrentQueue<Entry> _entries = new();

    public TraceRecorder() => _ = CctDiagnostics.TraceSource.Listeners.Add(this);

    public IReadOnlyList<string> Texts => [.. Written().Select(entry => entry.Data.ToString())];

    public IReadOnlyList<Entry> About(string part) => [.. Written().Where(entry => entry.Data.Text.Contains(part))];

    public override void TraceData(TraceEventCache? eventCache, string source, TraceEventType eventType, int id, object? data) =>
        _entries.Enqueue(new(source, eventType, id, (DiagnosticObservation)data!));

    public override void Write(string? message) => throw new NotSupportedException();

    public override void WriteLine(string? message) => throw new NotSupportedException();

    private ConcurrentQueue<Entry> Written()
    {
        Assert.True(CctDiagnostics.Flush(TimeSpan.FromSeconds(30)));
        return _entries;
    }

    protected override void Dispose(bool disposing)
    {
        CctDiagnostics.TraceSource.Listeners.Remove(this);
        base.Dispose(disposing);
    }

    internal sealed record Entry(string Source, TraceEventType Type, int Id, DiagnosticObservation Data);
}
