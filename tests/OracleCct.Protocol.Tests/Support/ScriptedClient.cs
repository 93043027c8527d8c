using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace OracleCct.Protocol.Tests.Support;

/// <summary>An event client whose outcomes the test gives, one after the other.</summary>
internal sealed class ScriptedClient : IEventClient
{
    private readonly object _gate = new();
    private readonly Queue<Sending> _sendings = new();
    private TaskCompletionSource<bool>? _waiting;

    /// <summary>Whether all that was sent has been seen by the test.</summary>
    public bool HasNothingNew
    {
        get
        {
            lock (_gate)
            {
                return _sendings.Count == 0;
            }
        }
    }

    public Task<EventDelivery> SendAsync(EbsAddress ebsAddress, CctEvent cctEvent, CancellationToken cancellationToken = default)
    {
        var sending = new Sending(ebsAddress, cctEvent, cancellationToken);
        lock (_gate)
        {
            _sendings.Enqueue(sending);
            _ = _waiting?.TrySetResult(true);
        }

        return sending.Outcome;
    }

    /// <summary>The next event that the client is given. One at a time may wait for it.</summary>
    public async Task<Sending> NextAsync()
    {
        Task arrived;
        lock (_gate)
        {
            _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
            arrived = _sendings.Count > 0 ? Task.CompletedTask : _waiting.Task;
        }

        await arrived.Within("the next event");
        lock (_gate)
        {
            return _sendings.Dequeue();
        }
    }

    public async Task AnswerNextAsync(string eventName, EventDeliveryStatus status = EventDeliveryStatus.Delivered)
    {
        Sending sending = await NextAsync();
        Assert.Equal(eventName, sending.Event.Name);
        sending.Answer(status);
    }

    internal sealed class Sending(EbsAddress ebsAddress, CctEvent cctEvent, CancellationToken cancellationToken)
    {
        private readonly TaskCompletionSource<EventDelivery> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public EbsAddress EbsAddress { get; } = ebsAddress;

        public CctEvent Event { get; } = cctEvent;

        public CancellationToken CancellationToken { get; } = cancellationToken;

        public Task<EventDelivery> Outcome => _outcome.Task;

        public void Answer(EventDeliveryStatus status) => Answer(new EventDelivery
        {
            Status = status,
            Reason = status == EventDeliveryStatus.NotSent ? NotSentReason.Unreachable : null,
        });

        public void Answer(EventDelivery delivery) => _outcome.SetResult(delivery);

        public void Throw(Exception exception) => _outcome.SetException(exception);
    }
}
