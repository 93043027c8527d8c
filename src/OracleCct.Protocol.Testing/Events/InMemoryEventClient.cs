using System;
using System.Globalization;
using System.IO;
using System.Net;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol.Testing;

/// <summary>Delivers events to the agent whose address they are for. The outcomes are those that <see cref="HttpEventClient"/> would return.</summary>
internal sealed class InMemoryEventClient : IEventClient
{
    /// <summary>The time limit that <see cref="HttpEventClient"/> has by default.</summary>
    private static readonly TimeSpan Patience = new HttpEventClientOptions().Timeout;

    /// <summary>The outcomes that this client gave, and their exceptions.</summary>
    private readonly ConditionalWeakTable<object, object> _answers = new();

    public UwqSimulator? Simulator { get; set; }

    public async Task<EventDelivery> SendAsync(EbsAddress ebsAddress, CctEvent cctEvent, CancellationToken cancellationToken = default)
    {
        EventDelivery delivery = await ReceiveAsync(ebsAddress, cctEvent, cancellationToken).ConfigureAwait(false);
        _answers.Add(delivery, this);
        if (delivery.Exception is { } exception)
        {
            _answers.Add(exception, this);
        }

        return delivery;
    }

    /// <summary>Indicates whether an outcome is of this client, perhaps as the last of several tries.</summary>
    public bool HasAnswered(EventDelivery delivery) =>
        _answers.TryGetValue(delivery, out _) || (delivery.Exception is { } exception && _answers.TryGetValue(exception, out _));

    private async Task<EventDelivery> ReceiveAsync(EbsAddress ebsAddress, CctEvent cctEvent, CancellationToken cancellationToken)
    {
        _ = ebsAddress ?? throw new ArgumentNullException(nameof(ebsAddress));
        _ = cctEvent ?? throw new ArgumentNullException(nameof(cctEvent));
        byte[] body = CctXmlFormatter.Default.WriteToArray(cctEvent);
        cancellationToken.ThrowIfCancellationRequested();

        UwqAgent? agent = Simulator?.FindByAddress(ebsAddress);
        UwqFault fault = agent?.Fault ?? UwqFault.Down;
        if (agent is null || fault == UwqFault.Down)
        {
            return new(EventDeliveryStatus.NotSent, NotSentReason.Unreachable, exception: new IOException($"No agent listens on {ebsAddress}."));
        }

        DateTimeOffset at = Simulator!.Time.GetUtcNow();
        if (fault == UwqFault.Reset)
        {
            Simulator.Receive(agent, ReceivedEvent.Reset(at));
            return Unknown("The connection was reset.");
        }

        var head = new HttpHead("POST / HTTP/1.1",
        [
            new("Host", ebsAddress.ToString()),
            new("Connection", "close"),
            new("Content-Type", "text/xml"),
            new("Content-Length", body.Length.ToString(CultureInfo.InvariantCulture)),
        ]);
        Simulator.Receive(agent, ReceivedEvent.Whole(at, fault, head, body));
        if (fault == UwqFault.Slow)
        {
            TimeSpan delay = Simulator.Options.SlowAnswerDelay;
            try
            {
                await Simulator.DelayAsync(delay < Patience ? delay : Patience).ConfigureAwait(false);
                fault = delay < Patience ? UwqFault.None : UwqFault.Silent;
            }
            catch (OperationCanceledException)
            {
                fault = UwqFault.HalfAnswer; // the simulator was disposed, with its connections
            }
        }

        return fault switch
        {
            UwqFault.Silent => Unknown("No answer came in time."),
            UwqFault.HalfAnswer => Unknown("The connection ended inside the answer."),
            UwqFault.Status500 => new() { Status = EventDeliveryStatus.Refused, HttpStatus = HttpStatusCode.InternalServerError, ResponseBody = "" },
            _ => new() { Status = EventDeliveryStatus.Delivered, HttpStatus = HttpStatusCode.OK, ResponseBody = "" },
        };
    }

    private static EventDelivery Unknown(string message) => new() { Status = EventDeliveryStatus.Unknown, Exception = new IOException(message) };
}
