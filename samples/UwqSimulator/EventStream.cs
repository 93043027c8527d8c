using System;
using System.Collections.Generic;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace OracleCct.Samples;

/// <summary>Keeps a page up to date by server-sent events.</summary>
internal static class EventStream
{
    // Many changes at once are one message. No queue is kept for a page that is slow: it gets what is then.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // A connection whose other end is gone is noticed only when something is sent.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(15);

    /// <summary>Sends the page what there is, and again after every change, until it leaves or the program ends.</summary>
    /// <param name="signal">Says that something has changed.</param>
    /// <param name="next">Gives what is to be sent, as JSON.</param>
    /// <param name="ending">Cancelled when the program ends.</param>
    public static ServerSentEventsResult<T> Of<T>(ChangeSignal signal, Func<T> next, CancellationToken ending) => TypedResults.ServerSentEvents(ReadAsync(signal, next, ending));

    private static async IAsyncEnumerable<SseItem<T>> ReadAsync<T>(
        ChangeSignal signal, Func<T> next, CancellationToken ending, [EnumeratorCancellation] CancellationToken left = default)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ending, left);
        while (!end.IsCancellationRequested)
        {
            Task changed = signal.Next;
            yield return new(next());
            await Task.WhenAny(changed, Task.Delay(LongestSilence, end.Token));
            await Task.WhenAny(Task.Delay(Pause, end.Token));
        }
    }
}
