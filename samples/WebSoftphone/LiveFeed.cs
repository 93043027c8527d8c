using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Channels;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>Reports messages and state changes to all open pages.</summary>
internal sealed class LiveFeed : ICctObserver
{
    private const int MostRemembered = 200;
    private const int MostWaiting = 1000;

    private readonly Lock _gate = new();
    private readonly Queue<WireMessage> _messages = new();
    private readonly List<Channel<WireMessage?>> _pages = [];

    public void Observe(CctObservation observation)
    {
        WireMessage? message = WireMessage.From(observation);
        lock (_gate)
        {
            if (message is not null)
            {
                _messages.Enqueue(message);
                if (_messages.Count > MostRemembered)
                {
                    _ = _messages.Dequeue();
                }

                Report(message);
            }

            Report(null);
        }
    }

    public void StateChanged()
    {
        lock (_gate)
        {
            Report(null);
        }
    }

    /// <summary>Returns the news for a page: a message, or <see langword="null"/> when the state has changed. Starts with the latest messages.</summary>
    /// <param name="stopping">The token that is cancelled when the program ends.</param>
    /// <param name="cancellationToken">The token that is cancelled when the page disconnects.</param>
    public async IAsyncEnumerable<WireMessage?> FollowAsync(CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Channel<WireMessage?> page = Channel.CreateBounded<WireMessage?>(MostWaiting);
        lock (_gate)
        {
            foreach (WireMessage message in _messages)
            {
                _ = page.Writer.TryWrite(message);
            }

            _ = page.Writer.TryWrite(null);
            _pages.Add(page);
        }

        try
        {
            await using (stopping.Register(() => page.Writer.TryComplete()))
            {
                await foreach (WireMessage? message in page.Reader.ReadAllAsync(cancellationToken))
                {
                    yield return message;
                }
            }
        }
        finally
        {
            lock (_gate)
            {
                _ = _pages.Remove(page);
            }
        }
    }

    /// <summary>Reports news to all pages. A page that does not keep up is disconnected: it reconnects and starts again.</summary>
    private void Report(WireMessage? message) => _pages.ForEach(page => _ = page.Writer.TryWrite(message) || page.Writer.TryComplete());
}
