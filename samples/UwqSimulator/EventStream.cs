using System;
using System.Collections.Generic;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace OracleCct.Samples;

/// <summary>Keeps a page up to date with server-sent events.</summary>
internal static class EventStream
{
    // Changes in quick succession become one message. A slow page has no queue: it gets the current state.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // A broken connection is detected only when something is sent.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(15);

    /// <summary>Sends the current state to the page immediately and after every change, until the page disconnects or the program ends.</summary>
    /// <param name="signal">Signals changes.</param>
    /// <param name="next">Returns the state, which is sent as JSON.</param>
    /// <param name="ending">The token that is cancelled when the program ends.</param>
    public static ServerSentEventsResult<T> Of<T>(ChangeSignal signal, Func<T> next, CancellationToken ending) =>
        TypedResults.ServerSentEvents(ReadAsync(signal, next, ending));

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
