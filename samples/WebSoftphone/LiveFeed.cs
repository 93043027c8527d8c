using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Channels;
using OracleCct.Protocol;

namespace OracleCct.Samples;

/// <summary>Tells all open pages what happens.</summary>
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

                Tell(message);
            }

            Tell(null);
        }
    }

    public void StateChanged()
    {
        lock (_gate)
        {
            Tell(null);
        }
    }

    /// <summary>What a page is to be told: a message, or null when the state has changed. It begins with the messages of late.</summary>
    /// <param name="stopping">Ends it.</param>
    /// <param name="cancellationToken">The page has gone.</param>
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

    /// <summary>A page that does not keep up is let go: it connects again, and begins anew.</summary>
    private void Tell(WireMessage? message) => _pages.ForEach(page => _ = page.Writer.TryWrite(message) || page.Writer.TryComplete());
}
