using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;

namespace OracleCct.Protocol;

/// <summary>Represents the body of an event's request. It records when the transport takes it: until then, nothing of the event was sent.</summary>
internal sealed class EventContent : HttpContent
{
    private const int Waiting = 0;
    private const int TakenByTransport = 1;
    private const int Withdrawn = 2;

    private readonly byte[] _body;
    private int _state;

    public EventContent(byte[] body)
    {
        _body = body;
        Headers.ContentType = new MediaTypeHeaderValue("text/xml");
    }

    public bool Taken => Volatile.Read(ref _state) == TakenByTransport;

    /// <summary>Tries to keep the event from being sent.</summary>
    /// <returns><see langword="false"/> when the transport has taken it.</returns>
    public bool TryWithdraw() => Interlocked.CompareExchange(ref _state, Withdrawn, Waiting) == Waiting;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        if (Interlocked.CompareExchange(ref _state, TakenByTransport, Waiting) != Waiting)
        {
            // The event was withdrawn, or a handler that follows redirects or retries asks for it a second time.
            throw new IOException("An event is sent once.");
        }

        return stream.WriteAsync(_body, 0, _body.Length);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
